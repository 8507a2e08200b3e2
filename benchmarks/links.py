"""What the linker reaches with the annotated factors given: `python -m benchmarks.links ../shared/benchmark --part dev`.

Runs the linker on annotated structure, sentences and factors, writes statement files, and scores them with the benchmark's own
`score.py`. Also prints characters a second of the linker alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import msgspec

from pipeline.link import find_links
from training.annotated import Annotated, annotated_documents

GROUPS = ("paper", "official", "essay", "law")


def load_scorer(benchmark: Path) -> ModuleType:
    """The module `score.py` of the benchmark folder."""
    spec = importlib.util.spec_from_file_location("benchmark_score", benchmark / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"benchmarks.links: no score.py in {benchmark}: name the folder of the annotated documents")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_statements(document: Annotated, folder: Path) -> float:
    """Writes what the scorer reads of `document` with the links found; seconds that linking took."""
    begun = time.perf_counter()
    links = find_links(document.structure, document.sentences, document.factors)
    seconds = time.perf_counter() - begun
    data = {
        "clean_text": document.structure.clean_text,
        "blocks": document.structure.blocks,
        "factors": document.factors,
        "links": links,
        "entities": document.entities,
        "acts": document.acts,
    }
    (folder / f"{document.key}.json").write_bytes(msgspec.json.encode(data))
    return seconds


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m benchmarks.links ../shared/benchmark --part dev --by-group")
    parser.add_argument("benchmark", type=Path, nargs="?", default=Path(__file__).resolve().parent.parent.parent / "shared" / "benchmark")
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--by-group", action="store_true", help="papers, official documents, essays and laws apart as well")
    parser.add_argument("--interval", action="store_true", help="90 %% interval over documents")
    args = parser.parse_args(arguments)
    scorer = load_scorer(args.benchmark)
    folder = Path(tempfile.mkdtemp(prefix="links-"))
    try:
        characters, seconds = 0, 0.0
        for document in annotated_documents(args.benchmark, args.part):
            characters += len(document.structure.clean_text)
            seconds += write_statements(document, folder)
        for group in (None, *GROUPS) if args.by_group else (None,):
            table = scorer.score(args.benchmark / "gold", folder, part=args.part, group=group, interval=args.interval)
            print(f"{args.part}, {group or 'all'}: annotated factors given")
            for name, row in table.items():
                if name.startswith("link") or name == "basis of right links":
                    between = f"  {row['low']:.3f}-{row['high']:.3f}" if "low" in row else ""
                    few = "  few" if row["gold"] < 150 else ""
                    print(f"  {name:30} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f']:.3f}  {row['predicted']:5d} {row['gold']:5d}{between}{few}")
        print(f"linking alone: {characters / seconds:,.0f} characters a second")
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
