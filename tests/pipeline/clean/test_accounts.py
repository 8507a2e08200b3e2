"""Laws of cleaning: nothing vanishes unseen, places never run backwards, clean text stays as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import SourceText
from pipeline.clean import STEPS, Draft, Edit, clean, run_steps
from pipeline.clean._accounts import account_for

PIECES = st.sampled_from(
    [
        "数据孤岛", "应当打破", "，", "。", "\n", "\r\n", "\r", " ", "\u3000", "\t", "[12]", "［3］", "①", "# ", "|", "**", "![](图.jpg)", "[链接](http://a.cn)",
        "<p>", "</p>", "<table>", "<tr><td>", "</td></tr>", "</table>", "<sup>[1]</sup>", "&nbsp;", "&amp;lt;", "$1 6 . 1 5 \\%$", "$^ { [ 4 ] }$", "$$x\ny$$",
        "\u200b", "\ufeff", "\xad", "\x00", "\x0b", "⺠⽣", "ﬁ", "\ue000", "\uf0b7", "\ud800", "\ufffd", "統(tǒng)", "A", "data silos", "12", "摘　要", "(",
        "2221世纪", ")", "\\*", "\\", "<", ">", "&", "^", "{", "}", "$", "[", "]", "`", "\u2028", "𠮷", "- 3 -", "第一条", "?", "ǎ", "…", "“", "”", "--",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))
FORMATS = st.sampled_from(["txt", "md", "html"])


def source_of(text: str, form: str = "txt") -> SourceText:
    return SourceText(text=text, format=form, encoding="utf-8")


@given(TEXTS, FORMATS)
@settings(max_examples=400, deadline=None)
def test_every_character_is_kept_or_in_the_journal(text: str, form: str) -> None:
    source = source_of(text, form)
    account = account_for(clean(source), source)
    assert account.faults == ()


@given(TEXTS, FORMATS)
@settings(max_examples=200, deadline=None)
def test_each_step_alone_accounts_for_every_character(text: str, form: str) -> None:
    source = source_of(text, form)
    for step in STEPS:
        draft = Draft.of(text).apply(step(text, source))
        assert account_for(draft, source).faults == (), step.__module__


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_two_runs_give_the_same_draft(text: str) -> None:
    assert clean(source_of(text)) == clean(source_of(text))


def test_a_character_that_vanishes_unseen_is_a_fault() -> None:
    source = source_of("数据孤岛")
    draft = Draft.of("数据孤岛").apply([Edit(0, 1, "", "markup")])
    draft.journal.clear()
    assert "neither kept nor in the journal" in account_for(draft, source).faults[0]


def test_a_place_that_runs_backwards_is_a_fault() -> None:
    source = source_of("数据")
    draft = Draft.of("数据")
    draft.starts[1], draft.ends[1] = 0, 0
    assert any("before the one in front" in fault for fault in account_for(draft, source).faults)


def test_the_steps_compose_to_the_whole() -> None:
    source = source_of("⺠⽣<p>工程</p>")
    assert [*run_steps(source, STEPS)][-1] == clean(source)
