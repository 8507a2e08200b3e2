"""Which encoding a file is in, and what becomes of bytes that no encoding explains."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BinaryFile, EmptyFile, UndecodableFile, UnreadableDocument
from corpus.readers import read
from tests.strategies import chinese, common_han, texts

SENTENCE = "各部门应当打破数据孤岛，建立共享机制。"
TASK = "推进一网通办。"
TRADITIONAL = "各部門應當打破資料孤島，建立共享機制。"


@pytest.mark.parametrize(
    ("text", "codec", "recorded"),
    [
        (SENTENCE, "utf-8", "utf-8"),
        (SENTENCE, "utf-8-sig", "utf-8"),
        (SENTENCE, "gb18030", "gb18030"),
        (SENTENCE, "gb2312", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (SENTENCE, "utf-16", "utf-16"),
        (SENTENCE, "utf-16-le", "utf-16"),
        (SENTENCE + "\n", "utf-16-be", "utf-16"),
        ("data silos\n", "utf-16-le", "utf-16"),
        ("联通", "gbk", "gb18030"),
        ("税", "gbk", "gb18030"),
        ("Data silos.", "ascii", "utf-8"),
        ("The “data silos” — a problem.", "cp1252", "windows-1252"),
        ("㛃𠮷龘靐", "gb18030", "gb18030"),
    ],
)
def test_encoding_is_found_by_evidence(text: str, codec: str, recorded: str) -> None:
    source = read(text.encode(codec), name="a.txt")
    assert (source.text, source.encoding, source.damages) == (text, recorded, ())


def test_one_bad_byte_leaves_the_file_in_its_encoding() -> None:
    source = read((SENTENCE * 20).encode("gb18030") + b"\xff" + (TASK * 20).encode("gb18030"), name="a.txt")
    assert source.encoding == "gb18030"
    assert source.text == SENTENCE * 20 + "�" + TASK * 20
    assert [(damage.start, damage.end, damage.byte) for damage in source.damages] == [(380, 381, 760)]
    assert source.warnings[0].startswith("damaged_bytes: 1 ")


def test_file_cut_in_its_last_character_marks_that_one() -> None:
    source = read(((SENTENCE * 20) + (TASK * 20)).encode("gb18030")[:-1], name="a.txt")
    assert source.encoding == "gb18030"
    assert source.text == (SENTENCE * 20 + TASK * 20)[:-1] + "�"
    assert len(source.damages) == 1


def test_broken_character_leaves_utf8_alone() -> None:
    source = read((SENTENCE * 20).encode() + b"\xe6\x95" + (TASK * 20).encode(), name="a.txt")
    assert (source.encoding, source.text) == ("utf-8", SENTENCE * 20 + "�" + TASK * 20)
    assert [damage.byte for damage in source.damages] == [1140]


@pytest.mark.parametrize("tail", [TASK, TASK * 40, "数据", f"<p>{SENTENCE}</p>", f"\n{TASK}\n{SENTENCE}"])
def test_gbk_tail_of_a_utf8_file_is_read(tail: str) -> None:
    source = read((SENTENCE * 20).encode() + tail.encode("gbk"), name="a.txt")
    assert source.text == SENTENCE * 20 + tail
    assert any(warning.startswith("mixed_encodings: ") for warning in source.warnings)


def test_utf8_paragraph_in_a_gbk_file_is_read() -> None:
    source = read((TASK * 60).encode("gbk") + SENTENCE.encode() + (TASK * 60).encode("gbk"), name="a.txt")
    assert (source.encoding, source.text) == ("gb18030", TASK * 60 + SENTENCE + TASK * 60)


def test_rare_characters_are_whole_where_the_file_calls_itself_gb2312() -> None:
    text = "经办人：㛃某、𠮷某。各部门应当打破数据孤岛。"
    for name, head in (("b.md", ""), ("b.html", '<meta charset="gb2312"><p>')):
        source = read(head.encode() + text.encode("gb18030"), name=name)
        assert source.encoding == "gb18030"
        assert source.text.rstrip("\n") == text
        assert source.text[source.text.index("各") :].startswith("各部门")


def test_evidence_beats_a_wrong_declaration() -> None:
    page = f'<meta charset="gb2312"><p>{SENTENCE}</p>'
    assert read(page.encode("utf-8"), name="a.html").text == SENTENCE + "\n"


@pytest.mark.parametrize("stray", [b"\x81", b"\x8e", b"\xfd"])
def test_byte_gained_does_not_turn_all_that_follows(stray: bytes) -> None:
    """A first half without its second makes pairs of what follows that were none, up to the next ASCII character."""
    head, tail = SENTENCE * 3, SENTENCE * 5
    source = read(head.encode("gbk") + stray + tail.encode("gbk"), name="a.txt")
    assert (source.encoding, source.text) == ("gb18030", head + "�" + tail)
    assert [damage.byte for damage in source.damages] == [len(head.encode("gbk"))]
    assert read(stray + tail.encode("gbk"), name="a.txt").text == "�" + tail


@pytest.mark.parametrize(("codec", "text"), [("gb18030", SENTENCE), ("big5", TRADITIONAL)])
def test_byte_lost_does_not_turn_all_that_follows(codec: str, text: str) -> None:
    data = (text * 8).encode(codec)
    source = read(data[:121] + data[122:], name="a.txt")
    assert source.encoding == codec
    assert source.text.startswith(text * 3)
    assert source.text.endswith(text * 4)


def test_half_surrogates_are_damage_and_split_pairs_are_joined() -> None:
    """Old Java programs write 😀 as two surrogates of three bytes each; one alone is no character."""
    source = read("数据".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "孤岛".encode() + b"\xed\xa0\xbd" + SENTENCE.encode(), name="a.txt")
    assert source.text == "数据😀孤岛�" + SENTENCE
    assert len(source.damages) == 1
    source = read("数据\n".encode("utf-16") + b"\x00\xd8" + "孤岛".encode("utf-16-le"), name="a.txt")
    assert source.text == "数据\n�孤岛"


def test_nul_in_plain_text_is_kept_for_the_cleaner() -> None:
    assert read("数据\0孤岛".encode(), name="a.txt").text == "数据\0孤岛"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t ", "\u3000\u200b\n".encode(), b"\xff\xfe"])
def test_file_without_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(EmptyFile, match=r"^空\.txt: there is no text"):
        read(data, name="空.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14", "a packed file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00" * 500, "binary data"),
        (b"{\\rtf1", "an RTF file"),
    ],
)
def test_binary_file_is_refused_by_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(BinaryFile, match=rf"^坏\.txt: this is not text but {kind}"):
        read(data, name="坏.txt")


@pytest.mark.parametrize("size", [40, 300, 200_000])
def test_random_bytes_are_refused(size: int) -> None:
    data = random.Random(size).randbytes(size)
    with pytest.raises(UnreadableDocument):
        read(data, name="坏.txt")


def test_text_of_another_alphabet_is_refused_rather_than_guessed() -> None:
    with pytest.raises(UndecodableFile, match="save it as UTF-8"):
        read(("Государственная политика в области данных. " * 20).encode("cp1251"), name="a.txt")


def test_guess_is_said_to_be_one() -> None:
    assert read("㛃𠮷龘靐".encode("gb18030"), name="a.txt").warnings[0].startswith("encoding_uncertain: ")


@given(texts())
def test_utf8_round_trips(text: str) -> None:
    data = text.encode()
    try:
        source = read(data, name="a.txt")
    except (EmptyFile, BinaryFile):
        return
    assert source.text == text.removeprefix("\ufeff") or source.encoding != "utf-8"


@settings(max_examples=40, deadline=None)
@given(chinese(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]))
def test_policy_text_round_trips_in_every_encoding(text: str, codec: str) -> None:
    assert read(text.encode(codec), name="a.txt").text == text


@settings(max_examples=40, deadline=None)
@given(chinese(), st.sampled_from(["utf-8", "gb18030"]), st.binary(min_size=1, max_size=3), st.floats(0, 1))
def test_a_few_stray_bytes_never_lose_the_file(text: str, codec: str, stray: bytes, place: float) -> None:
    """What stands before the stray bytes is read as it was, but for the two characters next to them, and the file is not taken for another encoding."""
    text = SENTENCE * 3 + text
    # behind the first character: what begins as a picture does is refused as one
    at = max(1, int(place * len(text)))
    source = read(text[:at].encode(codec) + stray + text[at:].encode(codec), name="a.txt")
    assert source.encoding == codec
    assert source.text.startswith(text[: max(0, at - 2)])
    assert all(source.text[damage.start] == "�" for damage in source.damages)


@settings(max_examples=40, deadline=None)
@given(st.text(common_han, min_size=20, max_size=60), chinese())
def test_tail_in_another_encoding_never_turns_the_head(head: str, tail: str) -> None:
    head = SENTENCE + head + "。"
    source = read((head * 3).encode() + tail.encode("gbk"), name="a.txt")
    assert source.text.startswith(head * 2)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_one_clear_error(data: bytes) -> None:
    for name in ("a.txt", "a.html", "a.mht"):
        source, said = None, f"{name}: read"
        try:
            source = read(data, name=name)
        except UnreadableDocument as error:
            said = str(error)
        assert said.startswith(f"{name}: ")
        assert "\n" not in said
        if source is not None:
            source.text.encode("utf-8")
            assert all(source.text[damage.start : damage.end] == "�" for damage in source.damages)
