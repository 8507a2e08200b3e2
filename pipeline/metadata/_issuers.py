"""Issuing bodies and document numbers of official documents, after 党政机关公文格式 (GB/T 9704-2012) and 党政机关公文处理工作条例."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Issuer, Level

# 发文字号: code of the office, year in hexagonal brackets, number without leading zeros (GB/T 9704-2012, 7.2.5)
NUMBER = re.compile(r"(?P<code>[\u4e00-\u9fff]{1,14})\s?[〔［\[【（(]\s?(?P<year>(?:19|20)\d\d)\s?[〕］\]】）)]\s?(?:第\s?)?(?P<number>\d{1,5})\s?号")

# orders are numbered through the years: 国务院令第745号, 国令第707号; notices of a ministry within one: 2018年第12号
ORDER = re.compile(
    r"[\u4e00-\u9fff]{1,20}令[\s（(]{0,2}(?:20\d\d年)?\s?第\s?[\d〇零一二三四五六七八九十百]{1,6}\s?号"
    r"|(?:公告|通告)?\s?(?:19|20)\d\d年\s?第\s?\d{1,4}\s?号"
)

_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,16}?(?:中央军委办公厅|中央军委|国务院办公厅|国务院|中共中央办公厅|中共中央|中央办公厅|人民政府办公[厅室]|人民政府|人大常委会|人民代表大会常务委员会|人民代表大会"
    r"|人民法院|人民检察院|委员会|办公[厅室]|管理局|总局|[部委厅局署])"
)
_MINISTRY = re.compile(r"^(?:国家.{2,12}(?:委|局|署|委员会|总局)|.{2,8}部|.{2,6}总局|海关总署|审计署|中国人民银行|国务院.{2,10}(?:委|办|局|小组))$")
_TITLE = re.compile(r"^(?P<bodies>[\u4e00-\u9fff、　 ]{2,60}?)(?:关于|印发|转发|批转|发布|公布|对)")


def level_of(name: str) -> Level:
    """Level of an issuing body by its name: 国务院办公厅 → central, 教育部 → ministry, 浙江省人民政府 → province."""
    if name.startswith(("中共", "中国共产党")) and not name.startswith(("中共中央", "中国共产党中央")):
        return "party"
    if name.startswith(("国务院办公", "中共中央", "中央", "中国共产党中央")) or name == "国务院":
        return "central"
    if "人民代表大会" in name or "人大" in name:
        return "people's congress"
    if "法院" in name or "检察院" in name:
        return "court"
    if _MINISTRY.match(name):
        return "ministry"
    if re.match(r"^.{2,8}(?:省|自治区)|^(?:北京|上海|天津|重庆)市|^(?:香港|澳门)特别行政区|^省", name):
        return "province"
    for level, sign in (("township", r"[乡镇]|街道"), ("county", r"[县旗]|区"), ("city", r"市|自治州|盟")):
        if re.search(sign, name):
            return level  # type: ignore[return-value]
    return "other"


def issuers_of_title(title: str) -> Iterator[Issuer]:
    """Issuers that the title of an official document begins with: 国务院办公厅关于… → 国务院办公厅 (发文机关标志, GB/T 9704-2012, 7.2.4)."""
    match = _TITLE.match(title)
    if not match:
        return
    for name in re.split(r"[、\s　]+", match["bodies"].strip()):
        if _BODY.fullmatch(name):
            yield Issuer(name=name, level=level_of(name))
