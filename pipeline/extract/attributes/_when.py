"""When a measure holds or was taken, from its sentence; never the date of publication.

Values are ISO with the precision that the text has (GB/T 7408): `2018`, `2018-05`, `2018-05-30`; a stretch as `2016/2020`.
"""

from __future__ import annotations

import re

from pipeline.extract.attributes._context import Context
from pipeline.records import Place

Read = tuple[str | None, Place | None]

_DIGITS = {ch: str(n) for n, ch in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"(?P<year>{_YEAR}) ?年"
    r"(?: ?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2}) ?月(?: ?(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3}) ?日)?)?(?P<edge>底|末|初)?"
)
_SPAN = re.compile(rf"(?P<first>{_YEAR})(?:年)?(?:[-–—~～至到]|一)(?P<last>{_YEAR})年?")
# the date of another text (2002年9月28日公布的《…》), and a year that only describes (2010年的水平), date no measure
_OF_ANOTHER = re.compile(
    r"^(?:(?:[、和]\d{1,2}日)*(?:以来)?所?(?:发生|出现|产生|形成|造成|爆发)|[^，。；《》]{0,24}(?:公布|印发|发布|颁布|施行|实施|通过|批准|修订|修正|出台|下发|转发|制定)的?《|(?:以来)?的(?!时候)|版|(?:刑法|宪法|民法|公司法)|(?:以|之)?[前后][^，。；]{0,30}的)"
)
_REPEALED = re.compile(r"(?:同时|相应|即行|予以)废止")
_SET_BY_LAW = re.compile(r"(?:自|从|到|至|于|在)$")
_TITLE = re.compile(r"《[^《》]*》|[“\"][^“”\"]*[”\"]")


def when_of(context: Context) -> Read:
    """Date or stretch nearest before the measure in its sentence, else behind it; none where the text gives none.

    2018年5月，贵州省印发云长制方案 → 2018-05; 二〇二三年十三月 is no date and gives 2023.
    """
    if _REPEALED.search(context.text[slice(*context.sentence)]):
        return None, None
    for text, base, last in (
        (context.lead, context.sentence[0], True),
        (context.factor.text, context.factor.start, False),
        (context.tail[:30], context.factor.end, False),
    ):
        # the years inside a title name the title, not the measure
        hidden = _TITLE.sub(lambda match: " " * len(match.group()), text)
        whole = context.text[base : context.sentence[1]]
        found = [match for match in (*_SPAN.finditer(hidden), *_DATE.finditer(hidden)) if not _OF_ANOTHER.match(whole[match.end() :])]
        if context.kind == "law":
            # an article dates the cases that it is for (1997年底前退休的); what is to be done is dated by 自 … 起, 到 … 前
            found = [match for match in found if _SET_BY_LAW.search(hidden[: match.start()])]
        if not found:
            continue
        spans = [match for match in found if match.re is _SPAN]
        match = max(spans or found, key=lambda m: m.start()) if last else min(spans or found, key=lambda m: m.start())
        value = f"{_year(match['first'])}/{_year(match['last'])}" if match.re is _SPAN else _iso(match)
        if value:
            return value, (base + match.start(), base + match.end())
    return None, None


def _year(text: str) -> str:
    return "".join(_DIGITS.get(ch, ch) for ch in text)


def _number(text: str) -> int:
    """`十二` → 12, `7` → 7; 0 where it is none."""
    if text.isdigit():
        return int(text)
    head, ten, tail = text.partition("十")
    if not ten:
        return int(_DIGITS.get(text, "0"))
    return 10 * int(_DIGITS.get(head, "1" if not head else "0")) + (int(_DIGITS.get(tail, "0")) if tail else 0)


def _iso(match: re.Match[str]) -> str:
    value = _year(match["year"])
    month = _number(match["month"]) if match["month"] else 0
    if 1 <= month <= 12:
        value += f"-{month:02d}"
        day = _number(match["day"]) if match["day"] else 0
        if 1 <= day <= 31:
            value += f"-{day:02d}"
    return value
