"""Pinyin of script converters and text decoded askew: what is mended, what is marked, and what is left alone."""

from __future__ import annotations

from random import Random

import pytest

from corpus.records import SourceText
from pipeline.clean import Draft, clean
from pipeline.clean import _gbk as gbk
from pipeline.clean._accounts import account_for
from pipeline.clean._language import characters, fold
from pipeline.clean._readings import fits, read_as
from training import damage


def cleaned(text: str) -> Draft:
    source = SourceText(text=text, format="txt", encoding="utf-8")
    draft = clean(source)
    assert account_for(draft, source).faults == ()
    return draft


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("政府數字化轉型是一項系統(tǒng)工程，創(chuàng)新環(huán)境有待優(yōu)化。", "政府數字化轉型是一項系統工程，創新環境有待優化。"),
        ("形成合力??傮w而言，應當協調。", "形成合力。總體而言，應當協調。"),
        ("積極引入?yún)^(qū)塊鏈等技術。", "積極引入區塊鏈等技術。"),
        ("設立總云長，確?！霸崎L制”的有效運行。", "設立總云長，確保“云長制”的有效運行。"),
        ("設立總云長，確?!霸崎L制”的有效運行。", "設立總云長，確保“云長制”的有效運行。"),
        ("轉變?yōu)閰f同治理只需要強化協調。", "轉變為協同治理只需要強化協調。"),
        ("實現全?。ㄊ袇^(qū)）統一部署。", "實現全省（市區）統一部署。"),
        ("　?。ㄒ唬┱\ue47f當底只\ue213D型的治理模式", "（一）政府數字化轉型的治理模式"),
    ],
)
def test_what_a_converter_did_is_undone(text: str, right: str) -> None:
    draft = cleaned(text)
    assert draft.text == right
    assert {change.kind for change in draft.journal} & {"bytes", "pinyin"}


def test_a_repaired_stretch_leads_back_to_its_raw_place() -> None:
    text = "形成合力??傮w而言，應當協調。"
    draft = cleaned(text)
    change = next(change for change in draft.journal if change.kind == "bytes")
    assert text[slice(*change.raw)] == "??傮w"
    assert change.text == "。總體"
    assert draft.raw(draft.text.index("總體"), draft.text.index("總體") + 2) == change.raw


@pytest.mark.parametrize(
    "text",
    [
        "什么是数据孤岛?为什么会出现?政府应当建立平台。",
        "见http://www.gov.cn/a?id=数据",
        "尕（gǎ）娃是西北方言中的小孩。",
        "为什么是API(data)而不是平台?因为标准不一。",
        "苯并噻吩、醌类化合物与氟喹诺酮的检测。",
        "贾赟、逄锦聚、覃诚、缪昌文等参加。",
        "Ω与Δ、あいう、ㄅㄆㄇ都是符号。",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    draft = cleaned(text)
    assert draft.text == text
    assert not [change for change in draft.journal if change.kind in ("bytes", "pinyin")]


def test_pinyin_that_does_not_fit_is_marked_and_left() -> None:
    draft = cleaned("系統(tǒng)與環(huán)境的創(chuàng)新，平臺(zhōng)建設。")
    assert draft.text == "系統與環境的創新，平臺(zhōng)建設。"
    assert [(change.text, change.certain) for change in draft.journal if not change.certain] == [("(zhōng)", False)]


def test_a_stretch_that_cannot_be_made_whole_is_marked_and_left() -> None:
    text = "各部门?傮鎇傇獜妳，应当"
    draft = cleaned(text)
    assert draft.text == text
    assert [change.certain for change in draft.journal if change.kind == "bytes"] == [False]


def test_readings_fit_their_characters() -> None:
    assert fits("統", "tǒng")
    assert fits("行", "háng")
    assert not fits("統", "tóng")
    assert "雲" in read_as("yún")
    assert read_as("nonsense") == ""


def test_pairs_of_bytes_lead_to_characters_and_back() -> None:
    for character in "数據。（一)孤":
        found = gbk.pair(character)
        assert found is None or gbk.at(*found) == character
    assert gbk.pair("\ue40c") == (0xFD, 0xA3)
    assert gbk.at(0xFD, 0xA3) is None
    assert gbk.at(0xEB, 0x85) == "雲"


def test_language_is_likelier_than_nonsense_in_either_script() -> None:
    model = characters()
    sound, askew = fold("\n\n形成合力。總體而言"), fold("\n\n形成合力？傮w而言")
    assert model.score(sound) > model.score(askew) + 10
    assert model.score(fold("\n\n形成合力。总体而言")) == model.score(sound)


@pytest.mark.parametrize("kind", [damage.pinyin, damage.astride])
def test_damage_that_pinyin_names_is_restored_exactly(kind: object) -> None:
    text = "政府數字化轉型是一項系統工程，各部門應當建立統一的數據共享平臺，形成優勢互補的協同治理環境，創新體制機制。"
    for seed in range(40):
        made = kind(text, Random(seed))  # type: ignore[operator]
        if made is not None:
            assert cleaned(made.text).text == text


def test_most_cut_characters_are_restored_and_what_is_called_certain_is_right() -> None:
    text = "为破解数据孤岛，省级政府应当建立统一的公共数据共享平台，并明确各部门的责任，加强组织领导和监督检查。各地要结合实际，制定实施方案。"
    made = [found for seed in range(60) if (found := damage.cut(text, Random(seed))) is not None]
    drafts = [cleaned(one.text) for one in made]
    assert sum(draft.text == text for draft in drafts) >= 0.9 * len(made)
    assert all(draft.text == text for draft in drafts if all(change.certain for change in draft.journal))
