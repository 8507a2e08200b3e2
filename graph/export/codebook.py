"""The codebook: every code with its definition, what counts as it, what does not, and two quotes of the exported texts.

Codes are the four types of statement, whose definitions stand here, and the concepts that the export names, whose definitions and names are the
register's. The form is that of qualitative work: label, definition, when to use, when not to use, example
(MacQueen and others 1998, Codebook Development for Team-Based Qualitative Analysis).
"""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from graph.export.cells import Cell, to_csv
from graph.export.gbt7714 import SAMPLE
from graph.export.material import ExportedDocument, Material, printable
from graph.records import FactorView

__all__ = ["TYPES", "Code", "codes", "write_csv", "write_markdown"]

_QUOTES = 2
TYPES: dict[str, tuple[str, str, str, str]] = {
    "driver": (
        "动因 driver",
        "推动改变的力量：需要、压力、机遇、上级要求。",
        "文中说它促成、要求或推动某项做法",
        "问题本身（记为困境）；想达到的状态（记为目标）",
    ),
    "dilemma": (
        "困境 dilemma",
        "改变遇到的问题：缺乏、薄弱、冲突、障碍。",
        "文中说它妨碍、缺失或有待解决",
        "造成问题的外部力量（记为动因）；已解决的旧事只作背景时不记",
    ),
    "countermeasure": ("对策 countermeasure", "提出、要求或已经采取的做法。", "有动作，说明由谁或怎样去做", "只说要达到什么而不说怎么做（记为目标）"),
    "goal": ("目标 goal", "做法想达到的状态或结果。", "文中以实现、达到、为了等引出的状态", "达到它的做法（记为对策）"),
}
"""type → label, definition, when it counts, when it does not"""


class Code(NamedTuple):
    """One entry."""

    id: str
    label: str
    definition: str
    include: str
    exclude: str
    quotes: tuple[str, ...]
    times: int


def codes(material: Material) -> list[Code]:
    """The entries: the four types, then concepts by id. Quotes: accepted ones first, then the surest, from different documents where there are."""
    found: dict[str, _Quotes] = {}
    for document in material.documents():
        for factor in document.view.factors:
            for code in (factor.type, *factor.concepts):
                found.setdefault(code, _Quotes()).take(factor, document)
    entries = [Code(kind, *words, found[kind].best() if kind in found else (), found[kind].count if kind in found else 0) for kind, words in TYPES.items()]
    for concept in material.concepts:
        quotes = found.get(concept.id) or _Quotes()
        label = " ".join((*concept.names[:1], *concept.english[:1]))
        include = "、".join((*concept.names, *concept.english))
        entries.append(Code(concept.id, label, concept.definition, include, "、".join(concept.near), quotes.best(), quotes.count))
    return entries


class _Quotes:
    """The best quotes so far of one code."""

    def __init__(self) -> None:
        self.count = 0
        self._best: list[tuple[int, float, str, int, str]] = []

    def take(self, factor: FactorView, document: ExportedDocument) -> None:
        self.count += 1
        source = document.view.source
        words = f"“{' '.join(factor.sentence.split())}”（{source.title}{f'，{SAMPLE}' if source.sample else ''}，{factor.start}–{factor.end}）"
        self._best.append((0 if factor.review == "accepted" else 1, -factor.confidence, document.id, factor.start, words))
        self._best.sort()
        first = {row[2]: row for row in reversed(self._best)}
        # the best of each document, and one more in case there is only one document
        self._best = sorted({*sorted(first.values())[:_QUOTES], *self._best[:_QUOTES]})

    def best(self) -> tuple[str, ...]:
        first = {row[2]: row for row in reversed(self._best)}
        picked = sorted(first.values())[:_QUOTES]
        picked += [row for row in self._best if row not in picked][: _QUOTES - len(picked)]
        return tuple(row[4] for row in picked)


def write_csv(material: Material, out: BinaryIO) -> None:
    """One line a code."""
    header = ("id", "label", "definition", "include", "exclude", "quote_1", "quote_2", "count")
    rows: list[list[Cell]] = []
    for code in codes(material):
        words = (code.id, code.label, code.definition, code.include, code.exclude, *(*code.quotes, "", "")[:_QUOTES])
        rows.append([*map(printable, words), code.times])
    out.write(to_csv(header, rows))


def write_markdown(material: Material, out: BinaryIO) -> None:
    """A heading a code, the manifest at the end."""
    lines = ["# 编码本 Codebook", ""]
    for code in codes(material):
        lines += [f"## {_plain(code.label)} `{code.id}`", ""]
        for name, words in (("定义 definition", code.definition), ("计入 include", code.include), ("不计入 exclude", code.exclude)):
            lines.append(f"- {name}：{_plain(words) if words else '–'}")
        lines += [f"- 例 quote：{_plain(quote)}" for quote in code.quotes]
        lines += [f"- 次数 count：{code.times}", ""]
    lines += ["---", "", *(f"    {' '.join(line.split())}" for line in material.manifest.lines())]
    out.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _plain(words: str) -> str:
    """Words of a document, none of whose signs is Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|" else sign for sign in " ".join(words.split()))
