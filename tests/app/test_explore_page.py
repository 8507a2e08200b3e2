"""The question page: what is asked, what is answered, and what the address says of it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from corpus.concepts import Register
from tests.app.conftest import OpenApp, shown_html, shown_text
from tests.app.double import DoubleWorkspace
from tests.graph.statement_maker import StatementMaker
from zhengmai.sureness import SURENESS


@pytest.mark.parametrize("question", ["数据孤岛", "信息孤岛", "data silos", "怎样破解数据孤岛问题？", "how do counties deal with data silos?"])
def test_every_way_to_put_it_brings_the_remedies_with_their_words(open_app: OpenApp, question: str) -> None:
    text = shown_text(open_app(q=question))
    assert "为破解数据孤岛，要推动垂直系统的数据回流，实现群众少跑腿。" in text
    assert "应当建立统一的共享平台，统一接口标准。" in text
    assert "为打破信息孤岛，省大数据局推进5~7个系统互联互通。" in text


def test_stated_and_aligned_remedies_stand_in_sections_of_their_own(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="数据孤岛"))
    assert text.index("原文用自己的话") < text.index("推动垂直系统的数据回流") < text.index("文献的结构使二者对上") < text.index("建立统一的共享平台")


def test_a_card_names_source_year_kind_confidence_and_author(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="数据孤岛"))
    for words in ("论县域数据共享", "2018-05", "论文", "置信 0.95", "程序识别", "江东省人民政府", "公文"):
        assert words in text


def test_the_marked_span_is_the_exact_quote_and_leads_to_its_place(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    page = shown_html(open_app(q="数据孤岛"))
    maker = next(one for one in corpus.documents_made if "县域" in one.record.name)
    start = maker.text.rindex("推动垂直系统的数据回流")
    place = f"document?doc={'d%E5%8E%BF%E5%9F%9F%E6%95%B0%E6%8D%AE%E5%85%B1%E4%BA%AB'}&#38;at={start}-{start + len('推动垂直系统的数据回流')}"
    assert f'data-href="{place}">推动垂直系统的数据回流</mark>' in page


def test_a_dilemma_without_a_remedy_is_listed_as_a_gap(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="人才短缺"))
    assert "未见对策的困境" in text
    assert "基层人才短缺严重，平台难以用好。" in text


def test_how_the_question_was_understood_is_said(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="怎样打破信息孤岛"))
    assert "认出名称“信息孤岛”" in text
    assert "同一概念还叫" in text


def test_english_page_has_no_chinese_words_of_its_own(open_app: OpenApp) -> None:
    app = open_app(q="data silos", lang="en")
    text = shown_text(app)
    assert "data silos" in text
    assert "the text itself says" in text
    assert "对策" not in " ".join(button.label for button in app.button)
    assert "置信" not in text


def test_filters_in_the_address_narrow_the_answer(open_app: OpenApp) -> None:
    app = open_app(q="数据孤岛", basis="stated", kind="official")
    text = shown_text(app)
    assert "推进5~7个系统互联互通" in text
    assert "建立统一的共享平台" not in text
    assert app.get_by_key("ask.basis").value == ["stated"]
    assert app.get_by_key("ask.kinds").value == ["official"]


def test_a_filter_that_is_chosen_is_written_into_the_address(open_app: OpenApp) -> None:
    app = open_app(q="数据孤岛")
    app.get_by_key("ask.basis").set_value(["aligned"]).run()
    assert app.query_params["basis"] in ("aligned", ["aligned"])
    assert app.query_params["q"] == "数据孤岛"
    assert "推动垂直系统的数据回流" not in shown_text(app)


def test_asking_writes_the_question_into_the_address(open_app: OpenApp) -> None:
    app = open_app()
    app.get_by_key("ask.q").set_value('省#1 50% "AI+政务" & 数据孤岛')
    app.button[0].click().run()
    assert app.query_params["q"] == '省#1 50% "AI+政务" & 数据孤岛'
    assert app.get_by_key("ask.q").value == '省#1 50% "AI+政务" & 数据孤岛'


def test_an_empty_answer_says_what_was_searched_and_how_to_widen(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="数据孤岛", kind="law"))
    assert "检索了" in text
    assert "没有查到，不等于没有人提过" in text
    assert "去掉所有筛选再查" in text
    assert "全库共 2 篇" in text


def test_words_that_name_no_concept_are_searched_for_as_they_stand(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="szzw@example.org"))
    assert "没有与这句话相合的概念" in text
    assert "2018~2020年试点" in text


def test_a_guessed_concept_without_an_answer_is_followed_by_the_words_themselves(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="联系邮箱"))
    assert "含有这些字词的句子" in text
    assert "szzw@example.org" in text


@pytest.mark.parametrize("question", ["？？？", "~", ":red[x]", "<script>alert(1)</script>", "%", "a" * 400, "\u202e岛孤据数"])
def test_no_question_stops_the_page(open_app: OpenApp, question: str) -> None:
    app = open_app(q=question)
    assert "<script" not in shown_html(app)
    assert "检索了" in shown_text(app) or "可查的字词" in shown_text(app)


def test_broken_addresses_are_read_as_far_as_they_go(open_app: OpenApp) -> None:
    app = open_app(q="数据孤岛", basis="x", **{"from": "abc", "page": "-3", "conf": "900", "view": "?", "node": "nobody"})
    assert "推动垂直系统的数据回流" in shown_text(app)


def test_table_view_has_one_type_a_column(open_app: OpenApp) -> None:
    app = open_app(q="数据孤岛", view="table")
    frame = app.dataframe[0].value
    assert str(frame["年份"].dtype) == "Int64"
    assert str(frame["置信度"].dtype) in ("Float64", "float64")
    assert len(frame) == 3


def test_a_click_on_the_map_chooses_the_node_and_is_kept_in_the_address(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    app = open_app(q="数据孤岛")
    around = corpus.neighbourhood("数据孤岛")
    index = next(i for i, node in enumerate(around.nodes) if node.label == "推动垂直系统的数据回流")
    app.query_params["node"] = around.nodes[index].id
    app.run()
    assert "它的组成" not in shown_text(app)
    assert "所应对的困境" in shown_text(app)


def test_samples_are_named_as_such(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    for document in list(corpus.records):
        corpus.store.delete_document(document)
    maker = StatementMaker("示例甲", sample=True)
    maker.block("为破解数据孤岛，应当设立数据专员。")
    maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("设立数据专员", "countermeasure"))
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    text = shown_text(open_app(q="数据孤岛"))
    assert "现在作答的是随程序附带" in text
    assert text.count("示例（虚构）") >= 2


@pytest.mark.parametrize(
    ("params", "there", "gone"),
    [
        ({"level": "province"}, "推进5~7个系统互联互通", "建立统一的共享平台"),
        ({"force": "advised"}, "推动垂直系统的数据回流", "推进5~7个系统互联互通"),
        ({"conf": "92"}, "推动垂直系统的数据回流", "推进5~7个系统互联互通"),
        ({"from": "2020"}, "推进5~7个系统互联互通", "推动垂直系统的数据回流"),
        ({"voice": "own"}, "推动垂直系统的数据回流", "没有查到"),
        ({"review": "open"}, "推动垂直系统的数据回流", "没有查到"),
        ({"valid": "yes"}, "推进5~7个系统互联互通", "没有查到"),
    ],
)
def test_every_filter_of_the_graph_is_one_of_the_address(open_app: OpenApp, params: dict[str, str], there: str, gone: str) -> None:
    text = shown_text(open_app(q="数据孤岛", **params))
    assert there in text
    assert gone not in text


def test_a_region_narrows_to_the_documents_that_name_it(open_app: OpenApp) -> None:
    assert "没有查到，不等于没有人提过" in shown_text(open_app(q="数据孤岛", region="<b>西川市</b>"))


def test_each_active_filter_is_a_chip_that_leads_to_the_view_without_it(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛", basis="stated", voice="own", **{"from": "2018"}))
    chips = re.search(r'<div class="zm-filters">.*?</div>', page)
    assert chips
    links = dict(re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', chips[0]))
    assert {words: link for link, words in links.items() if words in ("明述", "作者", "2018年起", "全部去掉")} == {
        "明述": "./?q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B&#38;voice=own&#38;from=2018",
        "作者": "./?q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B&#38;basis=stated&#38;from=2018",
        "2018年起": "./?q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B&#38;basis=stated&#38;voice=own",
        "全部去掉": "./?q=%E6%95%B0%E6%8D%AE%E5%AD%A4%E5%B2%9B",
    }
    assert "zm-filters" not in shown_html(open_app(q="数据孤岛"))


def test_filters_behind_the_button_are_written_into_the_address(open_app: OpenApp) -> None:
    app = open_app(q="数据孤岛")
    app.get_by_key("ask.forces").set_value(["mandated"]).run()
    app.get_by_key("ask.in_force").set_value("yes").run()
    assert app.query_params["force"] in ("mandated", ["mandated"])
    assert app.query_params["valid"] in ("yes", ["yes"])
    assert "推进5~7个系统互联互通" in shown_text(app)
    assert "推动垂直系统的数据回流" not in shown_text(app)


def test_a_claim_that_the_text_only_cites_says_so(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = StatementMaker("转述", date="2022")
    maker.block("王某（2019）认为，为打破数据孤岛，应当设立数据专员。")
    maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("设立数据专员", "countermeasure", voice="scholar"))
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    assert "转引自其他学者" in shown_text(open_app(q="数据孤岛"))
    assert "设立数据专员" not in shown_text(open_app(q="数据孤岛", voice="own"))
    assert "设立数据专员" in shown_text(open_app(q="数据孤岛", voice="scholar"))


def _with_doubts(corpus: DoubleWorkspace) -> StatementMaker:
    maker = StatementMaker("存疑", date="2020")
    maker.block("数据孤岛林立。有人谈到增设机房。")
    maker.link(maker.factor("数据孤岛林立", "dilemma"), maker.factor("增设机房", "countermeasure"), confidence=0.41)
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    return maker


def test_less_certain_remedies_are_folded_away_counted_and_can_be_opened(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    _with_doubts(corpus)
    app = open_app(q="数据孤岛")
    text = shown_text(app)
    assert "不够确定（1）" in text
    assert f"明述 1 条（置信度低于 {SURENESS['stated'].least:.2f}）" in text
    for basis in ("stated", "aligned"):
        low, high = SURENESS[basis].right
        assert f"100 条中约有 {low}–{high} 条是对的" in text
    assert "增设机房" not in text
    assert "unsure=1" in shown_html(app)
    text = shown_text(open_app(q="数据孤岛", unsure="1"))
    assert text.index("推动垂直系统的数据回流") < text.index("不够确定 · 明述") < text.index("增设机房")


def test_what_is_folded_but_not_counted_above_is_told_apart(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    _with_doubts(corpus)
    assert "另列的概念" not in shown_text(open_app(q="数据孤岛"))
    maker = StatementMaker("相关", date="2020")
    maker.block("部门壁垒难破。有人谈到合署办公。")
    maker.link(maker.factor("部门壁垒难破", "dilemma"), maker.factor("合署办公", "countermeasure"), confidence=0.41)
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    text = shown_text(open_app(q="数据孤岛"))
    assert "1条不够确定" in text
    assert "不够确定（2）" in text
    assert "；其中 1 条属于另列的概念" in text


def test_tables_hold_less_certain_rows_only_when_asked(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    _with_doubts(corpus)
    assert len(open_app(q="数据孤岛", view="table").dataframe[0].value) == 3
    assert len(open_app(q="数据孤岛", view="table", unsure="1").dataframe[0].value) == 4


def test_what_a_person_confirmed_is_sure_whatever_the_machine_thought(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = _with_doubts(corpus)
    link = corpus.document(maker.record.id).links[0]
    corpus.decide(maker.record.id, kind="accept", link=link.id, who="周编辑")
    text = shown_text(open_app(q="数据孤岛"))
    assert "增设机房" in text
    assert "不够确定" not in text


def test_chains_lead_from_driver_to_goal_and_every_box_to_its_words(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    page = shown_html(open_app(q="数据孤岛", view="chain"))
    assert page.count('class="zm-card"') == 3
    chain = re.search(r"<article.*?</article>", page)
    assert chain
    boxes = re.findall(r'class="zm-box zm-([a-z]+)"[^>]*>([^<]*)<', chain[0])
    assert boxes == [("void", "文中未见"), ("dilemma", "数据孤岛"), ("countermeasure", "推动垂直系统的数据回流"), ("goal", "实现群众少跑腿")]
    assert chain[0].count("document?doc=") == 3
    assert chain[0].count("zm-arrow") == 2  # nothing leads from a driver that the text does not name


def test_a_chain_that_has_driver_and_goal_comes_first(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    maker = StatementMaker("链", date="2017")
    maker.block("因为权责不清，数据孤岛林立。应当制定责任清单，以提高效率<b>。")
    silos = maker.factor("数据孤岛林立", "dilemma")
    plan = maker.factor("制定责任清单", "countermeasure")
    maker.link(silos, plan, confidence=0.6)
    maker.link(silos, maker.factor("权责不清", "driver"), "caused_by")
    maker.link(plan, maker.factor("提高效率<b>", "goal"), "achieves")
    corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
    corpus._put(maker.record.id)
    page = shown_html(open_app(q="数据孤岛", view="chain"))
    first = re.search(r"<article.*?</article>", page)
    assert first
    assert [kind for kind, _ in re.findall(r'class="zm-box zm-([a-z]+)"[^>]*>([^<]*)<', first[0])] == ["driver", "dilemma", "countermeasure", "goal"]
    assert "提高效率&#60;b&#62;" in first[0]
    assert "提高效率<b>" not in page


def test_a_name_that_several_texts_use_is_one_line_of_the_list(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    for number in range(3):
        maker = StatementMaker(f"同名{number}", date="2020")
        maker.block("为破解数据孤岛，应当建立目录。")
        maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("建立目录", "countermeasure"))
        corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
        corpus._put(maker.record.id)
    page = shown_html(open_app(q="数据孤岛"))
    card = page[page.index('class="zm-node"') :]
    listed = re.sub(r"<details>.*?</details>", "", card)
    assert listed.count(">数据孤岛</mark></a><small>6 处</small>") == 1
    # what says the tie is folded below it: sentence, source, place and author
    assert "为打破<mark" in card
    assert "程序识别" in card
    assert re.search(r"第 \d+–\d+ 字", card)


def test_the_card_of_a_joined_node_lists_every_wording_with_its_place(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    card = shown_html(open_app(q="数据孤岛", node="dilemma:data-silos"))
    card = card[card.index('class="zm-node"') :]
    assert "合并了 3 处说法" in card
    for name, words in (("县域", "数据孤岛"), ("通知", "信息孤岛")):
        maker = next(one for one in corpus.documents_made if name in one.record.name)
        start = maker.text.rindex(words)
        assert f'at={start}-{start + 4}">{words}</a>' in card
    # the address of one of the joined statements, as it was kept before, opens the same card
    view = corpus.document(next(one for one in corpus.documents_made if "通知" in one.record.name).record.id)
    silos = next(one for one in view.factors if one.text == "信息孤岛")
    again = shown_html(open_app(q="数据孤岛", node=f"{view.source.document}:{silos.id}"))
    assert "合并了 3 处说法" in again


def test_what_the_map_shows_is_in_the_address(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛", rel="caused_by", steps="2", node="dilemma:data-silos"))
    assert re.search(r'href="\./\?q=[^"]*steps=2" aria-current="true">成因</a>', page)
    assert re.search(r'href="\./\?q=[^"]*rel=caused_by&#38;steps=2" aria-current="true">两步</a>', page)
    assert "它的成因" in page
    assert "应对它的对策" not in page[page.index('class="zm-node"') :]


def test_the_legend_hides_kinds_on_the_map_and_in_its_list_by_the_address(open_app: OpenApp) -> None:
    whole, part = (shown_html(open_app(q="数据孤岛", node="dilemma:data-silos", hide=hidden)) for hidden in ([], ["countermeasure"]))
    assert {"dilemma", "countermeasure", "driver"} <= set(re.findall(r'aria-current="true"><i class="zm-(\w+)">', whole))
    assert re.search(r'href="\./\?q=[^"]*hide=countermeasure" title="隐去对策"', whole)
    assert re.search(r'href="\./\?q=[^"]*node=dilemma%3Adata-silos" title="恢复对策" aria-label="恢复对策"><i', part)
    of_whole, of_part = (page[page.index('class="zm-node"') :] for page in (whole, part))
    assert "推动垂直系统的数据回流" in of_whole
    assert "推动垂直系统的数据回流" not in of_part
    assert "条块分割" in of_part
    assert "隐去 3 个节点" in part
    assert "隐去" not in re.sub(r'(title|aria-label)="[^"]*"', "", whole)


def test_problems_without_a_remedy_say_how_much_was_searched(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="人才短缺"))
    assert re.search(r"未见对策的困境1检索了 2 篇文献、\d+ 句（2018–2021）。所检索的文献没有为它们提出对策", text)


def test_names_that_documents_speak_of_are_offered_while_typing(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    from app_pages._parts import asked

    open_app()
    chinese = dict(asked.names(chinese=True))
    assert chinese["数据孤岛"] == "data silos"
    assert chinese["信息孤岛"] == "数据孤岛"
    assert chinese["data silos"] == "数据孤岛"
    assert "data silos" in dict(asked.names(chinese=False))
    known = {name for concept in corpus.spoken_of() for name in (*concept[0], *concept[1])}
    assert set(chinese) <= known


def test_concepts_of_the_map_have_their_english_names_and_documents_keep_their_words(open_app: OpenApp) -> None:
    text = shown_text(open_app(q="data silos", lang="en"))
    card = text[text.index("Neighbourhood") :]
    assert "Conceptdata silos" in card
    assert "信息孤岛依然存在" in card


@pytest.mark.parametrize(("lang", "words"), [("zh", ("去提问", "到文献列表里选一篇")), ("en", ("Ask a question", "Choose"))])
@pytest.mark.parametrize(("page", "params"), [("explore", {"q": "�"}), ("document", {"doc": "dnone", "at": "9-3"})])
def test_a_broken_address_is_one_sentence_and_ways_back(open_app: OpenApp, lang: str, words: tuple[str, str], page: str, params: dict[str, str]) -> None:
    markup = shown_html(open_app(page, lang=lang, **params))
    note = re.search(r'<div class="zm-note" role="alert">.*?</ul></div>', markup)
    assert note
    assert note[0].count("<p>") == 1
    links = dict(re.findall(r'<a href="([^"]*)">([^<]*)</a>', note[0]))
    assert {link.partition("?")[0] for link in links} == {"./", "documents"}
    assert all(any(said.startswith(one) for said in links.values()) for one in words)


def test_all_chains_are_parts_of_one_picture(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛", view="chain"))
    assert page.count('data-picture="chains"') == 1
    assert page.count('data-drawn="chains"') == 4
    assert "Save as a picture" in shown_text(open_app(q="数据孤岛", view="chain", lang="en"))


def test_documents_with_a_day_with_a_year_alone_and_with_none_stand_in_one_table_by_year(open_app: OpenApp, corpus: DoubleWorkspace) -> None:
    for name, date in (("约略", "2016"), ("无年", None)):
        maker = StatementMaker(name, date=date)
        maker.block("为打通数据孤岛，应当编制目录。")
        maker.link(maker.factor("数据孤岛", "dilemma"), maker.factor("编制目录", "countermeasure"))
        corpus.records[maker.record.id], corpus.made[maker.record.id] = maker.record, maker.made()
        corpus._put(maker.record.id)
    frame = open_app(q="数据孤岛", view="table").dataframe[0].value
    assert str(frame["年份"].dtype) == "Int64"
    years = list(frame.sort_values("年份")["年份"])
    dated = [year for year in years if year is not pd.NA]
    assert dated == sorted(dated)
    assert years[len(dated) :] == [pd.NA] * (len(years) - len(dated))
    assert len(dated) < len(years)


@pytest.mark.parametrize(("lang", "first"), [("zh", "数据孤岛"), ("en", "data silos")])
def test_questions_to_try_are_in_the_language_of_the_page_and_each_is_understood(open_app: OpenApp, register: Register, lang: str, first: str) -> None:
    tried = shown_html(open_app(lang=lang)).partition('class="zm-try"')[2].partition("</div>")[0]
    questions = re.findall(r'<a href="[^"]*">([^<]*)</a>', tried)
    assert questions[0] == first
    assert all(register.resolve(question).concept for question in questions)


def test_filters_stand_in_two_even_columns(open_app: OpenApp) -> None:
    # the left column is told before the right one
    assert [one.label for one in open_app(q="数据孤岛").multiselect] == ["谁的话", "发文层级", "是否核对过", "文献种类", "力度", "地域"]


def test_a_neighbour_and_its_number_of_works_are_two_words(open_app: OpenApp) -> None:
    page = shown_html(open_app(q="数据孤岛"))
    ties = re.findall(r'(.)<a href="compare\?[^"]*way=path">\d+ 篇</a>', page)
    assert ties
    assert set(ties) == {" "}
