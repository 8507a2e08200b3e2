"""Questions that look over many documents at once: a concept over the years, tables of concepts and dims, what nobody answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from graph.errors import UnknownFilter
from graph.overviews import Cell, GapAnswer, Matrix, Trend, YearCount
from graph.questions._asked import check_page, checked, meaning
from graph.records import ConceptRef, Filters
from graph.register import Concepts
from graph.store import Column, GraphStore
from pipeline.records import Dim

__all__ = ["gaps", "matrix", "trend", "years_of"]

_OPEN = Filters()
_MOST_ROWS, _MOST_COLUMNS = 40, 40
_DIMS: dict[str, str] = {
    "idea": "理念",
    "structure": "结构",
    "institution": "制度",
    "mechanism": "机制",
    "technology": "技术",
    "data": "数据",
    "talent": "人才",
    "security": "安全",
    "finance": "资金",
    "service": "服务",
    "participation": "参与",
}
_COLUMNS: tuple[Column, ...] = ("year", "kind", "issuer", "level", "place")


def trend(store: GraphStore, register: Concepts, question: str, *, filters: Filters = _OPEN, narrower: bool = True) -> Trend:
    """What is said about a concept (and the ones below it, unless `narrower` is false), year by year, without holes."""
    asked = meaning(register, question)
    filters = checked(filters)
    concepts = [concept for tier in asked.tiers if tier.tier == "concept" or (narrower and tier.tier == "narrower") for concept in tier.concepts]
    years = years_of(store, concepts, filters)
    works = sum(year.works for year in years)
    return Trend(question=question, concept=asked.concept, years=years, works=works, base=store.base(filters), filters=filters)


def years_of(store: GraphStore, concepts: Sequence[str], filters: Filters) -> tuple[YearCount, ...]:
    """Counts by year with the years between filled in at zero."""
    found = {year.year: year for year in store.years(concepts, filters=filters)}
    dated = [year for year in found if year is not None]
    spread: list[int | None] = list(range(min(dated), max(dated) + 1)) if dated else []
    if None in found:
        spread.append(None)
    return tuple(found.get(year) or YearCount(year=year, works=0, drivers=0, dilemmas=0, measures=0, goals=0, gaps=0) for year in spread)


def gaps(store: GraphStore, *, filters: Filters = _OPEN, limit: int = 50, offset: int = 0) -> GapAnswer:
    """Concepts whose dilemmas most works leave without a remedy; `unanswered` then gives their words."""
    check_page(limit=limit, offset=offset)
    filters = checked(filters)
    rows, total = store.gaps(filters=filters, limit=limit, offset=offset)
    return GapAnswer(rows=rows, total=total, base=store.base(filters), filters=filters, limit=limit, offset=offset)


def matrix(
    store: GraphStore, register: Concepts, rows: Sequence[str] | Mapping[str, Sequence[str]] | None = None, *, by: Column = "year", filters: Filters = _OPEN
) -> Matrix:
    """How much is said about each of `rows` by year, kind of source, issuer, level or place of the document.

    `rows` are questions or concept ids; the commonest concepts if none are given; `["dims"]`: the eleven dims; a mapping: a scheme of the
    reader's own, each row under a name with the concepts that belong to it, `{"体制": ["条块分割", "权责不清"], "技术": ["数据孤岛"]}`.
    Every cell opens its quotes by its own filters.

    Raises:
        UnknownFilter: there are no such columns.
    """
    if by not in _COLUMNS:
        raise UnknownFilter("by", reason=f"there are no columns by {by!r}", known=_COLUMNS)
    filters = checked(filters)
    dims = not isinstance(rows, Mapping) and rows is not None and list(rows) == ["dims"]
    groups: dict[str, tuple[str, ...]] = {}
    if isinstance(rows, Mapping):
        groups = {name: tuple(ref.id for ref in _concepts(store, register, members, filters)) for name, members in list(rows.items())[:_MOST_ROWS]}
        refs = tuple(ConceptRef(id=name, name=name) for name in groups)
        cells = store.group_cells(groups, by=by, filters=filters)
    elif dims:
        refs = tuple(ConceptRef(id=dim, name=name, english=dim) for dim, name in _DIMS.items())
        cells = store.cells(None, by=by, filters=filters)
    else:
        refs = _concepts(store, register, rows, filters)
        cells = store.cells([ref.id for ref in refs], by=by, filters=filters)
    columns = _ordered(cells, by)
    shown = tuple(msgspec.structs.replace(cell, filters=_opening(cell, by, filters, dims=dims)) for cell in cells)
    order = {ref.id: n for n, ref in enumerate(refs)}, {column: n for n, column in enumerate(columns)}
    kept = sorted((cell for cell in shown if cell.column in order[1]), key=lambda cell: (order[0][cell.row], order[1][cell.column]))
    return Matrix(groups=groups, rows=refs, columns=columns, cells=tuple(kept), by=by, base=store.base(filters), filters=filters)


def _concepts(store: GraphStore, register: Concepts, rows: Sequence[str] | None, filters: Filters) -> tuple[ConceptRef, ...]:
    if rows is None:
        return tuple(count.concept for count in store.commonest(filters=filters, limit=_MOST_ROWS))
    found = [asked.concept for asked in (meaning(register, row) for row in rows[:_MOST_ROWS]) if asked.concept]
    return tuple({ref.id: ref for ref in found}.values())


def _ordered(cells: Sequence[Cell], by: Column) -> tuple[str, ...]:
    """Columns in order: years as they run, others by their works; what documents do not say comes last."""
    works: dict[str, int] = {}
    for cell in cells:
        works[cell.column] = works.get(cell.column, 0) + cell.works
    said = [column for column in works if column]
    said.sort(key=lambda column: (0, column) if by == "year" else (-works[column], column))
    # of the years the latest, of the rest the commonest
    said = said[-_MOST_COLUMNS:] if by == "year" else said[:_MOST_COLUMNS]
    return (*said, *([""] if "" in works else []))


def _opening(cell: Cell, by: Column, filters: Filters, *, dims: bool) -> Filters:
    """Filters that leave the documents of one cell; what a document does not say cannot be filtered for, and stays as it was."""
    dim: tuple[Dim, ...] = (cell.row,) if dims else filters.dims  # type: ignore[assignment]
    opened = msgspec.structs.replace(filters, dims=dim)
    if not cell.column:
        return opened
    if by == "year":
        return msgspec.structs.replace(opened, year_from=int(cell.column), year_to=int(cell.column))
    name = {"kind": "kinds", "issuer": "issuers", "level": "levels", "place": "regions"}[by]
    return msgspec.structs.replace(opened, **{name: (cell.column,)})
