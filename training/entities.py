"""Trains the names of pipeline/extract/entities: `python -m training.entities ../shared/benchmark`.

First the tagger: every place of an annotated name or alias in its document is taken for a mention, the longest name first; the conditional
random field is fitted by stochastic gradients (PyTorch) on *train*, one epoch (more of them only learn the names by heart: 0.60, 0.59, 0.59 …
for offices on *dev*). Then a linear model over what a name is made of and stands beside. Then the trees that weigh candidate names, on what
taggers, linear models and heads of the encoder (`training.names`) say that have not seen the document. A name is said above a probability
that is best for each group on *train* (out of fold) and *dev* together. Same seed, same file.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from torch import nn

from pipeline.extract.entities._candidates import EDGES, NAMES, Candidate, Table
from pipeline.extract.entities._find import candidates_of, flat, tagged_sentences
from pipeline.extract.entities._lexicon import lexicon
from pipeline.extract.entities._model import Linear, Model, pack
from pipeline.extract.entities._surroundings import GRAM_BITS
from pipeline.extract.entities._tagger import BUCKETS, TAGS, TYPES, Tagger, features, mentions
from pipeline.model import Reading, load
from training.annotated import Annotated, annotated_documents
from training.marked import learnt_documents
from training.names import Tapped, fit_head, name_tags
from training.trees import export as export_trees
from training.trees import fit_trees, knots

EPOCHS = 1
FOLDS = 4
SIZES = (1, 2, 3, 6, 12)
"""sentences of the fragments"""
ACTORS = ("government", "office_holder", "enterprise", "public", "society")
GROUPS = {"actor": ACTORS, **{kind: (kind,) for kind in ("scholar", "place", "policy", "case", "technology", "concept")}}
BATCH = 96
RATE = 0.02
DROPPED = 0.35
LONGEST = 160


@dataclass(slots=True)
class Sequences:
    """Features and tags of one document, and the stretches of its sentences."""

    document: Annotated
    features: np.ndarray
    tags: np.ndarray
    stretches: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Named:
    """Candidates of a document; `label` of each row of the table; names and kind of each annotated entity."""

    candidates: list[Candidate]
    table: Table
    label: np.ndarray
    gold: list[tuple[set[str], str]]


def prepared(document: Annotated) -> Sequences:
    text = document.structure.clean_text
    rows = features(text, flat(tagged_sentences(text, document.sentences)), list(lexicon().find(text)), document.structure.blocks)
    stretches = [(s.start, s.end) for s in document.sentences]
    return Sequences(document, rows, name_tags(document), stretches)


class Field(nn.Module):
    """Emissions by summed rows of a table; transitions; the log-likelihood of the annotated paths."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(BUCKETS, TAGS, mode="sum", sparse=True)
        nn.init.zeros_(self.table.weight)
        self.steps = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.first = nn.Parameter(torch.zeros(TAGS))
        self.register_buffer("closed", closed_steps())

    def loss(self, rows: torch.Tensor, tags: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Mean negative log-likelihood a sentence; `rows` `[batch, length, features]`."""
        batch, length, width = rows.shape
        # a third of the features is left out at every place, so that a name is known by its surroundings as well as by itself
        kept = (torch.rand(batch * length, width) >= DROPPED).float() / (1 - DROPPED)
        emit = self.table(rows.reshape(batch * length, width), per_sample_weights=kept).view(batch, length, TAGS)
        steps = self.steps + self.closed
        first = self.first + self.closed[0]
        alpha = first + emit[:, 0]
        path = (first[tags[:, 0]] + emit[:, 0].gather(1, tags[:, :1])[:, 0]).double()
        for n in range(1, length):
            stepped = torch.logsumexp(alpha[:, :, None] + steps, dim=1) + emit[:, n]
            alpha = torch.where(mask[:, n, None], stepped, alpha)
            gained = steps[tags[:, n - 1], tags[:, n]] + emit[:, n].gather(1, tags[:, n : n + 1])[:, 0]
            path = path + torch.where(mask[:, n], gained, torch.zeros_like(gained)).double()
        return (torch.logsumexp(alpha, dim=1).double() - path).mean()


def closed_steps() -> torch.Tensor:
    """A name is continued only behind its own kind."""
    closed = torch.zeros(TAGS, TAGS)
    for tag in range(2, TAGS, 2):
        for before in range(TAGS):
            if before not in (tag, tag - 1):
                closed[before, tag] = -1e4
    return closed


def fit(data: Sequence[Sequences], *, epochs: int, watched: Sequence[Sequences] = (), seed: int = 0) -> Field:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    pieces = [
        (n, begin, min(end, begin + LONGEST))
        for n, document in enumerate(data)
        for start, end in document.stretches
        for begin in range(start, end, LONGEST)
        if min(end, begin + LONGEST) > begin
    ]
    field = Field()
    table = torch.optim.Adagrad([field.table.weight], lr=RATE * 5)
    rest = torch.optim.Adam([field.steps, field.first], lr=RATE)
    for epoch in range(epochs):
        keyed = sorted(pieces, key=lambda p: (p[2] - p[1]) // 8 + rng.random())
        batches = [keyed[k : k + BATCH] for k in range(0, len(keyed), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = field.loss(*tensors(data, batch))
            table.zero_grad(), rest.zero_grad()
            loss.backward()
            table.step(), rest.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / len(batches):.3f}", flush=True)
        if watched:
            print("  dev:", figures(export(field), watched), flush=True)
    return field


def tensors(data: Sequence[Sequences], batch: Sequence[tuple[int, int, int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    length = max(end - start for _, start, end in batch)
    width = data[0].features.shape[1]
    rows = np.zeros((len(batch), length, width), dtype=np.int64)
    tags, mask = np.zeros((len(batch), length), dtype=np.int64), np.zeros((len(batch), length), dtype=bool)
    for k, (n, start, end) in enumerate(batch):
        rows[k, : end - start] = data[n].features[start:end]
        tags[k, : end - start] = data[n].tags[start:end]
        mask[k, : end - start] = True
        if tags[k, 0] and tags[k, 0] % 2 == 0:
            tags[k, 0] -= 1
    return torch.from_numpy(rows), torch.from_numpy(tags), torch.from_numpy(mask)


def export(field: Field) -> Tagger:
    """Weights in 8 bits, the least of them dropped."""
    weights = field.table.weight.detach().numpy()
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127.0
    steps = (field.steps + field.closed).detach().numpy().astype(np.float32)
    first = (field.first + field.closed[0]).detach().numpy().astype(np.float32)
    return Tagger(np.round(weights / scale).astype(np.int8), scale.astype(np.float32), steps, first)


def figures(tagger: Tagger, data: Sequence[Sequences]) -> str:
    """Precision and recall of mentions by kind."""
    right, shown, wanted = (dict.fromkeys(TYPES, 0) for _ in range(3))
    for document in data:
        found = {(m.start, m.end, m.type) for m in mentions(tagger.tag(tagger.scores(document.features), document.stretches))}
        gold = {(m.start, m.end, m.type) for m in mentions(document.tags.astype(np.int8))}
        for table, places in ((right, found & gold), (shown, found), (wanted, gold)):
            for _, _, kind in places:
                table[kind] += 1
    return "  ".join(f"{kind} {2 * right[kind] / max(1, shown[kind] + wanted[kind]):.2f}" for kind in TYPES)


def named(documents: Sequence[Annotated], tagger: Tagger, readings: Sequence[Reading]) -> list[Named]:
    """Candidates of each document with what the annotation says of them; `readings`: what an encoder says that has not seen these names."""
    out = []
    for annotated, reading in zip(documents, readings, strict=True):
        text = annotated.structure.clean_text
        words = tagged_sentences(text, annotated.sentences)
        candidates, table = candidates_of(text, annotated.structure.blocks, annotated.sentences, tagger, words, reading)
        gold = [({normal(name) for name in (entity.name, *entity.aliases)}, entity.type) for entity in annotated.entities]
        names = [normal(candidates[n].name) for n, _ in table.keys]
        label = np.array([any(name in known and kind == wanted for known, wanted in gold) for name, (_, kind) in zip(names, table.keys, strict=True)])
        out.append(Named(candidates, table, label.astype(np.float64), gold))
    return out


def fragments(document: Annotated, rng: random.Random) -> list[Annotated]:
    """A few stretches of the document as texts of their own: names must be known in a notice of three sentences too."""
    out = []
    for size in SIZES:
        first = rng.randrange(max(1, len(document.sentences) - size))
        some = document.sentences[first : first + size]
        start, end = some[0].start, some[-1].end
        text = document.structure.clean_text[start:end]
        sentences = tuple(msgspec.structs.replace(s, start=s.start - start, end=s.end - start) for s in some)
        blocks = tuple(
            msgspec.structs.replace(b, start=max(b.start, start) - start, end=min(b.end, end) - start)
            for b in document.structure.blocks
            if b.start is not None and b.end is not None and b.start < end and start < b.end
        )
        entities = tuple(e for e in document.entities if any(name in text for name in (e.name, *e.aliases)))
        structure = replace(document.structure, clean_text=text, blocks=blocks)
        out.append(replace(document, structure=structure, sentences=sentences, entities=entities))
    return out


def normal(name: str) -> str:
    return name.strip(EDGES)


def f1(documents: Sequence[Named], probability: Sequence[np.ndarray], kinds: Sequence[str], least: float) -> float:
    """One to one by name, as the scorer of the annotation counts; a name counts once, with its likeliest kind."""
    right = shown = wanted = 0
    for document, p in zip(documents, probability, strict=True):
        best: dict[int, tuple[float, str]] = {}
        for row, (n, kind) in enumerate(document.table.keys):
            best[n] = max(best.get(n, (0.0, "")), (float(p[row]), kind))
        gold = [names for names, kind in document.gold if kind in kinds]
        taken: set[int] = set()
        for n, (sure, kind) in sorted(best.items()):
            if kind in kinds and sure >= least:
                shown += 1
                free = next((k for k, names in enumerate(gold) if k not in taken and normal(document.candidates[n].name) in names), None)
                taken |= set() if free is None else {free}
        right += len(taken)
        wanted += len(gold)
    return 2 * right / max(1, shown + wanted)


def fit_linear(documents: Sequence[Named]) -> Linear:
    """A logistic regression a kind over what candidate names are made of and stand beside, in 8 bits."""
    weights, bias = np.zeros((1 << GRAM_BITS, len(TYPES))), np.zeros(len(TYPES))
    for k, kind in enumerate(TYPES):
        rows = [(found.table.grams[n], y) for found in documents for (n, of), y in zip(found.table.keys, found.label, strict=True) if of == kind]
        label = np.array([y for _, y in rows])
        ends = np.cumsum([0, *(len(buckets) for (buckets, _), _ in rows)])
        buckets, values = (np.concatenate([gram[part] for gram, _ in rows]) for part in (0, 1))
        model = LogisticRegression(C=2.0, solver="liblinear", random_state=0).fit(csr_matrix((values, buckets, ends), shape=(len(rows), 1 << GRAM_BITS)), label)
        weights[:, k], bias[k] = model.coef_[0], model.intercept_[0]
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127.0
    return Linear(np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias.astype(np.float32))


def weigh(train: Sequence[Sequences], dev: Sequence[Sequences], tagger: Tagger, *, epochs: int) -> Model:
    """The trees over candidates, calibrated out of fold, and the least probability of each group."""
    data: list[Named] = [Named([], Table([], np.zeros((0, len(NAMES)), dtype=np.float32), {}), np.zeros(0), [])] * len(train)
    pieces: list[tuple[int, Named]] = []
    rng = random.Random(0)
    documents, tapped = [sequences.document for sequences in train], Tapped.load()
    lower = [tapped.read(document.structure, document.sentences) for document in documents]
    for k in range(FOLDS):
        inside = [n for n in range(len(train)) if n % FOLDS == k]
        others = [n for n in range(len(train)) if n % FOLDS != k]
        rest = export(fit([train[n] for n in others], epochs=epochs))
        head = fit_head([documents[n] for n in others], [lower[n] for n in others])
        for n, found in zip(inside, named([documents[n] for n in inside], rest, [lower[n].read(head) for n in inside]), strict=True):
            data[n] = found
        for n in inside:
            parts = fragments(documents[n], rng)
            pieces += [(k, found) for found in named(parts, rest, [tapped.read(part.structure, part.sentences).read(head) for part in parts])]
    every = [*((n % FOLDS, found) for n, found in enumerate(data)), *pieces]
    # the linear model of a fold has not seen its documents, as its tagger has not
    linear = [fit_linear([found for n, found in enumerate(data) if n % FOLDS != k]) for k in range(FOLDS)]
    rows = np.concatenate([np.column_stack([found.table.rows, linear[k].scores(found.table)]) for k, found in every])
    label = np.concatenate([found.label for _, found in every])
    fold = np.concatenate([np.full(len(found.label), k) for k, found in every])
    weight = np.ones(len(label))
    raw = np.zeros(len(label))
    for k in range(FOLDS):
        raw[fold == k] = fit_trees(rows[fold != k], label[fold != k], weight[fold != k]).predict_proba(rows[fold == k])[:, 1]
    model = Model(tagger, fit_linear(data), export_trees(fit_trees(rows, label, weight)), knots(raw, label, weight), np.zeros(len(TYPES)))
    cross = np.split(np.interp(raw, *model.knots), np.cumsum([len(found.label) for found in data]))[: len(data)]
    encoder = load()
    readings = [encoder.read(one.document.structure.clean_text, one.document.structure.blocks, one.document.sentences) for one in dev]
    unseen = named([one.document for one in dev], tagger, readings)
    sure = [model.probability(found.table) for found in unseen]
    for group, kinds in GROUPS.items():
        steps = np.arange(0.1, 0.8, 0.02)
        least = max(steps, key=lambda t: f1(data, cross, kinds, t) + f1(unseen, sure, kinds, t))
        print(f"{group:12} least {least:.2f}  train (out of fold) {f1(data, cross, kinds, least):.3f}  dev {f1(unseen, sure, kinds, least):.3f}", flush=True)
        model.least[[TYPES.index(kind) for kind in kinds]] = least
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, epilog="example: python -m training.entities ../shared/benchmark")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/extract/entities/data/entities.npz"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    train = [prepared(document) for document in learnt_documents(args.benchmark)]
    dev = [prepared(document) for document in annotated_documents(args.benchmark, "dev")]
    tagger = export(fit(train, epochs=args.epochs, watched=dev))
    model = weigh(train, dev, tagger, epochs=args.epochs)
    np.savez_compressed(args.out, **pack(model))  # type: ignore[arg-type]
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
