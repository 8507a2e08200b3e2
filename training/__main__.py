"""`python -m training`: the annotated documents → the shipped weights."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import torch

from pipeline.model._encoder import MANIFEST, PIECES, load, model_name
from pipeline.model._pieces import read_pieces
from training import e5, vocabulary
from training.annotated import annotated_documents
from training.dims import refit
from training.fit import LAST, Plan, fit, teach
from training.marked import ANNOTATIONS, learnt_documents
from training.network import Reader
from training.ship import ship
from training.targets import Example, prepared
from training.unlabelled import unlabelled

HEAD_SEED = 0
"""the heads of all runs start alike"""
FIRST = Plan(epochs=6, rate=1.5e-4, seed=0)
"""the reader that teaches the one that ships"""
RECIPE = Plan(epochs=6, rate=1.5e-4, seed=3)
"""what the shipped weights were trained by, beside what the first reader says of unlabelled texts; what else was tried is in `training/README.md`"""
LAST_EPOCHS = 2
"""of the recipe, whose weights are averaged"""
CHARACTERS = 1_800_000
"""of unlabelled text at most; those of `unlabelled` that may be learnt from hold 950,000"""


def say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    ap = argparse.ArgumentParser(prog="python -m training", description=__doc__, epilog="example: python -m training --shared ../shared --work out/training")
    ap.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with benchmark/ and texts/")
    ap.add_argument("--work", type=Path, default=Path("out/training"), help="where checkpoints lie; a run that was stopped goes on from there")
    ap.add_argument("--out", type=Path, default=Path("pipeline/model"), help="where the finished files are written")
    ap.add_argument("--epochs", type=int, help="an experiment instead of the recipe: so many epochs")
    ap.add_argument("--rate", type=float, default=Plan.rate, help="of the experiment")
    ap.add_argument("--seed", type=int, default=Plan.seed, help="of the experiment")
    ap.add_argument("--layers", type=int, default=Plan.layers, help="of the experiment: fewer are read faster")
    ap.add_argument("--start", type=Path, help="the experiment begins with these weights instead of the encoder's own")
    ap.add_argument(
        "--taught-by", type=Path, metavar="FOLDER", help="the experiment learns from unlabelled texts too, as the finished reader of this folder reads them"
    )
    ap.add_argument(
        "--every",
        metavar="K/N",
        default="0/1",
        help="the experiment learns from document K, K+N, K+2N … of *train* alone: what half of them teach, or readers that judge the rest unseen",
    )
    ap.add_argument("--threads", type=int, default=2, help="processors of one run")
    ap.add_argument("--characters", type=int, default=CHARACTERS, help="how much unlabelled text the teacher reads at most")
    ap.add_argument("--weights", type=Path, nargs="+", help="do not train: ship the mean of these checkpoints (`--taught-by`: who taught them)")
    args = ap.parse_args()
    torch.set_num_threads(min(args.threads, os.cpu_count() or 1))
    args.work.mkdir(parents=True, exist_ok=True)
    encoder = e5.load()
    words = vocabulary.kept(encoder, args.shared, args.work)
    pieces = read_pieces(words.content)
    first, step = map(int, args.every.split("/"))
    # readers of different documents never go on from each other's checkpoints
    part = "" if step == 1 else f"-{first}-{step}"
    benchmark = args.shared / "benchmark"
    train = [prepared(document, pieces) for document in learnt_documents(benchmark)][first::step]
    dev = [prepared(document, pieces) for document in annotated_documents(benchmark, "dev")]
    say(f"{len(train)} documents, vocabulary {len(words.rows)}")

    def trained(plan: Plan, folder: Path, *, taught_by: Path | None = None) -> None:
        torch.manual_seed(HEAD_SEED)
        model = Reader(encoder, words.rows, layers=plan.layers)
        if args.start:
            model.load_state_dict(torch.load(args.start))
        given = lessons(args, words, taught_by, plan) if taught_by else ()
        fit(model, train, dev, pieces, plan, folder, say=say, lessons=given)

    def shipped(ends: Sequence[Path], out: Path, *, taught_by: Path | None = None) -> None:
        plans = [torch.load(path.parent / LAST, weights_only=False)["plan"] for path in ends]
        model = Reader(encoder, words.rows, layers=plans[0].layers)
        model.load_state_dict(mean([torch.load(path) for path in ends]))
        refit(model, train, pieces)
        made = {"plans": [asdict(plan) for plan in plans], "taught by": model_name(taught_by) if taught_by else None, "data": fingerprint(args.shared)}
        ship(model, train, dev, pieces, words.content, out, heads=encoder.settings["heads"], made=made, say=say)

    if args.weights:
        shipped(args.weights, args.out, taught_by=args.taught_by)
        return 0
    if args.epochs:
        plan = Plan(epochs=args.epochs, seed=args.seed, rate=args.rate, layers=args.layers)
        folder = args.work / f"seed{plan.seed}{part}"
        trained(plan, folder, taught_by=args.taught_by)
        shipped([folder / f"epoch{plan.epochs}.pt"], args.out, taught_by=args.taught_by)
        return 0
    earlier, teacher, later = (args.work / f"{name}{part}" for name in ("first", "teacher", "second"))
    if not (teacher / MANIFEST).exists():
        trained(FIRST, earlier)
        shipped([earlier / f"epoch{FIRST.epochs}.pt"], teacher)
    trained(RECIPE, later, taught_by=teacher)
    last = range(RECIPE.epochs - LAST_EPOCHS + 1, RECIPE.epochs + 1)
    shipped([later / f"epoch{epoch}.pt" for epoch in last], args.out, taught_by=teacher)
    return 0


def lessons(args: argparse.Namespace, words: vocabulary.Vocabulary, taught_by: Path, plan: Plan) -> list[list[Example]]:
    """Windows of unlabelled texts with what the teacher says of them, in two parts.

    Raises:
        SystemExit: it reads by other pieces.
    """
    teacher = load(taught_by)
    if (taught_by / PIECES).read_bytes() != words.content:
        raise SystemExit(f"training: {taught_by} reads by other pieces; make that reader anew")
    texts = [prepared(document, teacher.pieces) for document in unlabelled(args.shared, characters=args.characters)]
    found = [teach(teacher, text, plan) for text in texts]
    say(f"{len(texts)} unlabelled texts, {sum(map(len, found))} windows")
    return [[example for some in found[part::2] for example in some] for part in (0, 1)]


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The weights of several runs or epochs averaged into one."""
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def fingerprint(shared: Path) -> dict[str, str]:
    """Hashes of what was learnt from: annotated documents, split, marked texts, and the list of unlabelled texts."""
    gold, marked = sha256(), sha256()
    for content, folder in ((gold, shared / "benchmark" / "gold"), (marked, ANNOTATIONS)):
        for path in sorted(folder.iterdir()):
            content.update(path.name.encode() + path.read_bytes())
    files = {name: sha256((shared / name).read_bytes()).hexdigest() for name in ("benchmark/SPLIT.tsv", "texts/MANIFEST.tsv")}
    return {"benchmark/gold": gold.hexdigest(), "annotations": marked.hexdigest(), **files}


if __name__ == "__main__":
    raise SystemExit(main())
