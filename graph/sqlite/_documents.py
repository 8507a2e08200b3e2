"""What is in the graph: documents, everything about one of them, counts."""

from __future__ import annotations

from collections.abc import Sequence

import apsw
import msgspec

from graph._codes import BASES, BITS, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, KINDS, REVIEWS, factors_counted, links_counted
from graph.errors import UnknownDocument
from graph.records import (
    ActorOf,
    ActView,
    ConceptCount,
    ConceptRef,
    DocumentSummary,
    DocumentView,
    FactorView,
    Filters,
    LinkView,
    Outcome,
    SearchBase,
    Statistics,
)
from graph.sqlite._ask import every, first, only
from graph.sqlite._rows import SOURCE, Assembly, places_of, source_ref
from graph.sqlite._tally import Kept, Tally
from graph.sqlite._where import document_where, samples_of
from pipeline.records import Block, RunnerUp, Sentence

__all__ = ["actors_of", "commonest", "document_summaries", "document_view", "outcomes", "search_base", "statistics"]

_ABOUT, _TAKES, _FACES = (EDGE_TYPES.index(kind) for kind in ("about", "takes", "faces"))
_MOST_CONCEPTS = 50
_blocks = msgspec.json.Decoder(tuple[Block, ...])
_runner_up = msgspec.json.Decoder(RunnerUp)
_names = msgspec.json.Decoder(tuple[str, ...])


def document_summaries(connection: apsw.Connection, kept: Kept) -> tuple[DocumentSummary, ...]:
    """Every document, samples and superseded ones too, newest first. Lines of documents that did not change since they were asked for last are kept."""
    order = list(every(connection, "SELECT id, changed FROM document ORDER BY age, tie"))
    known = kept.summaries
    fresh = [document for document, changed in order if document not in known or known[document][0] != changed]
    lines = dict(known)
    columns = f"id, changed, {SOURCE}, work_key, stamp, sentences, factors, links, live, supersedes"
    listed = msgspec.json.encode(fresh).decode()
    for document, changed, *row in every(connection, f"SELECT {columns} FROM document WHERE id IN (SELECT value FROM json_each(?))", (listed,)):
        lines[document] = (
            changed,
            DocumentSummary(
                source=source_ref(tuple(row[:10])),
                work=row[10],
                stamp=row[11],
                sentences=row[12],
                factors=row[13],
                links=row[14],
                live=bool(row[15]),
                supersedes=row[16],
            ),
        )
    # what has gone is not kept; another thread may meanwhile have asked about another state, and keeps its own
    kept.summaries = lines if len(lines) == len(order) else {document: lines[document] for document, _ in order}
    return tuple([lines[document][1] for document, _ in order])


def document_view(connection: apsw.Connection, key: str) -> DocumentView:
    """Everything about one document, rejected statements too.

    Raises:
        UnknownDocument: it is not in the graph.
    """
    row = first(connection, "SELECT id, live FROM document WHERE key = ?", (key,))
    if row is None:
        raise UnknownDocument(key)
    document, live = row
    span = (document << BITS, ((document + 1) << BITS) - 1)
    assembly = Assembly(connection)
    text, blocks = only(connection, "SELECT clean_text, blocks FROM document_text WHERE document = ?", (document,))
    kept = tuple(block if block.start is None else msgspec.structs.replace(block, text=text[block.start : block.end]) for block in _blocks.decode(blocks))
    starts = [(block.start, block.id) for block in kept if block.start is not None]
    return DocumentView(
        source=assembly.source(document),
        clean_text=text,
        blocks=kept,
        sentences=_sentences(connection, span, starts),
        factors=_factors(connection, span, assembly, text),
        links=_links(connection, span),
        acts=_acts(connection, span),
        outcomes=outcomes(connection, document),
        live=bool(live),
    )


