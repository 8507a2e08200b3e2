"""Sentences with words: searches, and links whose source stands in such a sentence. The index finds, the columns count and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph._codes import BITS, DIMS, EDGE_TYPES, FACTOR_TYPES, FORCES, REVIEWS, VOICES
from graph._fold import fold, phrase, search_pattern, tokens
from graph.neo4j._columns import Looking, Rows
from graph.neo4j._connect import Torn
from graph.neo4j._distinct import among, distinct, how_many
from graph.neo4j._prepared import DTYPES, doubt_of, measure_first
from graph.neo4j._rows import LinkKey, link_rows, sources, whole
from graph.neo4j._schema import INDEX, RELATIONS
from graph.neo4j._where import document_mask, factor_mask, link_mask
from graph.records import Filters, LinkPage, SearchRow, TermCount, TierCount
from graph.store import SearchPage
from pipeline.records import LinkType

__all__ = ["links_in_words", "search_page"]

_MOST_SENTENCES = 5_000
"""sentences with the words that are looked at, the newest documents of the store first"""
_REJECTED = REVIEWS.index("rejected")
_LOW = (1 << BITS) - 1

Array = NDArray[Any]


class _Hits(NamedTuple):
    """Documents with their sentences found, in the order of the answer."""

    at: Array
    counts: Array
    sentences: Array


def search_page(looking: Looking, terms: Sequence[str], *, filters: Filters, limit: int, offset: int) -> SearchPage:
    """Sentences that hold all `terms`; where there are none, sentences with any of them out of documents that hold all."""
    fitting = _fitting(looking, filters)
    found = {term: _sentences(looking, term) for term in terms}
    whole = found[terms[0]]
    for term in terms[1:]:
        whole = whole[among(whole, found[term])]
    hits = _hits(looking, whole, filters, fitting)
    if len(hits.at) or len(terms) == 1:
        return _page(looking, terms, hits, within="sentence", apart=(), limit=limit, offset=offset)
    apart = []
    for term in terms:
        alone = _hits(looking, found[term], filters, fitting)
        apart.append(TermCount(term=term, sentences=int(alone.counts.sum()), documents=len(alone.at)))
    if all(count.documents for count in apart):
        both = distinct(found[terms[0]] >> BITS)
        for term in terms[1:]:
            both = both[among(both, distinct(found[term] >> BITS))]
        some = distinct(np.concatenate(list(found.values())))
        hits = _hits(looking, some[among(some >> BITS, both)], filters, fitting)
    return _page(looking, terms, hits, within="document", apart=tuple(apart), limit=limit, offset=offset)


def links_in_words(looking: Looking, terms: Sequence[str], kind: LinkType, *, filters: Filters, limit: int, offset: int) -> LinkPage:
    """Links of `kind` whose source stands in a sentence with all `terms`; those whose source itself holds them come first, the others are weak."""
    found = _sentences(looking, terms[0])
    for term in terms[1:]:
        found = found[among(found, _sentences(looking, term))]
    sentences = found[::-1][:_MOST_SENTENCES].tolist()
    ((listed,),) = looking.ask(
        f"UNWIND $ids AS id MATCH (:Sentence {{id: id}})<-[:STATED_IN]-(f:Factor)-[e:{RELATIONS[kind]}]->(t:Factor) WHERE e.live"
        " RETURN collect([f.id, t.id, e.ordinal, e.basis, e.confidence, e.review, f.text,"
        " [f.dim, f.actors, f.force, f.voice], [t.dim, t.actors, t.force, t.voice]])",
        ids=sentences,
    )
    number = EDGE_TYPES.index(kind)
    wanted = ["".join(tokens(term)) for term in terms]
    here = set(looking.numbers.tolist()) if listed else set()
    for row in listed:
        whole(*row[:7])
    rows = [row for row in listed if row[0] >> BITS in here]
    packed = [
        (
            *(row[0] & _LOW, row[1] & _LOW, row[2], number, int(row[3] == "aligned")),
            *measure_first(number, _traits(row[7]), _traits(row[8]), row[4], REVIEWS.index(row[5])),
        )
        for row in rows
    ]
    numbers = np.array([row[0] >> BITS for row in rows], dtype=np.int64)
    columns = Rows(np.array(packed, dtype=DTYPES["all_links"]), np.searchsorted(looking.numbers, numbers), looking.numbers)
    weak = np.array([not _holds(row[6], wanted) for row in rows], dtype=bool)
    mask = link_mask(looking, columns, filters)
    columns, weak = columns.where(mask), weak[mask]
    if not len(columns.rows):
        return LinkPage(rows=(), counts=())
    keys = (weak, columns["basis"], columns["doubt"], looking.column(columns, "age"), looking.column(columns, "tie"))
    order = np.lexsort((columns["ordinal"], columns.ids("target"), columns.ids("source"), *reversed(keys)))
    page: list[LinkKey] = [
        ("", "concept", bool(weak[at]), int(columns.ids("source")[at]), int(columns.ids("target")[at]), int(columns["ordinal"][at]))
        for at in order[offset : offset + limit].tolist()
    ]
    stated = int((columns["basis"] == 0).sum())
    works = how_many(looking.works[columns.at])
    count = TierCount(tier="concept", rows=len(order), works=works, stated=stated, aligned=len(order) - stated)
    return LinkPage(rows=link_rows(looking, kind, page), counts=(count,))


def _traits(row: Sequence[Any]) -> tuple[Any, ...]:
    dim, actors, force, voice = row
    dims = 1 << DIMS.index(dim) if dim in DIMS else 0
    return 0.0, doubt_of(0.0, 0), dims, actors, 0, FORCES.index(force) if force in FORCES else -1, VOICES.index(voice) if voice in VOICES else -1


def _holds(text: str, wanted: Sequence[str]) -> bool:
    folded = "".join(tokens(fold(text)))
    return all(word in folded for word in wanted)


def _sentences(looking: Looking, term: str) -> Array:
    """Ids of the sentences that hold a folded term, in order. Words are single tokens with blanks between, in the index and in the question."""
    words = phrase(term)
    if not words.endswith("*"):
        rows = looking.ask(f"CALL db.index.fulltext.queryNodes('{INDEX}', $words) YIELD node RETURN collect(node.id)", words=words)
    else:
        # the index has no phrase whose last word only begins so: it finds the words, the text says whether they stand together
        parts = words.rstrip(" *").strip('"').split(" ")
        query = " AND ".join([*(f'"{part}"' for part in parts[:-1]), f"{parts[-1]}*"])
        check = " WHERE (' ' + node.words) CONTAINS $start" if len(parts) > 1 else ""
        rows = looking.ask(
            f"CALL db.index.fulltext.queryNodes('{INDEX}', $words) YIELD node WITH node{check} RETURN collect(node.id)",
            words=query,
            start=" " + " ".join(parts),
        )
    return distinct(np.array(rows[0][0], dtype=np.int64))


def _fitting(looking: Looking, filters: Filters) -> Array | None:
    """Ids of the sentences that hold a statement that fits; none where no filter looks at statements."""
    if not filters.of_statements:
        return None
    factors = looking.family("all_factors")
    return distinct(factors.ids("sentence")[(factors["review"] != _REJECTED) & factor_mask(looking, factors, filters)])


def _hits(looking: Looking, sentences: Array, filters: Filters, fitting: Array | None) -> _Hits:
    """Documents with most such sentences first, then the newest."""
    if fitting is not None:
        sentences = sentences[among(sentences, fitting)]
    numbers, counts = np.unique(sentences >> BITS, return_counts=True)
    here = among(numbers, looking.numbers)
    numbers, counts = numbers[here], counts[here]
    at = np.atleast_1d(np.searchsorted(looking.numbers, numbers))
    kept = document_mask(looking, filters)[at]
    at, counts = np.asarray(at[kept]), np.asarray(counts[kept])
    order = np.lexsort((looking.heads["tie"][at], looking.heads["age"][at], -counts))
    return _Hits(at[order], counts[order], sentences)


def _page(looking: Looking, terms: Sequence[str], hits: _Hits, *, within: str, apart: tuple[TermCount, ...], limit: int, offset: int) -> SearchPage:
    picked: list[tuple[int, int]] = []
    passed = 0
    for at, count in zip(hits.at.tolist(), hits.counts.tolist(), strict=True):
        if len(picked) >= limit:
            break
        if passed + count > offset:
            number = int(looking.numbers[at])
            low, high = np.searchsorted(hits.sentences, np.array((number << BITS, (number + 1) << BITS))).tolist()
            skip = max(0, offset - passed)
            picked.extend((sentence, count) for sentence in hits.sentences[low + skip : high][: limit - len(picked)].tolist())
        passed += count
    return SearchPage(
        rows=_rows(looking, terms, picked),
        total=int(hits.counts.sum()),
        documents=len(hits.at),
        works=how_many(looking.works[hits.at]),
        within="sentence" if within == "sentence" else "document",
        apart=apart,
    )


def _rows(looking: Looking, terms: Sequence[str], picked: Sequence[tuple[int, int]]) -> tuple[SearchRow, ...]:
    if not picked:
        return ()
    found = looking.ask(
        "UNWIND $ids AS id MATCH (s:Sentence {id: id}) RETURN s.id, s.start, s.text, coalesce(s.section, ''),"
        " COLLECT { MATCH (s)<-[:STATED_IN]-(f:Factor) WHERE f.review <> 'rejected' RETURN f.type ORDER BY f.start, f.id }",
        ids=[sentence for sentence, _ in picked],
    )
    if len(found) != len(picked):
        raise Torn("a document went while a page was read")
    documents = sources(looking, (sentence >> BITS for sentence, _ in picked))
    pattern = search_pattern(terms)
    by_id = {row[0]: row for row in found}
    rows = []
    for sentence, count in picked:
        _, start, text, section, types = by_id[sentence]
        whole(start, text, *types)
        marks = tuple((match.start(), match.end()) for match in pattern.finditer(fold(text)))
        factors = tuple(kind for kind in types if kind in FACTOR_TYPES)
        rows.append(SearchRow(source=documents[sentence >> BITS], start=start, text=text, marks=marks, section=section, factors=factors, hits=count))
    return tuple(rows)
