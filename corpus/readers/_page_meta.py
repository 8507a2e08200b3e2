"""What a page says of itself beside its text: `<title>`, `<meta>`, canonical address, JSON-LD, and the scripts of WeChat articles.

Names of the items: `title`, `lang`, `canonical`, `time`, `images` (how many pictures), `jsonld.datePublished` and the like, `wechat.createTime` and the like
(the script's own words), and for a `<meta>` its `name`, `property` or `itemprop` in lower case: `author`, `og:title`, `article:published_time`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone

from corpus.records import MetaItem

_MOST_ITEMS = 300
_LONGEST = 2000
_SCRIPT = 400_000
"""characters of a script that are looked at"""
_WECHAT = re.compile(
    r"""(?<![\w.])(?:var\s+|window\.|d\.)?(createTime|publish_time|ct|nickname|msg_title|msg_link|msg_desc|msg_source_url|author|user_name)\s*[=:]\s*"""
    r"""(?:htmlDecode\(|JsDecode\()?\s*(["'])([^"'\n\\]{0,300}(?:\\.[^"'\n\\]{0,300}){0,40})\2"""
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_CHINA = timezone(timedelta(hours=8))
_LD_FIELDS = ("headline", "datePublished", "dateModified", "dateCreated", "author", "publisher", "articleSection")
_LD_DEPTH = 6


class PageMeta:
    """Collects the items in the order of the page; the same name and value are kept once."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], None] = {}
        self._images = 0
        self._script_type = ""
        self._titled = False

    def see(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A start tag."""
        if tag == "img":
            self._images += 1
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            self._add(name.strip().lower(), attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self._add("canonical", attributes.get("href", ""))
        elif tag == "html":
            self._add("lang", attributes.get("lang", ""))
        elif tag == "time":
            self._add("time", attributes.get("datetime", ""))
        elif tag == "script":
            self._script_type = attributes.get("type", "").lower()

    def hear(self, tag: str, text: str) -> None:
        """What an element said whose text is not shown."""
        if tag == "title" and not self._titled:
            self._titled = bool(text.strip())
            self._add("title", text)
        elif tag == "script" and "ld+json" in self._script_type:
            for name, value in _linked_data(text[:_SCRIPT]):
                self._add(f"jsonld.{name}", value)
        elif tag == "script":
            for name, value in _wechat(text[:_SCRIPT]):
                self._add(f"wechat.{name}", value)

    def add(self, name: str, value: str) -> None:
        """An item that a container of the page knows."""
        self._add(name, value)

    def _add(self, name: str, value: str) -> None:
        value = " ".join(value.split())[:_LONGEST]
        if name and value and len(self._items) < _MOST_ITEMS:
            self._items[name[:100], value] = None

    def items(self) -> tuple[MetaItem, ...]:
        """All items; the number of pictures last."""
        found = [MetaItem(name=name, value=value) for name, value in self._items]
        if self._images:
            found.append(MetaItem(name="images", value=str(self._images)))
        return tuple(found)


def _wechat(script: str) -> Iterator[tuple[str, str]]:
    """Values that the scripts of a WeChat article set: `var createTime = '2024-08-22 21:57';` → createTime, 2024-08-22 21:57.

    `ct` is seconds since 1970; it is given as local time of China, where WeChat counts, so that no date moves by a time zone.
    """
    for found in _WECHAT.finditer(script):
        name, value = found.group(1), _ESCAPE.sub(_unescaped, found.group(3)).strip()
        if name == "ct":
            if value.isascii() and value.isdigit() and 9 <= len(value) <= 10:
                yield name, datetime.fromtimestamp(int(value), UTC).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S")
        elif value:
            yield name, value


def _unescaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2)
    if not code:
        return found.group(3)
    char = chr(int(code, 16))
    return "�" if "\ud800" <= char <= "\udfff" else char


def _linked_data(script: str) -> Iterator[tuple[str, str]]:
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return  # of a page that is read for its text, broken data about it is not worth an error
    todo: list[tuple[object, int]] = [(data, 0)]
    while todo:
        value, depth = todo.pop()
        if depth > _LD_DEPTH:
            continue
        if isinstance(value, list):
            todo += ((item, depth + 1) for item in reversed(value))
        elif isinstance(value, dict):
            for field in _LD_FIELDS:
                yield from ((field, named) for named in _names(value.get(field)))
            todo += ((item, depth + 1) for key, item in reversed(value.items()) if key in ("@graph", "mainEntity"))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield _whole(value)
    elif isinstance(value, dict) and isinstance(name := value.get("name"), str):
        yield _whole(name)
    elif isinstance(value, list):
        for item in value[:50]:
            if not isinstance(item, list):
                yield from _names(item)


def _whole(text: str) -> str:
    """`text` without halves of characters, which JSON can write as `\\ud800`."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
