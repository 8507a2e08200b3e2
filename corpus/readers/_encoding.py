"""Which encoding the bytes are in, decided by evidence, and the text they make.

The order: byte order mark; strict UTF-8; NULs that give UTF-16 away; then whichever of UTF-8, GB18030, Big5 and UTF-16 turns a sample into the most
Chinese-looking text, faults counted against it, so that one bad byte or a tail in another encoding never decides about the whole file.
GB 18030-2022 is a superset of GBK and GB 2312: files that call themselves `gb2312` are read in it, rare characters included.
What a file declares (`<meta charset>`) weighs a little; it is wrong too often to decide.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.errors import BinaryFile, EmptyFile, UndecodableFile
from corpus.readers._damage import TooDamaged, decode_marked
from corpus.readers._evidence import DAMAGE, chinese_share
from corpus.readers._mixed import Stretch, gb_in_utf8, utf8_in_gb
from corpus.readers._phase import decode_in_phase
from corpus.records import Damage

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DOUBLE_BYTE = frozenset({"gb18030", "big5hkscs"})
_CODECS = {"big5": "big5hkscs"}
"""the encodings are recorded under their plain names; these are read with a codec of another name"""
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed file (zip, docx, xlsx, pptx, wps)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls, ppt)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a packed file (rar)"),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)"),
    (b"\x1f\x8b", "a packed file (gz)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_DECLARED = {
    "gb": "gb18030",
    "x-gbk": "gb18030",
    "hz": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "chinese": "gb18030",
    "big5": "big5",
    "x-x-big5": "big5",
    "cp950": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "iso-8859-1": "windows-1252",
    "windows-1252": "windows-1252",
}
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_WIDE_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")

_SAMPLE = 128 * 1024
_LIKELY = 0.3
"""least share of frequent Chinese characters in what is surely Chinese; real text has 0.5 and more, bytes read askew below 0.1"""
_SURELY = 0.45
_DECLARED_BONUS = 0.15
_MOSTLY_ASCII = 0.15
"""below this share of other bytes a text in none of the Chinese encodings is taken for a western one"""
_FEW_CONTROLS, _MOST_CONTROLS = 8, 0.05
_MOST_DAMAGE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, the encoding it was in, and what was amiss."""

    text: str
    encoding: str
    damages: tuple[Damage, ...] = ()
    warnings: tuple[str, ...] = ()


def declared_encoding(label: str) -> str | None:
    """The encoding that a label of a page stands for, or none: `GB2312` → `gb18030`."""
    label = label.strip().strip("\"'").lower()
    return _DECLARED.get(label) or next((name for start, name in _DECLARED.items() if len(start) > 1 and label.startswith(start)), None)


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of `data`; `declared` is what its container says of the encoding, `name` what to call it in an error.

    Raises:
        EmptyFile, BinaryFile, UndecodableFile
    """
    if not data:
        raise EmptyFile(name=name)
    offset, encoding = 0, ""
    sure = True
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            offset, encoding = len(mark), marked
            break
    else:
        refuse_binary(data, name=name)
        encoding = _strict_utf8(data, declared) or _utf16(data) or ""
        if not encoding:
            encoding, sure = _best(data, declared)
    if not encoding:
        if data.count(0) * 50 > len(data):
            raise BinaryFile(name=name, kind="binary data")
        raise UndecodableFile(name=name)
    try:
        decoded = _decode_all(data, offset, encoding)
    except TooDamaged as error:
        raise UndecodableFile(name=name) from error
    if not decoded.text:
        raise EmptyFile(name=name)
    if len(decoded.damages) > 1 and len(decoded.damages) > _MOST_DAMAGE * len(decoded.text):
        raise UndecodableFile(name=name)
    if len(_CONTROLS.findall(decoded.text)) > _FEW_CONTROLS + _MOST_CONTROLS * len(decoded.text):
        raise BinaryFile(name=name, kind="binary data")
    if sure:
        return decoded
    return replace(decoded, warnings=(*decoded.warnings, f"encoding_uncertain: read as {decoded.encoding}, which is a guess"))


def decode_name(data: bytes, *, encoding: str = "") -> str:
    """A file name that came as bytes, in `encoding` if it can be, else in the one that makes most sense of it.

    Archives made on Chinese Windows and disks of old systems hold names in GBK and do not say so.
    """
    for codec in filter(None, ("utf-8", encoding, *_named_encodings(data))):
        try:
            return data.decode(_CODECS.get(codec, codec))
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _named_encodings(data: bytes) -> Iterator[str]:
    yield max(("gb18030", "big5"), key=lambda encoding: _score(data, encoding, None, mixed=False))
    yield "gb18030"
    yield "cp437"


def refuse_binary(data: bytes, *, name: str) -> None:
    """Raises:
    BinaryFile: `data` begins as files do that are no text.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BinaryFile(name=name, kind=kind)


