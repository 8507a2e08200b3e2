"""From ids to the rows that people see: sources, quotes with their sentences, headings. A page at a time, one document's text once."""

from __future__ import annotations

import apsw
import msgspec

from graph._codes import ACCESSES, BITS, FACTOR_TYPES, KINDS, REVIEWS
from graph.records import Quote, SourceRef
from graph.sqlite._ask import Row, only
from pipeline.records import Place

__all__ = ["FACTOR", "SOURCE", "Assembly", "places_of", "source_ref"]

FACTOR = "id, key, type, start, stop, sentence, section, author, confidence, review, force, voice"
"""columns that `Assembly.quote` takes"""
SOURCE = "key, file, title, year, date, kind, issuer, authors, sample, access"
"""columns that `source_ref` takes"""
_places = msgspec.json.Decoder(tuple[Place, ...])
_names = msgspec.json.Decoder(tuple[str, ...])


def places_of(evidence: str) -> tuple[Place, ...]:
    """Places as they are kept in an edge."""
    return _places.decode(evidence)


def source_ref(row: Row) -> SourceRef:
    """A source from the columns of `SOURCE`."""
    key, file, title, year, date, kind, issuer, authors, sample, access = row
    return SourceRef(
        document=key,
        file=file,
        title=title,
        year=year,
        date=date,
        kind=KINDS[kind],
        issuer=issuer,
        authors=_names.decode(authors),
        sample=bool(sample),
        access=ACCESSES[access],  # type: ignore[arg-type]
    )


class Assembly:
    """Looks up what the rows of one page need, each document once."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._sources: dict[int, SourceRef] = {}
        self._texts: dict[int, str] = {}
        self._paths: dict[int, str] = {}

    def source(self, document: int) -> SourceRef:
        if document not in self._sources:
            row = only(self._connection, f"SELECT {SOURCE} FROM document WHERE id = ?", (document,))
            self._sources[document] = source_ref(row)
        return self._sources[document]

    def text(self, document: int) -> str:
        if document not in self._texts:
            (self._texts[document],) = only(self._connection, "SELECT clean_text FROM document_text WHERE document = ?", (document,))
        return self._texts[document]

    def path(self, section: int | None) -> str:
        """Headings above, outermost first; an empty string where there are none."""
        if section is None:
            return ""
        if section not in self._paths:
            (self._paths[section],) = only(self._connection, "SELECT path FROM section WHERE id = ?", (section,))
        return self._paths[section]

    def sentence(self, sentence: int) -> tuple[int, int]:
        start, stop = only(self._connection, "SELECT start, stop FROM sentence WHERE id = ?", (sentence,))
        return start, stop

    def factor(self, factor: int) -> Row:
        return tuple(only(self._connection, f"SELECT {FACTOR} FROM factor WHERE id = ?", (factor,)))

    def quote(self, row: Row) -> Quote:
        """A quote from the columns of `FACTOR`."""
        factor, key, kind, start, stop, sentence, section, author, confidence, review, *_ = row
        text = self.text(factor >> BITS)
        begin, end = self.sentence(sentence)
        # a factor that runs on over the end of its sentence takes the sentence with it
        end = max(end, stop)
        return Quote(
            factor=key,
            type=FACTOR_TYPES[kind],
            text=text[start:stop],
            start=start,
            end=stop,
            sentence=text[begin:end],
            sentence_start=begin,
            author=author,
            confidence=confidence,
            review=REVIEWS[review],  # type: ignore[arg-type]
            section=self.path(section),
        )
