"""What is in the graph: documents, everything about one of them, counts."""

from __future__ import annotations

import apsw
import msgspec

from graph.errors import UnknownDocument
from graph.records import (
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
from graph.sqlite._rows import Assembly, places_of, source_ref
from graph.sqlite._schema import BASES, BITS, EDGE_TYPES, ENTITY_TYPES, FACTOR_TYPES, KINDS, REVIEWS
from graph.sqlite._where import document_where, samples_of
from pipeline.records import Block, RunnerUp, Sentence

__all__ = ["document_summaries", "document_view", "outcomes", "search_base", "statistics"]

_ABOUT, _TAKES, _FACES = (EDGE_TYPES.index(kind) for kind in ("about", "takes", "faces"))
_MOST_CONCEPTS = 50
_blocks = msgspec.json.Decoder(tuple[Block, ...])
_runner_up = msgspec.json.Decoder(RunnerUp)
_names = msgspec.json.Decoder(tuple[str, ...])


def document_summaries(connection: apsw.Connection) -> tuple[DocumentSummary, ...]:
    """Every document, samples and superseded ones too, newest first."""
    rows = every(
        connection,
        "SELECT key, file, title, year, date, kind, issuer, authors, sample, work_key, stamp, sentences, factors, links, live, supersedes"
        " FROM document ORDER BY age, tie",
    )
    return tuple(
        DocumentSummary(
            source=source_ref(row[:9]),
            work=row[9],
            stamp=row[10],
            sentences=row[11],
            factors=row[12],
            links=row[13],
            live=bool(row[14]),
            supersedes=row[15],
        )
        for row in rows
    )


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
    kept = _blocks.decode(blocks)
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


def statistics(connection: apsw.Connection, filters: Filters) -> Statistics:
    """Counts over the documents that the filters leave; of concepts the commonest."""
    samples = samples_of(connection, filters)
    where = document_where(filters, samples=samples)
    picked = f"SELECT a.id FROM document AS a WHERE {where}"
    ranges = f"({picked}) AS d JOIN {{0}} ON {{0}}.{{1}} BETWEEN d.id << {BITS} AND (d.id + 1 << {BITS}) - 1"
    factors = list(every(connection, f"SELECT type, review, count(*) FROM {ranges.format('factor', 'id')} GROUP BY 1, 2", where.values))
    links = list(
        every(
            connection,
            f"SELECT type, basis, count(*) FROM {ranges.format('edge', 'source')} WHERE type < 6 AND live = 1 GROUP BY 1, 2 ORDER BY 1, 2",
            where.values,
        )
    )
    entities = list(
        every(
            connection,
            "SELECT entity.type, count(DISTINCT entity.id) FROM entity JOIN edge ON edge.target = entity.id AND edge.type = 9"
            f" WHERE edge.document IN ({picked}) GROUP BY 1 ORDER BY 1",
            where.values,
        )
    )
    concepts = list(
        every(
            connection,
            "SELECT concept.key, concept.name, concept.english, count(DISTINCT f.work), count(*) FROM factor_answer AS f JOIN concept ON concept.id = f.concept"
            f" WHERE f.weak = 0 AND f.document IN ({picked}) GROUP BY f.concept ORDER BY 4 DESC, 5 DESC, 1 LIMIT {_MOST_CONCEPTS}",
            where.values,
        )
    )
    years = list(every(connection, f"SELECT a.year, count(DISTINCT a.work) FROM document AS a WHERE {where} GROUP BY 1 ORDER BY 1", where.values))
    kinds = list(every(connection, f"SELECT a.kind, count(DISTINCT a.work) FROM document AS a WHERE {where} GROUP BY 1 ORDER BY 1", where.values))
    return Statistics(
        base=search_base(connection, filters),
        factors={name: sum(count for kind, review, count in factors if kind == n and review != 2) for n, name in enumerate(FACTOR_TYPES)},
        links={f"{EDGE_TYPES[kind]} {BASES[basis]}": count for kind, basis, count in links},
        entities={ENTITY_TYPES[kind]: count for kind, count in entities},
        years={"" if year is None else str(year): count for year, count in years},
        kinds={KINDS[kind]: count for kind, count in kinds},
        concepts=tuple(
            ConceptCount(concept=ConceptRef(id=key, name=name, english=english), works=works, rows=rows) for key, name, english, works, rows in concepts
        ),
        reviews={name: sum(count for _, review, count in factors if review == n) for n, name in enumerate(REVIEWS)},
    )


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
        "SELECT n.name, n.type, f.key, e.type, e.role, e.evidence, e.confidence, e.author FROM edge AS e JOIN entity AS n ON n.id = e.source"
        f" JOIN factor AS f ON f.id = e.target WHERE e.target BETWEEN ? AND ? AND e.type IN ({_TAKES}, {_FACES}) ORDER BY e.ordinal",
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