def actors_of(connection: apsw.Connection, factors: Sequence[tuple[str, str]]) -> tuple[ActorOf, ...]:
    """Actors of factors of any documents, in the order of the factors, then of the acts."""
    found: list[ActorOf] = []
    for document, factor in dict.fromkeys(factors):
        rows = every(
            connection,
            f"""SELECT n.name, n.type, e.type, e.role, e.confidence FROM document AS d
            JOIN factor AS f ON f.id BETWEEN d.id << {BITS} AND (d.id + 1 << {BITS}) - 1 AND f.key = ?2
            JOIN edge AS e ON e.source = f.id AND e.type IN ({_TAKES}, {_FACES}) AND e.live = 1
            JOIN entity AS n ON n.id = e.target WHERE d.key = ?1 ORDER BY e.ordinal""",
            (document, factor),
        )
        found.extend(
            ActorOf(
                document=document,
                factor=factor,
                actor=name,
                kind=ENTITY_TYPES[kind],
                type="takes" if type_ == _TAKES else "faces",
                role=role,
                confidence=confidence,
            )
            for name, kind, type_, role, confidence in rows
        )
    return tuple(found)


def outcomes(connection: apsw.Connection, document: int | None = None) -> tuple[Outcome, ...]:
    """What became of each decision, of one document or of all."""
    rows = every(
        connection,
        "SELECT outcome.decision, document.key, outcome.state, outcome.reason, outcome.target FROM outcome JOIN document ON document.id = outcome.document"
        " WHERE ?1 IS NULL OR outcome.document = ?1 ORDER BY document.key, outcome.ordinal",
        (document,),
    )
    return tuple(Outcome(decision=row[0], document=row[1], state=row[2], reason=row[3], target=row[4]) for row in rows)


def search_base(connection: apsw.Connection, filters: Filters) -> SearchBase:
    """How much the filters leave to be searched."""
    samples = samples_of(connection, filters)
    where = document_where(filters, samples=samples)
    documents, works, first, last, sentences = only(
        connection, f"SELECT count(*), count(DISTINCT work), min(year), max(year), coalesce(sum(sentences), 0) FROM document AS a WHERE {where}", where.values
    )
    return SearchBase(documents=documents, works=works, year_from=first, year_to=last, sentences=sentences, samples=samples)


def statistics(connection: apsw.Connection, filters: Filters, kept: Kept) -> Statistics:
    """Counts over the documents that the filters leave, of the statements that they leave; of concepts the commonest."""
    tally = kept.tally(connection, filters)
    counts = tally.by_code()
    reviews = factors_counted(counts)
    return Statistics(
        base=tally.base(),
        factors={name: reviews["open"][n] + reviews["accepted"][n] for n, name in enumerate(FACTOR_TYPES)},
        links=links_counted(counts),
        entities=tally.entities(),
        years={"" if year is None else str(year): count for year, count in tally.works_by_year().items()},
        kinds={KINDS[kind]: count for kind, count in tally.works_by_kind().items()},
        concepts=_commonest(connection, tally, limit=_MOST_CONCEPTS),
        reviews={name: sum(values) for name, values in reviews.items()},
    )


def commonest(connection: apsw.Connection, filters: Filters, kept: Kept, *, limit: int) -> tuple[ConceptCount, ...]:
    """The concepts that most works name, in factors of theirs."""
    return _commonest(connection, kept.tally(connection, filters), limit=limit)


def _commonest(connection: apsw.Connection, tally: Tally, *, limit: int) -> tuple[ConceptCount, ...]:
    names = {row[0]: ConceptRef(id=row[1], name=row[2], english=row[3]) for row in every(connection, "SELECT id, key, name, english FROM concept")}
    totals = zip(*(column.tolist() for column in tally.totals()), strict=True)
    counts = [ConceptCount(concept=names[number], works=works, rows=rows) for number, rows, works in totals]
    return tuple(sorted(counts, key=lambda count: (-count.works, -count.rows, count.concept.id))[:limit])


