"""Short forms that a document declares; each holds in that document alone.

Source of the forms: GB/T 9704-2012 and the usage of official documents, （以下简称…）, （以下统称…）, 下称.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.concepts._fold import key
from corpus.concepts._register import Register

_DECLARATION = re.compile(
    r"[（(〔\[]\s*(?:以下|下文|下面|文中|本文|后文)?\s*(?:均|统一|一律|将其|都)?\s*(?:简称|统称|称作|称之?为|下称|又称|称|简写为|缩写为)\s*(?:为|作|:|：)?\s*"
    r"(?P<short>[“\"「『《]?[^（）()〔〕\[\]，,；;。\n]{1,40}?[”\"」』》]?)\s*[）)〕\]]"
)
_QUOTES = '“”"「」『』《》〈〉 '
_STOP = re.compile(r"[，,。；;：:！!？?、\n（）()〔〕\[\]]")
_LONGEST_FULL = 60
_OPENING, _CLOSING = '“"「『《', '”"」』》'
# words that lead up to a name and are none of it
_LEAD = re.compile(
    r"^.*?(?:关于|依托|通过|利用|围绕|按|根据|依据|按照|依照|印发|制定|颁布|出台|发布|实施|贯彻|落实|推进|建设|建立|成立|组建|开展|实行|推行|打造|构建|设立|由|对|将|和|与|及|是|为|在|以|把|即|所谓)(?=\S{2,})"
)


class Alias(NamedTuple):
    """A short form with what it stands for and where it is declared: `text[start:end] == short`."""

    short: str
    full: str
    start: int
    end: int


def document_aliases(text: str) -> tuple[Alias, ...]:
    """Short forms declared in a text, in order: 全国一体化政务服务平台（以下简称“国家平台”） gives 国家平台.

    `full` is the quoted name or title before the bracket, else the words back to the last sign or leading verb. A second declaration of the
    same short form is passed over: the first one holds.
    """
    found: dict[str, Alias] = {}
    for declaration in _DECLARATION.finditer(text):
        raw = declaration.group("short")
        short = raw.strip(_QUOTES)
        if not short or len(short) > 20 or short.isdigit():
            continue
        full = _full_before(text, declaration.start())
        if full and key(full) != key(short) and len(full) > len(short):
            start = declaration.start("short") + raw.index(short)
            found.setdefault(short, Alias(short, full, start, start + len(short)))
    return tuple(sorted(found.values(), key=_start))


def _start(alias: Alias) -> int:
    return alias.start


def _full_before(text: str, end: int) -> str:
    """The name that ends before a bracket."""
    before = text[max(0, end - _LONGEST_FULL) : end].rstrip()
    if before and before[-1] in _CLOSING:
        opening = before.rfind(_OPENING[_CLOSING.index(before[-1])], 0, -1)
        return before[opening:].strip(_QUOTES) if opening >= 0 else ""
    signs = list(_STOP.finditer(before))
    words = before[signs[-1].end() :] if signs else before
    lead = _LEAD.match(words)
    shorter = words[lead.end() :] if lead else words
    return (shorter if len(shorter) >= 3 else words).strip(_QUOTES)


def aliases_of_concepts(register: Register, text: str) -> dict[str, str]:
    """Short forms that a document declares for concepts of the register: short form → concept id. Valid in that document alone.

    A short form that is itself a name of another concept keeps that meaning.
    """
    found: dict[str, str] = {}
    for alias in document_aliases(text):
        identity = register.identify(alias.full)
        if identity is None:
            named = [match for match in register.find(alias.full) if match.how == "name" and match.end == len(alias.full)]
            identity = named[-1].concept if named and len(named[-1].name) * 2 > len(alias.full) else None
        if identity is not None and register.named(alias.short) is None:
            found[alias.short] = identity
    return found
