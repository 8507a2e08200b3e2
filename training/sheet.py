"""An annotator's sheet of a text, and the annotation that it becomes.

    python -m training.sheet show ../shared/texts/papers/X.md > X.txt
    python -m training.sheet take ../shared/texts/papers/X.md X.ann --by "who marked it" [--group official] [--out training/annotations/X.tsv]

`show` prints the sentences numbered, under `[role …]` of their blocks. The annotator answers in a file of lines:

    Z 7 dilemma 1                   heading (its sentence), zone, level
    R 45 noise                      the role of a block, where it was read wrongly
    F1 12 D c data 数据孤岛          factor: id, sentence, V driver | D dilemma | M countermeasure | G goal, h heading | c clause, dim or -, span
    AS 3 9,10                       addressed_by stated; AA aligned; CB caused_by; AC achieves; DR drives; PO part_of: from, to (a list on one side)
    E concept 12 数据孤岛 | 信息孤岛  entity, sentence of one mention, name | aliases
    T 国务院 9,10                    takes measures; X faces problems

A long span may be written by its ends, `建立…机制`. `take` checks every line against the text, and writes nothing while one is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import get_args

from pipeline.records import Dim, EntityType, Role, Sentence, Zone
from pipeline.structure import Structure
from training.marked import ANNOTATIONS, Marks, Place, dump, read_text

TYPES = {"V": "driver", "D": "dilemma", "M": "countermeasure", "G": "goal"}
SCOPES = {"h": "heading", "c": "clause"}
LINKS = {
    "AS": ("addressed_by", "stated", "D", "M"),
    "AA": ("addressed_by", "aligned", "D", "M"),
    "CB": ("caused_by", "stated", "D", "DV"),
    "AC": ("achieves", "stated", "M", "G"),
    "DR": ("drives", "stated", "V", "GM"),
    "PO": ("part_of", "aligned", "VDMG", "VDMG"),
}
"""letters of a link → type, basis, types of factors at its two ends"""
ACTS = {"T": ("takes", "M"), "X": ("faces", "D")}


def show(structure: Structure, sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """Lines of the sheet: `12⇥一是数据孤岛突出。`"""
    blocks = {block.id: block for block in structure.blocks}
    last = None
    for number, sentence in enumerate(sentences):
        block = blocks[sentence.block]
        if block.id != last:
            last = block.id
            yield f"\n[{block.role}" + (f" level {block.level} zone {block.zone}]" if block.role == "heading" else "]")
        yield f"{number}\t{structure.clean_text[sentence.start : sentence.end]}".replace("\n", " ")


@dataclass(slots=True)
class Sheet:
    """An annotator's lines as they are read, with what is wrong in them."""

    structure: Structure
    sentences: tuple[Sentence, ...]
    marks: Marks
    errors: list[str] = field(default_factory=list)
    spans: dict[str, tuple[str, Place]] = field(default_factory=dict)
    """id of a factor → letter of its type, place in the cleaned text"""
    actors: dict[str, str] = field(default_factory=dict)
    """name → id of the entity"""

    def read(self, content: str) -> Marks:
        """The marks of a filled sheet; `errors` says which lines cannot be taken."""
        lines = [line.strip() for line in content.splitlines()]
        # links and acts name factors and entities, which may stand below them
        for later in (False, True):
            for number, line in enumerate(lines, 1):
                if line and not line.startswith("#") and (line.split()[0] in LINKS or line.split()[0] in ACTS) == later:
                    try:
                        self._line(line)
                    except (ValueError, IndexError, KeyError) as error:
                        self.errors.append(f"line {number}: {error}: {line[:100]}")
        return self.marks

    def _line(self, line: str) -> None:
        kind, rest = line.split(None, 1)
        if kind in LINKS:
            sources, targets = rest.split()
            self._link(kind, sources, targets)
        elif kind in ACTS:
            name, factors = rest.rsplit(None, 1)
            for factor in factors.split(","):
                type_, end = ACTS[kind]
                self._wants(factor, end)
                self.marks.acts.append((type_, self.actors[name.strip()], _id(factor)))
        elif kind == "Z":
            number, zone, level = rest.split()
            self.marks.headings.append((self._raw(*self._sentence(number)), int(level), _one_of(zone, get_args(Zone))))
        elif kind == "R":
            number, role = rest.split()
            self.marks.roles.append((self._raw(*self._sentence(number)), _one_of(role, get_args(Role))))
        elif kind == "E":
            type_, number, names = rest.split(None, 2)
            self._entity(type_, number, names)
        else:
            number, letter, scope, dim, span = rest.split(None, 4)
            self._factor(kind, number, letter, scope, dim, span)

    def _factor(self, name: str, number: str, letter: str, scope: str, dim: str, span: str) -> None:
        start, end = self._find(span, *self._sentence(number))
        clash = next((other for other, (_, (a, b)) in self.spans.items() if a < end and start < b), None)
        if clash:
            raise ValueError(f"{name} overlaps {clash}")
        if _id(name) in self.spans:
            raise ValueError(f"{name} stands here twice")
        self.spans[_id(name)] = letter, (start, end)
        self.marks.factors.append((_id(name), self._raw(start, end), TYPES[letter], SCOPES[scope], dim if dim == "-" else _one_of(dim, get_args(Dim))))

    def _link(self, kind: str, sources: str, targets: str) -> None:
        type_, basis, first, second = LINKS[kind]
        if "," in sources and "," in targets:
            raise ValueError("a list on one side only")
        for source in sources.split(","):
            for target in targets.split(","):
                a, b = self._wants(source, first), self._wants(target, second)
                if kind == "PO" and (a != b or source == target):
                    raise ValueError("part_of joins two factors of one type")
                self.marks.links.append((type_, basis, _id(source), _id(target)))

    def _entity(self, type_: str, number: str, names: str) -> None:
        name, *aliases = (part.strip() for part in names.split("|"))
        places = [self._raw(*self._find(name, *self._sentence(number)))]
        whole = self.structure.clean_text
        # an alias that the text does not hold letter for letter has no place
        places += [self._raw(at, at + len(alias)) for alias in aliases if (at := whole.find(alias)) >= 0]
        key = f"E{len(self.marks.entities) + 1}"
        self.marks.entities.append((key, _one_of(type_, get_args(EntityType)), places))
        for one in (name, *aliases):
            self.actors.setdefault(one, key)

    def _wants(self, name: str, letters: str) -> str:
        letter = self.spans[_id(name)][0]
        if letter not in letters:
            raise ValueError(f"{_id(name)} is {TYPES[letter]}")
        return letter

    def _sentence(self, number: str) -> Place:
        sentence = self.sentences[int(number)]
        return sentence.start, sentence.end

    def _raw(self, start: int, end: int) -> Place:
        return self.structure.raw(start, end)

    def _find(self, span: str, start: int, end: int) -> Place:
        """Place of a span in `clean_text[start:end]`; of one written by its ends, from the first to the next place of the second."""
        text = self.structure.clean_text
        at = text.find(span, start, end)
        if at >= 0:
            return at, at + len(span)
        head, mark, tail = span.partition("…")
        at = text.find(head, start, end) if head and tail else -1
        last = text.find(tail, at + len(head), end) if at >= 0 else -1
        if not mark or last < 0:
            raise ValueError(f"{span} is not in that sentence")
        return at, last + len(tail)


