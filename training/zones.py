"""Trains the model that gives headings their zones, and writes `pipeline/structure/zones.npz`.

    python -m training.zones [--shared DIR] [--out FILE] [--folds 6]

Weights come from the annotated documents of *train*, from the headings of marked texts (`marked.py`), and from headings of unlabelled papers
that a first model is sure of (self-training; they count for three tenths). Prints the figures by cross-validation over the annotated
documents, which are the honest ones. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from corpus.readers import read
from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.records import Zone
from pipeline.structure._cues import ZONES
from pipeline.structure._headings import find_headings
from pipeline.structure._lines import read_lines
from pipeline.structure._roles import assign_roles
from pipeline.structure._sections import Group, Section, find_group, read_sections
from pipeline.structure._zone_features import section_features
from pipeline.structure._zone_model import ZoneModel, choose_zones
from training.marked import every_marks

REPOSITORY = Path(__file__).resolve().parent.parent
REGULARISATION = 0.05
UNDER = 0.6
"""weight of the parent's zone against the section's own score"""
SURE = 0.7
PSEUDO_WEIGHT = 0.3
SMALL = 0.02
"""features whose weights are all smaller than this are left out of the file"""


@dataclass(slots=True)
class Document:
    """Sections of a document, their features, and the annotated zone of each (none where there is none)."""

    key: str
    group: Group
    sections: list[Section]
    features: list[dict[str, float]]
    zones: list[Zone | None]


def read_document(path: Path, zones: dict[str, Zone]) -> Document:
    """A document with the annotated zones of its headings, `zones` by the letters of the heading line."""
    source = SourceText(text=path.read_text(encoding="utf-8-sig"), format="md" if path.suffix == ".md" else "txt", encoding="utf-8")
    lines = list(read_lines(clean(source), source))
    lines, verdicts = assign_roles(lines)
    headings = find_headings(lines, verdicts)
    sections = read_sections(lines, verdicts.body, headings)
    group = find_group(lines, verdicts, headings)
    return Document(path.stem, group, sections, list(section_features(sections, group)), [zones.get(letters(lines[s.line].text)) for s in sections])


def letters(text: str) -> str:
    """Letters and digits of `text`, for finding a heading of the annotation."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def annotated(shared: Path, part: str) -> list[Document]:
    """The annotated documents of one part."""
    folder = shared / "benchmark"
    rows = [line.split("\t") for line in (folder / "SPLIT.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    documents = []
    for key in sorted(key for key, p, _ in rows if p == part):
        blocks = json.loads((folder / "gold" / f"{key}.gold.json").read_text(encoding="utf-8"))["blocks"]
        texts: dict[int, str] = defaultdict(str)
        for line in (folder / "gold" / f"{key}.sents.tsv").read_text(encoding="utf-8").splitlines():
            _, block, text = line.split("\t", 2)
            texts[int(block)] += text
        zones = {letters(texts[b["block"]]): b["zone"] for b in blocks if b["role"] == "heading" and b.get("zone")}
        documents.append(read_document(next((folder / "documents").glob(f"{key}.*")), zones))
    return documents


def marked(shared: Path) -> list[Document]:
    """The marked texts."""
    documents = []
    for marks in every_marks():
        path = shared / "texts" / marks.text
        text = read(path.read_bytes(), name=path.name).text
        documents.append(read_document(path, {letters(text[start:end]): zone for (start, end), _, zone in marks.headings}))
    return documents


def unlabelled(shared: Path) -> list[Document]:
    """Papers that are neither among the annotated nor the marked ones and have headings."""
    known = {line.split("\t")[0] for line in (shared / "benchmark" / "SPLIT.tsv").read_text(encoding="utf-8").splitlines()}
    known |= {Path(marks.text).stem.replace("ChinaXiv-", "cx") for marks in every_marks()}
    paths = sorted(p for p in (shared / "texts" / "papers").glob("*.md") if p.stem.replace("ChinaXiv-", "cx") not in known)
    return [d for d in (read_document(path, {}) for path in paths) if len(d.sections) >= 4]


def fit(documents: list[Document], pseudo: list[Document]) -> ZoneModel:
    """A model of the annotated sections of `documents` and, with less weight, of `pseudo`."""
    rows: list[dict[str, float]] = []
    wanted: list[Zone] = []
    weights: list[float] = []
    seen: dict[str, set[str]] = defaultdict(set)
    for weight, group in ((1.0, documents), (PSEUDO_WEIGHT, pseudo)):
        for document in group:
            for found, zone in zip(document.features, document.zones, strict=True):
                if zone is None:
                    continue
                rows.append(found)
                wanted.append(zone)
                weights.append(weight)
                for name in found:
                    seen[name].add(document.key)
    kept = {name for name, keys in seen.items() if len(keys) > 1}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{name: value for name, value in row.items() if name in kept} for row in rows])
    model = LogisticRegression(C=REGULARISATION, max_iter=300)
    model.fit(matrix, wanted, sample_weight=weights)
    names = list(vectors.get_feature_names_out())
    table = np.zeros((len(names), len(ZONES)))
    bias = np.full(len(ZONES), -8.0)
    for column, zone in enumerate(model.classes_):
        table[:, ZONES.index(zone)] = model.coef_[column]
        bias[ZONES.index(zone)] = model.intercept_[column]
    return ZoneModel(names, table, bias, UNDER * _under(documents))