def _strict_utf8(data: bytes, declared: str | None) -> str | None:
    """UTF-8 if all of `data` is valid in it and nothing speaks against that; 联通 in GBK is valid UTF-8 too, of two Latin letters."""
    if data.count(0) * 50 > len(data):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isascii() or _WIDE_SEQUENCE.search(data):
        return "utf-8"
    others = [(_score(data, encoding, declared, mixed=False), encoding) for encoding in ("gb18030", "big5")]
    score, encoding = max(others)
    return encoding if score > 0.5 else "utf-8"


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the NULs of its ASCII characters and line ends."""
    if data.count(0) * 50 <= len(data):
        return None
    best, encoding = 0.5, None
    for candidate in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(candidate, "replace")
        plain = sum(char.isprintable() or char in "\t\r\n" for char in text if char < "\x80")
        others = [char for char in text if char >= "\x80"]
        score = (plain + chinese_share(text) * len(others)) / len(text)
        if score > best:
            best, encoding = score, candidate
    return encoding


def _best(data: bytes, declared: str | None) -> tuple[str, bool]:
    """The encoding that makes most sense of `data`, or an empty string; and whether that is beyond doubt."""
    plain = {encoding: _score(data, encoding, declared, mixed=False) for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")}
    best = max(plain, key=plain.__getitem__)
    if plain[best] >= _LIKELY:
        return best, plain[best] >= _SURELY
    mixed = {encoding: _score(data, encoding, declared, mixed=True) for encoding in ("utf-8", "gb18030", "big5")}
    if max(mixed.values()) >= _LIKELY:
        return max(mixed, key=lambda encoding: (round(mixed[encoding], 2), plain[encoding])), True
    others = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    if others < _MOSTLY_ASCII * len(data):
        return _western(data), False
    # a list of rare names, say: no frequent character, but nothing that speaks against Chinese either
    rare = plain["gb18030"] >= 0 and DAMAGE not in _sampled(data, "gb18030", mixed=False)
    return ("gb18030", False) if rare else ("", False)


def _western(data: bytes) -> str:
    """UTF-8 with a broken character, or the western code of Windows, whose curly quotes stand alone among ASCII."""
    return "utf-8" if _WIDE_SEQUENCE.search(data) else "windows-1252"


def _score(data: bytes, encoding: str, declared: str | None, *, mixed: bool) -> float:
    score = chinese_share(_sampled(data, encoding, mixed=mixed))
    return score + _DECLARED_BONUS if encoding == declared and score > 0 else score


def _sampled(data: bytes, encoding: str, *, mixed: bool) -> str:
    """Sample of `data` read in `encoding`, taken where there is more than ASCII; a lone U+FFFD where it is too damaged to go on.

    `mixed` reads stretches of another encoding in theirs.
    """
    pieces = []
    for start, end in _windows(data):
        sample = data[start:end]
        try:
            pieces.append(_decode_all(sample, 0, encoding).text if mixed else decode_marked(sample, _CODECS.get(encoding, encoding))[0])
        except TooDamaged:
            return DAMAGE
    return "".join(pieces)


def _windows(data: bytes) -> Iterator[tuple[int, int]]:
    """Three places of `data` at most that begin at its first, middle and later characters beyond ASCII, at even places, after a line end if one is near."""
    if len(data) <= 3 * _SAMPLE:
        yield 0, len(data)
        return
    done = 0
    for part in range(3):
        found = _NOT_ASCII.search(data, max(done, part * len(data) // 3))
        if not found:
            return
        start = data.rfind(b"\n", max(done, found.start() - 4096), found.start()) + 1 or found.start()
        start += start % 2
        done = start + _SAMPLE
        yield start, done


def _decode_all(data: bytes, offset: int, encoding: str) -> Decoded:
    codec = _CODECS.get(encoding, encoding)
    stretches: list[Stretch] = []
    if encoding == "utf-8":
        stretches = gb_in_utf8(data, offset)
    elif encoding == "gb18030":
        stretches = utf8_in_gb(data, offset)
    texts: list[str] = []
    damages: list[Damage] = []
    length, at = 0, offset
    for stretch in [*stretches, Stretch(len(data), len(data), codec)]:
        for start, end, name in ((at, stretch.start, codec), (stretch.start, stretch.end, stretch.encoding)):
            read = decode_in_phase if name in _DOUBLE_BYTE else decode_marked
            text, found = read(data[start:end], name, offset=start)
            damages += (Damage(start=d.start + length, end=d.end + length, byte=d.byte) for d in found)
            texts.append(text)
            length += len(text)
        at = stretch.end
    warnings = []
    if damages:
        warnings.append(f"damaged_bytes: {len(damages)} places could not be read, the first at byte {damages[0].byte}")
    if stretches:
        warnings.append(f"mixed_encodings: {len(stretches)} places are in {stretches[0].encoding}, the first at byte {stretches[0].start}")
    plain = "utf-16" if encoding.startswith("utf-16") else "utf-32" if encoding.startswith("utf-32") else encoding
    return Decoded("".join(texts), plain, tuple(damages), tuple(warnings))