def _id(name: str) -> str:
    return "F" + name.removeprefix("F")


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value} is none of {', '.join(known)}")
    return value


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.sheet", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("show", "take"))
    parser.add_argument("text", type=Path, help="a file beneath the folder texts/")
    parser.add_argument("sheet", type=Path, nargs="?", help="what the annotator wrote (take)")
    parser.add_argument("--by", help="who marked it (take)")
    parser.add_argument("--group", default="paper", choices=("paper", "official", "essay", "law"))
    parser.add_argument("--out", type=Path, help="default: training/annotations/NAME.tsv")
    args = parser.parse_args()
    structure, sentences = read_text(args.text)
    if args.verb == "show":
        print("\n".join(show(structure, sentences)).strip())
        return 0
    if not args.sheet or not args.by:
        parser.error("take needs the sheet and --by")
    beneath = args.text.resolve().parts
    path = "/".join(beneath[beneath.index("texts") + 1 :])
    sheet = Sheet(structure, sentences, Marks(path, sha256(args.text.read_bytes()).hexdigest(), args.by, args.group))
    marks = sheet.read(args.sheet.read_text(encoding="utf-8"))
    if sheet.errors:
        print(*sheet.errors, sep="\n", file=sys.stderr)
        return 1
    out = args.out or ANNOTATIONS / f"{args.text.stem}.tsv"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(dump(marks), encoding="utf-8")
    print(f"{out}: {len(marks.factors)} factors, {len(marks.links)} links, {len(marks.entities)} entities, {len(marks.acts)} acts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
