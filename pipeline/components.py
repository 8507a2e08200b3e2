"""The steps behind segmentation, in order, under versioned names: `nlp.pipe_names` and `nlp.analyze_pipes()` tell the story.

One row a component: its name, what it needs, what it fills in, and the function that makes it. To add an extractor, write a
function `Doc -> Doc` (or one that makes it), add a row, and accept the changed golden list in `tests/golden/components.json`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extract.acts import find_acts
from pipeline.extract.attributes import complete
from pipeline.extract.cues import find_cued_statements
from pipeline.extract.entities import find_entities
from pipeline.extract.factors import FactorReader, find_factors
from pipeline.link import find_links
from pipeline.records import Factor
from pipeline.segment import blank_language, split_sentences

Component = Callable[[Doc], Doc]

EXTENSIONS = ("structure", "info", "sentences", "reading", "factors", "entities", "links", "acts")
"""`doc._.NAME`: the records of the contract, in document order; offsets are into `doc.text`. `reading`: what the encoder says, read once for all"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: `make` builds the component once for a `Language`."""

    name: str
    requires: tuple[str, ...]
    assigns: tuple[str, ...]
    make: Callable[[], Component]


def _sentences() -> Component:
    def run(doc: Doc) -> Doc:
        doc._.sentences = tuple(split_sentences(doc._.structure.blocks))
        firsts = {sentence.start for sentence in doc._.sentences}
        starts = [1 if token.idx in firsts or token.i == 0 else -1 for token in doc]
        # all at once: token by token spaCy looks through the whole text each time
        doc.from_array([SENT_START], np.array(starts, dtype=np.int64).astype(np.uint64))  # type: ignore[arg-type]
        return doc

    return run


def _factors() -> Component:
    reader = FactorReader.load()

    def run(doc: Doc) -> Doc:
        doc._.reading = reader.read(doc._.structure, doc._.sentences)
        doc._.factors = tuple(find_factors(doc._.structure, doc._.sentences, reader=reader, reading=doc._.reading))
        return doc

    return run


def _cues() -> Component:
    def run(doc: Doc) -> Doc:
        more = find_cued_statements(doc._.structure, doc._.sentences, doc._.factors)
        doc._.factors = tuple(sorted((*doc._.factors, *more), key=_place))
        return doc

    return run


def _place(factor: Factor) -> tuple[int, int]:
    return factor.start, factor.end


def _attributes() -> Component:
    def run(doc: Doc) -> Doc:
        doc._.factors = complete(doc._.factors, doc._.structure, doc._.sentences, doc._.info)
        doc.spans["factors"] = _spans(doc, [(factor.start, factor.end, factor.type) for factor in doc._.factors])
        return doc

    return run


def _entities() -> Component:
    def run(doc: Doc) -> Doc:
        doc._.entities = find_entities(doc._.structure, doc._.sentences, reading=doc._.reading)
        places = sorted((start, end, entity.type) for entity in doc._.entities for start, end in entity.mentions)
        doc.spans["mentions"] = _spans(doc, places)
        return doc

    return run


def _links() -> Component:
    def run(doc: Doc) -> Doc:
        doc._.links = find_links(doc._.structure, doc._.sentences, doc._.factors)
        return doc

    return run


def _acts() -> Component:
    def run(doc: Doc) -> Doc:
        doc._.acts = find_acts(doc._.structure, doc._.sentences, doc._.factors, doc._.entities)
        return doc

    return run


def _spans(doc: Doc, places: list[tuple[int, int, str]]) -> list[Span]:
    """Token spans around character places; the exact places stay in the records, for a place may end inside a word."""
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places)
    return [span for span in spans if span is not None]


COMPONENTS: tuple[Row, ...] = (
    Row("sentences.marks.v1", ("doc._.structure",), ("doc._.sentences", "token.is_sent_start"), _sentences),
    Row("factors.encoder.v5", ("doc._.sentences",), ("doc._.reading", "doc._.factors"), _factors),
    Row("factors.cues.v2", ("doc._.factors",), ("doc._.factors",), _cues),
    Row("factors.attributes.v6", ("doc._.factors", "doc._.info"), ("doc._.factors", "doc.spans"), _attributes),
    Row("entities.names.v7", ("doc._.sentences", "doc._.reading"), ("doc._.entities", "doc.spans"), _entities),
    Row("links.v4", ("doc._.factors",), ("doc._.links",), _links),
    Row("acts.v3", ("doc._.factors", "doc._.entities"), ("doc._.acts",), _acts),
)


def describe() -> list[dict[str, object]]:
    """The table as plain data: name, requires, assigns of each component, in order."""
    return [{"name": row.name, "requires": list(row.requires), "assigns": list(row.assigns)} for row in COMPONENTS]


def build_language() -> Language:
    """The whole pipeline behind structure, with its model loaded.

    Raises:
        ModelMissing, ModelDamaged: the checkout is incomplete.
    """
    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    language = blank_language()
    for row in COMPONENTS:
        # spaCy permits no dot in the name of a factory, but does in the name of a pipe
        factory = row.name.replace(".", "_")
        if not Language.has_factory(factory):
            Language.factory(factory, func=_factory(row), assigns=list(row.assigns), requires=list(row.requires))
        language.add_pipe(factory, name=row.name)
    return language


def _factory(row: Row) -> Callable[[Language, str], Component]:
    def create(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy names these two
        return row.make()

    return create