def _sentences(connection: apsw.Connection, span: tuple[int, int], starts: list[tuple[int, str]]) -> tuple[Sentence, ...]:
    sentences = []
    at = 0
    for key, start, stop in every(connection, "SELECT key, start, stop FROM sentence WHERE id BETWEEN ? AND ? ORDER BY start, id", span):
        while at + 1 < len(starts) and starts[at + 1][0] <= start:
            at += 1
        sentences.append(Sentence(id=key, start=start, end=stop, block=starts[at][1] if starts else ""))
    return tuple(sentences)


def _factors(connection: apsw.Connection, span: tuple[int, int], assembly: Assembly, text: str) -> tuple[FactorView, ...]:
    concepts: dict[int, list[str]] = {}
    for factor, concept in every(
        connection,
        f"SELECT edge.source, concept.key FROM edge JOIN concept ON concept.id = edge.target"
        f" WHERE edge.source BETWEEN ? AND ? AND edge.type = {_ABOUT} AND edge.weak = 0 ORDER BY edge.source, concept.key",
        span,
    ):
        concepts.setdefault(factor, []).append(concept)
    views = []
    for row in every(
        connection,
        "SELECT factor.id, factor.key, type, factor.start, factor.stop, sentence.start, sentence.stop,"
        " factor.section, scope, dim, force, voice, spots, moment,"
        " confidence, runner_up, author, review FROM factor JOIN sentence ON sentence.id = factor.sentence"
        " WHERE factor.id BETWEEN ? AND ? ORDER BY factor.start, factor.id",
        span,
    ):
        start, stop, begin, end = row[3], row[4], row[5], max(row[6], row[4])
        views.append(
            FactorView(
                id=row[1],
                type=FACTOR_TYPES[row[2]],
                text=text[start:stop],
                start=start,
                end=stop,
                sentence=text[begin:end],
                sentence_start=begin,
                section=assembly.path(row[7]),
                scope=row[8],
                dim=row[9],
                force=row[10],
                voice=row[11],
                where=_names.decode(row[12]),
                when=row[13],
                confidence=row[14],
                runner_up=None if row[15] is None else _runner_up.decode(row[15]),
                author=row[16],
                review=REVIEWS[row[17]],  # type: ignore[arg-type]
                concepts=tuple(concepts.get(row[0], ())),
            )
        )
    return tuple(views)


def _links(connection: apsw.Connection, span: tuple[int, int]) -> tuple[LinkView, ...]:
    rows = every(
        connection,
        "SELECT e.key, e.type, s.key, t.key, e.basis, e.confidence, e.evidence, e.author, e.review, e.live FROM edge AS e"
        " JOIN factor AS s ON s.id = e.source JOIN factor AS t ON t.id = e.target WHERE e.source BETWEEN ? AND ? AND e.type < 6 ORDER BY e.ordinal",
        span,
    )
    return tuple(
        LinkView(
            id=key,
            type=EDGE_TYPES[kind],  # type: ignore[arg-type]
            source=source,
            target=target,
            basis=BASES[basis],  # type: ignore[arg-type]
            confidence=confidence,
            evidence=places_of(evidence),
            author=author,
            review=REVIEWS[review],  # type: ignore[arg-type]
            live=bool(live),
        )
        for key, kind, source, target, basis, confidence, evidence, author, review, live in rows
    )


def _acts(connection: apsw.Connection, span: tuple[int, int]) -> tuple[ActView, ...]:
    rows = every(
        connection,
        "SELECT n.name, n.type, f.key, e.type, e.role, e.evidence, e.confidence, e.author FROM edge AS e JOIN entity AS n ON n.id = e.target"
        f" JOIN factor AS f ON f.id = e.source WHERE e.source BETWEEN ? AND ? AND e.type IN ({_TAKES}, {_FACES}) ORDER BY e.ordinal",
        span,
    )
    return tuple(
        ActView(
            actor=name,
            kind=ENTITY_TYPES[kind],
            factor=factor,
            type="takes" if type_ == _TAKES else "faces",
            role=role,
            evidence=places_of(evidence),
            confidence=confidence,
            author=author,
        )
        for name, kind, factor, type_, role, evidence, confidence, author in rows
    )
