"""The graph as linked data: concepts in SKOS, statements and links as W3C Web Annotations, documents by Dublin Core.

Quotes have a TextQuoteSelector (exact, with 32 characters before and after) and a TextPositionSelector, whose places count code points of the
cleaned text (Web Annotation Data Model 4.2.4, 4.2.5). What the two vocabularies have no word for is `zm:`. The context is part of the file, so
that no reader has to ask a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from corpus.concepts import Concept
from graph.export.material import ExportedDocument, Material

__all__ = ["CONTEXT", "write"]

_AROUND = 32
_BASE = "urn:zhengmai:"
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "zm": "urn:zhengmai:vocabulary:",
    "id": "@id",
    "type": "@type",
}
_REVIEWED = {"open": None, "accepted": "accepted", "rejected": "rejected"}


def write(material: Material, out: BinaryIO) -> None:
    """One object: `@context`, and a `@graph` with a node a line."""
    out.write(b'{"@context":' + msgspec.json.encode(CONTEXT) + b',\n"@graph":[\n')
    for number, node in enumerate(_nodes(material)):
        out.write((b",\n" if number else b"") + msgspec.json.encode({name: value for name, value in node.items() if value not in (None, "", [])}))
    out.write(b"\n]}\n")


def _nodes(material: Material) -> Iterator[dict[str, Any]]:
    manifest = material.manifest
    yield {
        "id": f"{_BASE}export",
        "type": "zm:Export",
        "dcterms:creator": manifest.program,
        "dcterms:created": {"@type": "xsd:dateTime", "@value": manifest.date},
        "zm:manifest": msgspec.json.encode(manifest).decode(),
    }
    exported = {concept.id for concept in material.concepts}
    for concept in material.concepts:
        yield _concept(concept, exported)
    for document in material.documents():
        yield from _document(document)


def _concept(concept: Concept, exported: set[str]) -> dict[str, Any]:
    labels = [{"@language": "zh-Hans", "@value": concept.names[0]}] if concept.names else []
    labels += [{"@language": "en", "@value": concept.english[0]}] if concept.english else []
    others = [{"@language": "zh-Hans", "@value": name} for name in concept.names[1:]] + [{"@language": "en", "@value": name} for name in concept.english[1:]]
    related = {
        f"skos:{relation}": [{"id": _concept_id(other)} for other in getattr(concept, relation) if other in exported]
        for relation in ("broader", "narrower", "related")
    }
    return {
        "id": _concept_id(concept.id),
        "type": "skos:Concept",
        "skos:notation": concept.id,
        "skos:prefLabel": labels,
        "skos:altLabel": others,
        "skos:definition": [{"@language": "zh-Hans", "@value": concept.definition}] if concept.definition else [],
        "skos:scopeNote": [{"@language": "zh-Hans", "@value": f"不是：{'、'.join(concept.near)}"}] if concept.near else [],
        **related,
    }


def _concept_id(identity: str) -> str:
    return f"{_BASE}concept:{quote(identity)}"


def _document(document: ExportedDocument) -> Iterator[dict[str, Any]]:
    source, base = document.view.source, f"{_BASE}document:{quote(document.id)}"
    yield {
        "id": base,
        "type": "zm:Document",
        "dcterms:title": source.title,
        "dcterms:creator": list(source.authors) or ([source.issuer] if source.issuer else []),
        "dcterms:date": source.date,
        "dcterms:type": source.kind,
        "zm:sample": True if source.sample else None,
    }
    text = document.view.clean_text
    for factor in document.view.factors:
        yield {
            "id": f"{base}:{quote(factor.id)}",
            "type": "oa:Annotation",
            "oa:motivatedBy": {"id": "oa:classifying"},
            "oa:hasBody": [{"id": f"zm:{factor.type}"}, *({"id": _concept_id(concept)} for concept in factor.concepts)],
            "oa:hasTarget": _target(base, text, (factor.start, factor.end)),
            "dcterms:creator": factor.author,
            "zm:confidence": factor.confidence,
            "zm:force": factor.force,
            "zm:dim": factor.dim,
            "zm:voice": factor.voice,
            "zm:review": _REVIEWED[factor.review],
        }
    for link in document.view.links:
        yield {
            "id": f"{base}:{quote(link.id)}",
            "type": ["oa:Annotation", "zm:Link"],
            "oa:motivatedBy": {"id": "oa:linking"},
            "zm:relation": {"id": f"zm:{link.type}"},
            "zm:from": {"id": f"{base}:{quote(link.source)}"},
            "zm:to": {"id": f"{base}:{quote(link.target)}"},
            "zm:basis": {"id": f"zm:{link.basis}"},
            "oa:hasTarget": [_target(base, text, place) for place in link.evidence] or [{"id": base}],
            "dcterms:creator": link.author,
            "zm:confidence": link.confidence,
            "zm:review": _REVIEWED[link.review],
        }
    for act in document.view.acts:
        yield {
            "id": f"{base}:act:{quote(act.actor)}:{act.type}:{quote(act.factor)}",
            "type": "zm:Act",
            "zm:actor": act.actor,
            "zm:actorKind": act.kind,
            "zm:relation": {"id": f"zm:{act.type}"},
            "zm:to": {"id": f"{base}:{quote(act.factor)}"},
            "zm:role": act.role,
            "dcterms:creator": act.author,
            "zm:confidence": act.confidence,
        }


def _target(source: str, text: str, place: tuple[int, int]) -> dict[str, Any]:
    start, end = place
    around = {"oa:prefix": text[max(0, start - _AROUND) : start], "oa:suffix": text[end : end + _AROUND]}
    return {
        "type": "oa:SpecificResource",
        "oa:hasSource": {"id": source},
        "oa:hasSelector": [
            {"type": "oa:TextQuoteSelector", "oa:exact": text[start:end], **{name: words for name, words in around.items() if words}},
            {"type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end},
        ],
    }