def _under(documents: list[Document]) -> np.ndarray:
    """Log of how much likelier a zone is under a parent's zone than anywhere."""
    counts = np.full((len(ZONES), len(ZONES)), 0.5)
    anywhere = np.ones(len(ZONES))
    for document in documents:
        for section, zone in zip(document.sections, document.zones, strict=True):
            if zone is None:
                continue
            anywhere[ZONES.index(zone)] += 1
            above = document.zones[section.parent] if section.parent is not None else None
            if above is not None:
                counts[ZONES.index(above), ZONES.index(zone)] += 1
    return np.log(counts / counts.sum(axis=1, keepdims=True)) - np.log(anywhere / anywhere.sum())[None, :]


def label(documents: list[Document], model: ZoneModel) -> list[Document]:
    """Documents that argue (some section is about a dilemma or its remedy), with the zones that the model is sure of."""
    out = []
    for document in documents:
        zones = choose_zones(document.sections, document.group, model=model)
        if not {"dilemma", "countermeasure"} & set(zones):
            continue
        sure: list[Zone | None] = [
            zone if model.scores(found)[ZONES.index(zone)] > np.log(SURE) else None for found, zone in zip(document.features, zones, strict=True)
        ]
        out.append(Document(document.key, document.group, document.sections, document.features, sure))
    return out


def train(documents: list[Document], texts: list[Document]) -> ZoneModel:
    """The model after one round of self-training."""
    first = fit(documents, [])
    return fit(documents, label(texts, first)) if texts else first


def f1(pairs: list[tuple[Zone, Zone]], zone: Zone) -> float:
    """F1 of one zone over pairs of annotated and found."""
    right = sum(a == b == zone for a, b in pairs)
    return 2 * right / max(1, sum(a == zone for a, _ in pairs) + sum(b == zone for _, b in pairs))


def report(name: str, documents: list[Document], models: list[tuple[ZoneModel, list[Document]]]) -> None:
    """Prints F1 by zone of what each model says of its documents."""
    pairs: list[tuple[Zone, Zone]] = []
    for model, judged in models:
        for document in judged:
            found = choose_zones(document.sections, document.group, model=model)
            pairs += [(zone, other) for zone, other in zip(document.zones, found, strict=True) if zone is not None]
    row = "  ".join(f"{zone} {f1(pairs, zone):.3f}" for zone in ("dilemma", "countermeasure", "driver", "goal", "practice", "framework"))
    print(f"{name}: {row}  right {sum(a == b for a, b in pairs) / max(1, len(pairs)):.3f} of {len(pairs)} in {len(documents)} documents")


def write(model: ZoneModel, path: Path) -> None:
    """The file that ships: names, weights in half precision, bias, transitions."""
    names = [name for name, row in model.rows.items() if np.abs(model.weights[row]).max() >= SMALL]
    table = model.weights[[model.rows[name] for name in names]].astype(np.float16)
    text = np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(path, names=text, weights=table, bias=model.bias.astype(np.float32), under=model.under.astype(np.float32))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="folder of the annotated documents and texts")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "pipeline" / "structure" / "zones.npz")
    parser.add_argument("--folds", type=int, default=6, help="folds of the cross-validation; 0: none")
    args = parser.parse_args()
    documents = annotated(args.shared, "train")
    further, texts = marked(args.shared), unlabelled(args.shared)
    if args.folds:
        order = documents[:]
        random.Random(0).shuffle(order)
        folds = [order[i :: args.folds] for i in range(args.folds)]
        models = [(train([*(d for d in documents if d not in fold), *further], texts), fold) for fold in folds]
        report("train, cross-validated", documents, models)
    model = train([*documents, *further], texts)
    write(model, args.out)
    shipped = ZoneModel.from_bytes(args.out.read_bytes())
    dev = annotated(args.shared, "dev")
    report("dev, the file that ships", dev, [(shipped, dev)])
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
