"""Windows: nothing is lost, nothing is read twice, none is longer than the encoder can read."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model._pieces import MARK, Pieces, read_pieces
from pipeline.model._windows import CONTEXT, segmented_lines, windows
from pipeline.records import KEPT_ROLES, Block, Sentence

LIMIT = 512


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return small_pieces()


def small_pieces() -> Pieces:
    words = ["<s>", "<pad>", "</s>", "<unk>", MARK, "数据", "孤", "岛", "治理", ",", "。", "一", "数"]
    content = {
        "pieces": [[word, 0.0 if n < 4 else -2.0] for n, word in enumerate(words)] + [[f"<{role}>", -99.0] for role in KEPT_ROLES],
        "from": "，數據孤島",
        "to": ",数据孤岛",
        "markers": {role: len(words) + n for n, role in enumerate(KEPT_ROLES)},
    }
    return read_pieces(json.dumps(content).encode())


def document(texts: list[tuple[str, list[str]]]) -> tuple[str, list[Block], list[Sentence]]:
    clean, blocks, sentences = "", [], []
    for n, (role, parts) in enumerate(texts):
        clean += "\n" if clean else ""
        start = len(clean)
        for part in parts:
            sentences.append(Sentence(id=f"s{len(sentences)}", start=len(clean), end=len(clean) + len(part), block=f"b{n}"))
            clean += part
        level = 1 + n % 3 if role == "heading" else None
        blocks.append(Block(id=f"b{n}", text=clean[start:], start=start, end=len(clean), raw=(start, len(clean)), role=role, level=level))
    return clean, blocks, sentences


def test_pieces_keep_the_places_of_characters(pieces: Pieces) -> None:
    ids, spans = pieces.segment("數據孤島，治理𠮷x1")
    assert spans == [(0, 0), (0, 2), (2, 3), (3, 4), (4, 5), (5, 7), (7, 10)]
    assert pieces.segment("数据孤岛,治理𠮷x1")[0] == ids


@settings(deadline=None)
@given(st.text(alphabet="数据孤岛治理，。 a1𠮷\t一\ud800", max_size=60))
def test_spans_of_pieces_are_in_order_and_leave_no_letter_out(text: str) -> None:
    _, spans = small_pieces().segment(text)
    assert all(a[1] <= b[0] or a == (0, 0) for a, b in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "body", "body", "abstract"]),
            st.lists(st.text(alphabet="数据孤岛，。", min_size=1, max_size=900), min_size=1, max_size=4),
        ),
        max_size=8,
    ),
    st.sampled_from([None, "数据治理", "数" * 500]),
)
def test_every_piece_of_every_sentence_is_in_exactly_one_window(texts: list[tuple[str, list[str]]], title: str | None) -> None:
    pieces = small_pieces()
    clean, blocks, sentences = document(texts)
    read: dict[int, list[tuple[int, int]]] = {}
    for window in windows(segmented_lines(clean, blocks, sentences, pieces), pieces, title=title):
        assert len(window.ids) == len(window.sentences) == len(window.starts) == len(window.ends) <= LIMIT
        for sentence, start, end in zip(window.sentences, window.starts, window.ends, strict=True):
            if sentence != CONTEXT:
                read.setdefault(sentence, []).append((start, end))
    for n, sentence in enumerate(sentences):
        spans = pieces.segment(clean[sentence.start : sentence.end])[1]
        assert read.get(n, []) == [(sentence.start + a, sentence.start + b) for a, b in spans]


def test_headings_in_force_stand_in_front(pieces: Pieces) -> None:
    clean, blocks, sentences = document([("heading", ["孤岛"]), ("body", ["数据。" * 200]), ("body", ["治理。"])])
    *_, last = windows(segmented_lines(clean, blocks, sentences, pieces), pieces, title=None)
    heading = pieces.segment("孤岛")[0]
    assert last.ids[2 : 2 + len(heading)] == heading


def test_left_out_blocks_are_not_read(pieces: Pieces) -> None:
    block = Block(id="b0", text="数据", start=None, end=None, raw=(0, 2), role="noise", reason="advert")
    assert segmented_lines("", [block], [], pieces) == []
