"""Lines, roles, headings and zones put together into a `Structure`."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator

from corpus.records import SourceText
from pipeline.clean import Draft
from pipeline.records import KEPT_ROLES, Block, Reference, Role, Zone, content_id
from pipeline.structure._headings import Heading, find_headings
from pipeline.structure._lines import Line, read_lines
from pipeline.structure._numbers import read_number
from pipeline.structure._references import split_entries
from pipeline.structure._roles import assign_roles
from pipeline.structure._sections import find_group, read_sections
from pipeline.structure._structure import Structure
from pipeline.structure._verdicts import Verdicts
from pipeline.structure._zone_model import choose_zones

__all__ = ["read_structure"]

_WRITTEN = re.compile(r"\S+")
_REASONS: dict[Role, str] = {"byline": "byline", "references": "references", "foreign": "foreign", "noise": "noise"}


def read_structure(draft: Draft, source: SourceText) -> Structure:
    """Blocks of the cleaned lines of `draft`, in order; what is left out of the text is listed with its reason.

    Every line that is not blank is in exactly one block. `clean_text` holds the blocks that are kept, joined by one line end.
    """
    lines = list(read_lines(draft, source))
    lines, verdicts = assign_roles(lines)
    headings = find_headings(lines, verdicts)
    zones = _zones(lines, verdicts, headings)
    return _assemble(draft, lines, verdicts, headings, zones)


def _zones(lines: list[Line], verdicts: Verdicts, headings: dict[int, Heading]) -> list[Zone | None]:
    """Zone of every line: of a heading its own, of what lies beneath that of the heading."""
    out: list[Zone | None] = [None] * len(lines)
    sections = read_sections(lines, verdicts.body, headings)
    zones = choose_zones(sections, find_group(lines, verdicts, headings))
    by_line = {section.line: zone for section, zone in zip(sections, zones, strict=True)}
    current: Zone | None = None
    for i, role in enumerate(verdicts.role):
        if role == "title":
            # what a notice issues begins anew behind its title
            current = None
        elif role is None:
            current = out[i] = by_line.get(i, current)
    return out


def _assemble(draft: Draft, lines: list[Line], verdicts: Verdicts, headings: dict[int, Heading], zones: list[Zone | None]) -> Structure:
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    blocks: list[Block] = []
    seen: Counter[str] = Counter()
    size = 0
    for i, line in enumerate(lines):
        role: Role = verdicts.role[i] or ("heading" if i in headings else "body")
        raw = draft.raw(line.start, line.end)
        text = draft.text[line.start : line.end]
        place: tuple[int | None, int | None] = (None, None)
        if role in KEPT_ROLES:
            if pieces:
                pieces.append("\n")
                starts.append(ends[-1])
                ends.append(ends[-1])
                size += 1
            pieces.append(text)
            starts.extend(draft.starts[line.start : line.end])
            ends.extend(draft.ends[line.start : line.end])
            place = (size, size + len(text))
            size += len(text)
        heading = headings.get(i) if role == "heading" else None
        blocks.append(
            Block(
                id=content_id("b", text, seen[text]),
                text=text,
                start=place[0],
                end=place[1],
                raw=raw,
                role=role,
                reason=None if role in KEPT_ROLES else verdicts.reason[i] or _REASONS[role],
                level=heading.level if heading else None,
                zone=zones[i],
                number=_number(line, heading, role),
            )
        )
        seen[text] += 1
    rows = {blocks[i].id: cells for i, cells in verdicts.rows_kept.items()}
    return Structure("".join(pieces), tuple(starts), tuple(ends), tuple(blocks), tuple(_references(draft, lines, verdicts)), rows, tuple(_marks(draft, lines)))


def _marks(draft: Draft, lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Raw places of the characters that stand in no line and are not blank: `# ` before a heading."""
    at = 0
    for start, end in [*((line.start, line.end) for line in lines), (len(draft.text), len(draft.text))]:
        for found in _WRITTEN.finditer(draft.text, at, start):
            yield draft.raw(*found.span())
        at = max(at, end)


def _number(line: Line, heading: Heading | None, role: Role) -> str | None:
    """Number of a heading; of a paragraph the number that opens it: 第八条之一, （二）."""
    if heading is not None:
        return heading.number.text if heading.number else None
    found = read_number(line.text) if role == "body" else None
    return found.text or None if found is not None else None


def _references(draft: Draft, lines: list[Line], verdicts: Verdicts) -> Iterator[Reference]:
    chosen = [line for line, role in zip(lines, verdicts.role, strict=True) if role == "references"]
    if not chosen:
        return
    for first, at, last, end in split_entries([line.text for line in chosen]):
        places = [(chosen[k], at if k == first else 0, end if k == last else len(chosen[k].text)) for k in range(first, last + 1)]
        text = "".join(draft.text[line.start + begin : line.start + stop] for line, begin, stop in places).strip()
        if text:
            yield Reference(
                text=text, raw=(draft.raw(chosen[first].start + at, chosen[first].end)[0], draft.raw(chosen[last].start, chosen[last].start + end)[1])
            )
