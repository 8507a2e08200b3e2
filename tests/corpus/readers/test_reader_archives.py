"""Zip archives: names from Chinese Windows, and archives made to hurt."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from corpus.errors import BrokenContainer, TooLarge
from corpus.readers import _archive as archive
from corpus.readers import members, read

TEXT = "各部门应当打破数据孤岛。".encode()


class Unmarked(zipfile.ZipInfo):
    """A member whose name is stored as the bytes of `filename` in code page 437, without the mark of UTF-8, as Chinese Windows does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name is zipfile's
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def unmarked(name: str, codec: str = "gbk") -> zipfile.ZipInfo:
    return Unmarked(name.encode(codec).decode("cp437"))


def packed(*files: tuple[zipfile.ZipInfo | str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for info, data in files:
            made.writestr(info, data)
    return out.getvalue()


def test_names_from_chinese_windows_are_read_beside_marked_ones() -> None:
    data = packed((unmarked("关于数据共享的通知.txt"), TEXT), ("文件/税.md", TEXT), ("plain.txt", TEXT))
    found = list(members(data, name="包.zip"))
    assert [member.name for member in found] == ["关于数据共享的通知.txt", "文件/税.md", "plain.txt"]
    assert read(found[0].data, name=found[0].name).text == TEXT.decode()


@pytest.mark.parametrize(
    ("codec", "names"),
    [("utf-8", ["通知.txt", "附件.txt"]), ("big5", ["關於推進資料共享的通知.txt", "附件說明.txt"]), ("gbk", ["税.txt", "关于推进数据共享的意见.txt"])],
)
def test_unmarked_names_are_read_together(codec: str, names: list[str]) -> None:
    assert [member.name for member in members(packed(*((unmarked(name, codec), TEXT) for name in names)), name="包.zip")] == names


def test_name_that_the_archive_repeats_in_unicode_is_taken() -> None:
    info = unmarked("a.txt")
    name = "通知.txt".encode()
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, zlib.crc32(b"a.txt")) + name
    assert [member.name for member in members(packed((info, TEXT)), name="包.zip")] == ["通知.txt"]


def test_folders_and_litter_of_systems_are_left_out() -> None:
    data = packed(("文件/", b""), ("__MACOSX/._a.txt", b"x"), ("文件/.DS_Store", b"x"), ("Thumbs.db", b"x"), ("文件/a.txt", TEXT))
    assert [member.name for member in members(data, name="包.zip")] == ["文件/a.txt"]


def test_a_damaged_file_costs_itself_alone() -> None:
    data = bytearray(packed(("a.txt", TEXT * 50), ("b.txt", TEXT), compression=zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    found = list(members(bytes(data), name="包.zip"))
    assert isinstance(found[0].error, BrokenContainer)
    assert str(found[0].error).startswith("包.zip/a.txt: ")
    assert found[1].data == TEXT


def test_a_locked_file_is_said_to_be_locked() -> None:
    data = bytearray(packed(("a.txt", TEXT)))
    data[6] |= 1
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    found = list(members(bytes(data), name="包.zip"))
    assert "password" in str(found[0].error)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100, packed(("a.txt", TEXT))[:-30]])
def test_what_is_no_archive_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(BrokenContainer, match=r"^包\.zip: "):
        list(members(data, name="包.zip"))


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = packed(("a.txt", bytes(archive.LARGEST + 1)), ("b.txt", TEXT))
    assert len(zeros) < 200_000
    found = list(members(zeros, name="包.zip"))
    assert isinstance(found[0].error, TooLarge)
    assert found[1].data == TEXT
    monkeypatch.setattr(archive, "_MOST_BYTES", 100)
    with pytest.raises(TooLarge):
        list(members(packed(("a.txt", bytes(90)), ("b.txt", bytes(90))), name="包.zip"))
    monkeypatch.setattr(archive, "_MOST_MEMBERS", 2)
    with pytest.raises(TooLarge, match="files"):
        list(members(packed(*((f"{n}.txt", b"x") for n in range(3))), name="包.zip"))
