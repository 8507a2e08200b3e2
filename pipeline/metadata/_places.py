"""Places that a document names: divisions of China with their codes (GB/T 2260), countries without.

Names come from the kept list `divisions.tsv`; short forms (贵州, 杭州) count for provinces and cities alone, and not where they are words of
their own (朝阳, 东方). A county whose name several cities have gets its code from the city or province that stands before it or is named elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick_rs

from pipeline.records import NamedPlace

__all__ = ["Gazetteer", "Mention", "gazetteer", "named_places"]

_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?(?:特别行政区|自治区)$|(?:[\u4e00-\u9fff]{2,12}族)?自治州$|地区$|[省市盟]$")
# short forms of cities and provinces that are words or other names
_WORDS = re.compile(
    "(?:朝阳|东方|大同|安康|长治|三明|中山|白银|日照|来宾|吉安|六安|平凉|文山|保山|黄山|金昌|海西|海东|海北|黄南|红河|延边|兴安|南平|和田|白山|白城|资阳)$"
)
_MOST = 24


@dataclass(frozen=True, slots=True)
class Mention:
    """A named place in a text."""

    start: int
    end: int
    name: str
    """its full name: 贵州 → 贵州省"""
    codes: tuple[str, ...]
    """codes that the name may stand for; none for a country"""


class Gazetteer:
    """All names in one automaton; the longest name from the left wins."""

    def __init__(self, rows: list[tuple[str, str]], countries: list[str]) -> None:
        names: dict[str, tuple[str, list[str]]] = {}
        for code, name in rows:
            names.setdefault(name, (name, []))[1].append(code)
        for code, name in rows:
            short = _SUFFIX.sub("", name)
            if code.endswith("00") and 2 <= len(short) <= 4 and short != name and not _WORDS.match(short) and short not in names:
                names[short] = (name, [code])
        for country in countries:
            names.setdefault(country, (country, []))
        self._names = names
        self._keys = sorted(names)
        self._search = ahocorasick_rs.AhoCorasick(self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._of_code = dict(rows)

    def find(self, text: str) -> Iterator[Mention]:
        """Mentions in order, not overlapping."""
        for index, start, end in self._search.find_matches_as_indexes(text):
            full, codes = self._names[self._keys[index]]
            if self._keys[index] != full and not _may_be_short(text, end):
                continue
            yield Mention(start, end, full, tuple(codes))

    def province_of(self, code: str) -> str | None:
        """Name of the province that a division lies in."""
        return self._of_code.get(code[:2] + "0000")


def _may_be_short(text: str, end: int) -> bool:
    """Whether a short form stands for the place: not within a longer word such as 河南大学, 上海路, 中国南京大屠杀."""
    after = text[end : end + 2]
    return not after.startswith(("大学", "学院", "师范", "路", "街", "话", "话剧", "菜", "人寿", "银行"))


@cache
def gazetteer() -> Gazetteer:
    """The kept list, read once."""
    folder = files("pipeline.metadata")
    rows = [line.split("\t") for line in _kept(folder.joinpath("divisions.tsv").read_text(encoding="utf-8"))]
    return Gazetteer([(code, name) for code, name in rows], list(_kept(folder.joinpath("countries.txt").read_text(encoding="utf-8"))))


def _kept(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def named_places(head: str, text: str) -> tuple[NamedPlace, ...]:
    """Places that the head of a document (title, issuer, abstract, headings) names, and those that its text names twice and more; in this order."""
    places = gazetteer()
    in_head = list(places.find(head))
    in_text = list(places.find(text))
    known = {code for m in (*in_head, *in_text) if len(m.codes) == 1 for code in m.codes}
    counts = Counter((m.name, _resolve(m, known)) for m in in_text)
    first: dict[tuple[str, str | None], None] = {}
    for mention in in_head:
        first.setdefault((mention.name, _resolve(mention, known)))
    for key, count in counts.items():
        if count > 1:
            first.setdefault(key)
    return tuple(NamedPlace(name=name, code=code) for name, code in list(first)[:_MOST])


def _resolve(mention: Mention, known: set[str]) -> str | None:
    """The code of a mention, or none where several places of that name remain."""
    if len(mention.codes) <= 1:
        return mention.codes[0] if mention.codes else None
    in_city = [code for code in mention.codes if code[:4] + "00" in known]
    if len(in_city) == 1:
        return in_city[0]
    in_province = [code for code in mention.codes if code[:2] + "0000" in known]
    return in_province[0] if len(in_province) == 1 else None
