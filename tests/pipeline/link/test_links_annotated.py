"""What the annotation of the first four documents links must mostly come out; what it leaves unanswered stays unanswered."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.link import find_links
from training.annotated import Annotated, read_annotated

KEYS = ("000", "001", "002", "003")
UNANSWERED = ("注意力分配", "组织内结构交错", "信息安全问题凸显")


@pytest.fixture(scope="module", params=KEYS)
def document(request: pytest.FixtureRequest, shared: Path) -> Annotated:
    return read_annotated(shared / "benchmark" / "gold", request.param)


def _pairs(document: Annotated, found: bool) -> set[tuple[str, str]]:
    links = find_links(document.structure, document.sentences, document.factors) if found else document.links
    return {(link.source, link.target) for link in links if link.type == "addressed_by"}


def _above(document: Annotated, factor: str) -> set[str]:
    parent = {link.source: link.target for link in document.links if link.type == "part_of"}
    line = {factor}
    while factor in parent and parent[factor] not in line:
        factor = parent[factor]
        line.add(factor)
    return line


def test_most_annotated_remedies_come_out(document: Annotated) -> None:
    wanted = _pairs(document, found=False)
    shown = {(x, y) for a, b in _pairs(document, found=True) for x in _above(document, a) for y in _above(document, b)}
    assert len(wanted & shown) / len(wanted) >= 0.7


def test_what_is_left_unanswered_stays_unanswered(document: Annotated) -> None:
    answered = {source for source, _ in _pairs(document, found=True)}
    wanted = {source for source, _ in _pairs(document, found=False)}
    for factor in document.factors:
        if factor.text in UNANSWERED and factor.id not in wanted:
            assert factor.id not in answered, factor.text


def test_every_link_joins_factors_of_the_document_and_shows_its_place(document: Annotated) -> None:
    ids = {factor.id for factor in document.factors}
    for link in find_links(document.structure, document.sentences, document.factors):
        assert {link.source, link.target} <= ids
        assert 0.0 <= link.confidence <= 1.0
        assert 1 <= len(link.evidence) <= 2
        assert all(0 <= start < end <= len(document.structure.clean_text) for start, end in link.evidence)
