"""Which reader takes a file, saved pages in one file, and files that are too much or not files at all."""

from __future__ import annotations

import base64
import pickle
import quopri
from pathlib import Path

import pytest

from corpus import errors
from corpus.errors import BrokenContainer, CorpusError, EmptyFile, MissingFile, NotAFile, TooLarge, UnknownFormat, shown
from corpus.readers import LARGEST, load, read

PAGE = "<html><head><title>题</title></head><body><p>各部门应当打破数据孤岛。</p></body></html>"


def mhtml(*parts: tuple[str, bytes], head: str = "") -> bytes:
    """A saved page in one file: parts are (headers, body as it stands in the file)."""
    begin = f"From: <Saved by Blink>\r\n{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    pieces = [f'{begin}\ttype="text/html";\r\n\tboundary="----b(1)"\r\n\r\n\r\n'.encode()]
    for headers, body in parts:
        pieces += [b"------b(1)\r\n", headers.encode(), b"\r\n\r\n", body, b"\r\n"]
    return b"".join([*pieces, b"------b(1)--\r\n"])


def html_part(markup: str, *, codec: str = "utf-8", coding: str = "quoted-printable", location: str = "http://a.example/1") -> tuple[str, bytes]:
    data = markup.encode(codec)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[coding](data)
    return f"Content-Type: text/html; charset={codec}\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: {location}", body


PICTURE = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", base64.encodebytes(bytes(range(256))))


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_page_saved_in_one_file_is_read(coding: str, codec: str) -> None:
    head = "Snapshot-Content-Location: http://a.example/1\r\nSubject: =?utf-8?B?5pWw5o2u?=\r\n =?utf-8?Q?=E5=AD=A4=E5=B2=9B?=\r\n"
    head += "Date: Thu, 22 Aug 2024 21:57:00 -0000\r\n"
    source = read(mhtml(PICTURE, html_part(PAGE, coding=coding, codec=codec), head=head), name="页.mhtml")
    assert (source.text, source.format, source.encoding) == ("各部门应当打破数据孤岛。\n", "mhtml", codec)
    assert [(item.name, item.value) for item in source.meta] == [
        ("mhtml.location", "http://a.example/1"),
        ("mhtml.subject", "数据孤岛"),
        ("mhtml.date", "Thu, 22 Aug 2024 21:57:00 -0000"),
        ("title", "题"),
    ]


def test_frames_follow_the_page_that_holds_them() -> None:
    frame = html_part("<p>框内的话。</p>", location="http://a.example/frame")
    head = "Snapshot-Content-Location: http://a.example/1\r\n"
    source = read(mhtml(frame, html_part(PAGE), head=head), name="页.mht")
    assert source.text == "各部门应当打破数据孤岛。\n框内的话。\n"
    assert [node.path for node in source.nodes] == ["body/p", "iframe/body/p"]
    assert [source.text[node.start : node.end] for node in source.nodes] == ["各部门应当打破数据孤岛。", "框内的话。"]


def test_saved_page_is_known_by_its_first_line_whatever_it_is_called() -> None:
    assert read(mhtml(html_part(PAGE)), name="页.html").format == "mhtml"
    assert read(PAGE.encode(), name="页.mht").format == "html"


def test_damage_of_a_plain_part_has_its_place_in_the_file() -> None:
    data = mhtml(("Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit", "<p>数据孤岛突出，应当".encode() + b"\xff" + "建立共享机制。".encode()))
    source = read(data, name="页.mht")
    assert [data[damage.byte] for damage in source.damages] == [0xFF]
    assert source.text == "数据孤岛突出，应当�建立共享机制。\n"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (mhtml(PICTURE), BrokenContainer),
        (mhtml(html_part("<script>x()</script>")), EmptyFile),
        (b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\nnothing', BrokenContainer),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", BrokenContainer),
        (mhtml(("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", b"A")), BrokenContainer),
    ],
)
def test_broken_saved_page_is_one_clear_error(data: bytes, error: type[CorpusError]) -> None:
    with pytest.raises(error, match=r"^页\.mht: "):
        read(data, name="页.mht")


def test_nested_parts_do_not_exhaust_the_stack() -> None:
    data = b"".join(f'--b{n - 1}\r\nContent-Type: multipart/related; boundary="b{n}"\r\n\r\n'.encode() for n in range(1, 3000))
    with pytest.raises(BrokenContainer):
        read(b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n' + data, name="页.mht")


@pytest.mark.parametrize(("name", "format_"), [("a.TXT", "txt"), ("目录/通知.md", "md"), ("C:\\文件\\a.Markdown", "md"), ("通知.v2.htm", "html")])
def test_ending_decides_the_reader(name: str, format_: str) -> None:
    assert read("<p>各部门应当打破数据孤岛。".encode(), name=name).format == format_


@pytest.mark.parametrize("name", ["通知.docx", "通知", ".txt", "通知.txt.zip", "通知."])
def test_unknown_ending_is_refused_with_those_that_are_read(name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"these are read: \.txt, "):
        read("数据".encode(), name=name)


def test_markdown_marks_and_line_ends_stay() -> None:
    text = "## 一、问题\r\n\r\n|问题|措施|\r\n|-|-|\r\n|数据孤岛|建立平台|\r\n"
    assert read(text.encode("utf-8-sig"), name="a.md").text == text


def test_paths_that_name_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotAFile, match="no ordinary file"):
        load(tmp_path)
    with pytest.raises(MissingFile, match="no such file"):
        load(tmp_path / "无.txt")
    (tmp_path / "a.txt").write_bytes(b"x")
    with pytest.raises(MissingFile):
        load(tmp_path / "a.txt" / "b.txt")
    with pytest.raises(errors.NoPermission):
        load(Path("a\0b"))
    assert load(tmp_path / "a.txt") == b"x"


def test_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(TooLarge, match="split it"):
        load(path)
    with pytest.raises(TooLarge):
        read(bytes(LARGEST + 1), name="大.txt")


def test_every_error_has_a_code_of_its_own_and_survives_pickling() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CorpusError)]
    assert len({kind.code for kind in kinds}) == len(kinds) >= 20
    error = TooLarge(name="大.txt", size=3, unit="bytes", limit=2)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.data) == (TooLarge, str(error), error.data)


def test_names_in_messages_are_one_short_line() -> None:
    assert shown("通知\n\x1b[31m.txt") == "通知��[31m.txt"
    long = shown("通" * 500 + ".txt")
    assert len(long) == 80
    assert long.endswith(".txt")
