"""Documents that say the same are found, others are not, and the same on every machine."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.near_copies import NearCopies, likeness, relation, sketch
from tests.strategies import chinese, hostile_texts, sentences

PARTS = (
    "数据",
    "部门",
    "平台",
    "制度",
    "企业",
    "群众",
    "监管",
    "服务",
    "改革",
    "人才",
    "资金",
    "标准",
    "责任",
    "考核",
    "系统",
    "信用",
    "市场",
    "环境",
    "基层",
    "机制",
)
VERBS = ("完善", "建立", "推进", "破解", "打通", "健全", "强化", "落实", "优化", "规范", "整合", "评估", "公开", "培育", "统筹", "引导")


def written(seed: int, *, length: int = 120) -> str:
    """A text of `length` sentences, the same for a seed, unlike that of another."""
    chance = random.Random(seed)
    lines = []
    for number in range(length):
        words = chance.choice(VERBS) + "".join(chance.sample(PARTS, 3)) + chance.choice(VERBS) + "".join(chance.sample(PARTS, 2))
        lines.append(f"（{number}）{words}，到{2000 + number % 30}年{words[::-1]}。\n")
    return "".join(lines)


def among(texts: dict[str, str]) -> NearCopies:
    copies = NearCopies()
    for name, text in texts.items():
        copies.add(name, sketch(text))
    return copies


def test_a_repost_in_another_layout_and_script_is_the_same_work() -> None:
    text = written(1)
    repost = OpenCC("s2t").convert("某某网 转载\n" + text.replace("\n", " ").replace("，", ",")) + "责任编辑：某某"
    texts = {"d1": text, "d2": written(2), "d3": written(3)}
    found = among(texts).find("d9", repost, text_of=texts.__getitem__)
    assert [(copy.other, copy.relation) for copy in found] == [("d1", "same_work")]
    assert found[0].likeness.jaccard > 0.95


def test_a_text_with_changed_sentences_and_a_new_year_is_a_new_version() -> None:
    text = written(1).replace("20", "19")
    lines = text.split("\n")
    changed = "\n".join(line if number % 12 else written(77).split("\n")[number] for number, line in enumerate(lines)).replace("到19", "到20")
    assert relation(likeness(text, changed)) == "new_version"


def test_a_rewritten_text_of_the_same_title_is_a_new_version() -> None:
    text = written(1)
    half = text[: len(text) * 2 // 3] + written(5)[: len(text) // 3]
    texts, titles = {"d1": text}, {"d1": "某市数据条例（2020年修正）"}
    copies = among(texts)
    assert copies.find("d2", half, text_of=texts.__getitem__) == ()
    found = copies.find("d2", half, text_of=texts.__getitem__, title="某市数据条例", title_of=titles.get)
    assert [(copy.other, copy.relation) for copy in found] == [("d1", "new_version")]
    assert copies.find("d2", half, text_of=texts.__getitem__, title="某市2021年数据条例", title_of=titles.get) == ()


def test_a_news_piece_with_the_whole_notice_in_it_holds_it_as_a_part() -> None:
    notice = written(1, length=30)
    texts = {"notice": notice}
    news = written(8, length=60) + notice + written(9, length=60)
    assert [copy.relation for copy in among(texts).find("news", news, text_of=texts.__getitem__)] == ["part"]


def test_different_texts_with_a_shared_paragraph_are_different() -> None:
    shared = "各地各部门要高度重视，加强组织领导，明确工作责任，确保各项任务落到实处，重大情况及时报告。"
    texts = {f"d{seed}": written(seed) + shared for seed in range(30)}
    copies = among(texts)
    for name, text in texts.items():
        assert copies.find(name, text, text_of=texts.__getitem__) == ()


def test_a_document_is_no_copy_of_itself_and_can_be_forgotten() -> None:
    texts = {"d1": written(1), "d2": written(1) + "完。"}
    copies = among(texts)
    assert [copy.other for copy in copies.find("d1", texts["d1"], text_of=texts.__getitem__)] == ["d2"]
    copies.remove("d2")
    copies.remove("unknown")
    assert copies.find("d1", texts["d1"], text_of=texts.__getitem__) == ()
    assert ("d1" in copies, "d2" in copies, len(copies)) == (True, False, 1)


def test_a_text_in_english_is_compared_by_its_words() -> None:
    chance = random.Random(1)
    words = [
        f"{chance.choice('bcdfg')}{chance.choice('aeiou')}{chance.choice('lmnrst')}{number % 90}".translate(str.maketrans("0123456789", "abcdefghij"))
        for number in range(900)
    ]
    text = "Data silos and governance. " + " ".join(words)
    texts = {"d1": text, "d2": " ".join(reversed(words))}
    found = among(texts).find("d3", text.upper().replace(" ", "\n"), text_of=texts.__getitem__)
    assert [(copy.other, copy.likeness.jaccard) for copy in found] == [("d1", 1.0)]


@pytest.mark.parametrize("text", ["", "数据", "。。。", "1234567890" * 50, "\ud800数据", "a", "\0" * 100])
def test_texts_that_say_too_little_have_no_copies(text: str) -> None:
    copies = among({"d1": text, "d2": "数据孤岛"})
    assert copies.find("d3", text, text_of={"d1": text, "d2": "数据孤岛"}.__getitem__) == ()
    assert likeness(text, "") == likeness("", text)


def test_sketches_are_the_same_everywhere_and_can_be_kept() -> None:
    """The values are part of the format: other ones would make kept sketches worthless."""
    made = sketch("各部门应当打破数据孤岛，建立跨部门共享机制，明确责任。")
    assert made.size == 17
    assert made.numbers()[:2].tolist() == [630031111415955839, 1093961024796739690]
    copies = among({"b": written(2), "a": written(1)})
    assert NearCopies.from_json(copies.to_json()).to_json() == copies.to_json() == among({"a": written(1), "b": written(2)}).to_json()


@settings(max_examples=50, deadline=None)
@given(hostile_texts(), hostile_texts())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    like = likeness(one, other)
    assert like == likeness(other, one)
    assert 0 <= like.jaccard <= like.contained <= 1
    assert sketch(one) == sketch(one + "。\n")
    if sketch(one).size:
        assert likeness(one, one).jaccard == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(sentences(), min_size=30, max_size=60, unique=True), st.data())
def test_a_copy_with_a_few_sentences_gone_is_always_found(lines: list[str], data: st.DataObject) -> None:
    text = "".join(lines)
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=2))
    copy = "".join(line for number, line in enumerate(lines) if number not in gone)
    if likeness(text, copy).jaccard >= 0.8:
        texts = {"d1": text, **{f"x{seed}": written(seed, length=20) for seed in range(5)}}
        assert [found.other for found in among(texts).find("d2", copy, text_of=texts.__getitem__)] == ["d1"]


@settings(max_examples=30, deadline=None)
@given(chinese(), chinese())
def test_the_order_of_adding_makes_no_difference(one: str, other: str) -> None:
    text = one + other
    assert among({"a": one, "b": other}).candidates(sketch(text)) == among({"b": other, "a": one}).candidates(sketch(text))


@pytest.mark.shared
def test_all_known_pairs_are_found_and_no_other(shared: Path) -> None:
    folder = shared / "texts" / "papers"
    rows = [line.split("\t") for line in (shared / "texts" / "near_copies.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    known = {frozenset(pair): float(measured) for measured, *pair in rows}
    names = sorted({name for pair in known for name in pair} | {path.name for path in sorted(folder.glob("*.md"))[::5]})
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    copies = among(texts)
    found = {frozenset((name, copy.other)) for name, text in texts.items() for copy in copies.find(name, text, text_of=texts.__getitem__)}
    assert {pair for pair, measured in known.items() if measured >= 0.8} <= found
    assert found <= set(known)
