"""Halves of a sentence are joined; ends of paragraphs stay."""

from __future__ import annotations

import pytest

from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.clean._accounts import account_for


def cleaned(text: str, form: str = "txt") -> str:
    source = SourceText(text=text, format=form, encoding="utf-8")
    draft = clean(source)
    assert account_for(draft, source).faults == ()
    return draft.text


def test_a_paragraph_over_a_page_end_is_one_sentence_and_head_and_number_are_dropped() -> None:
    text = "某某学报\n为破解数据孤岛，省级政府应当建立统一的公共数\n— 12 —\n某某学报\n据共享平台，并明确部门责任。\n— 13 —\n"
    source = SourceText(text=text, format="txt", encoding="utf-8")
    draft = clean(source)
    assert draft.text.split() == ["为破解数据孤岛，省级政府应当建立统一的公共数据共享平台，并明确部门责任。"]
    dropped = [source.text[slice(*change.raw)] for change in draft.journal if change.kind == "running"]
    assert dropped == ["某某学报", "— 12 —", "某某学报", "— 13 —"]


def test_wrapped_lines_are_joined_without_a_blank_in_chinese_and_with_one_in_english() -> None:
    text = "建立健全数据资源目录和责任清 \n单制度，推动 AI for\nScience 与 data\nsilos 治理。"
    assert cleaned(text) == "建立健全数据资源目录和责任清单制度，推动 AI for Science 与 data silos 治理。"


def test_a_picture_with_its_caption_between_the_halves_leaves_the_text() -> None:
    text = (
        "全省各地加快推进数据共享，有效破解了长期困扰基层的数据孤岛问题。下一步应当进一步完善协同\n\n"
        "![](images/a1.jpg)\n图2 数据共享平台的结构\n\n机制，明确各部门的责任。\n"
    )
    assert cleaned(text, "md").strip() == "全省各地加快推进数据共享，有效破解了长期困扰基层的数据孤岛问题。下一步应当进一步完善协同机制，明确各部门的责任。"


def test_a_picture_between_two_paragraphs_stays() -> None:
    text = "各部门应当建立数据共享机制。\n\n![](images/a1.jpg)\n图2 数据共享平台的结构\n\n还应当明确责任。\n"
    assert "![](images/a1.jpg)\n图2 数据共享平台的结构" in cleaned(text, "md")


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("数据共享面临的困境", "数据共享涉及多个部门，长期以来各自为政。"),
        ("（一）思想认识不到位，部门协同不足", "部门之间缺乏沟通，数据标准不一。"),
        ("一、建议意见", "建议由省级政府统一牵头，明确责任。"),
        ("国务院办公厅关于推进数据共享的通知", "国办发〔2018〕999号"),
        ("关键词：数据孤岛；协同治理；政务服务", "数字政府建设是国家治理现代化的重要内容。"),
    ],
)
def test_a_heading_never_runs_into_what_stands_under_it(heading: str, body: str) -> None:
    assert cleaned(f"{heading}\n{body}\n").split("\n")[:2] == [heading, body]


def test_lines_of_a_fixed_width_become_paragraphs() -> None:
    paragraphs = [
        "当前，各地区各部门积极推进政务数据共享，取得了明显成效，但是仍然存在数据标准不统一、共享机制不健全、责任不明确等突出问题，影响了政务服务效能的提升。为此，应当加快建设全国一体化的数据平台。",
        "各级政府要高度重视数据共享工作，把它作为深化改革的重要抓手，建立健全工作机制，明确任务分工，加强督促检查，确保各项措施落到实处。同时要加强安全保障，防止数据泄露，维护群众的合法权益。",
    ]
    wrapped = "\n".join("\n".join(("　　" + paragraph)[i : i + 30] for i in range(0, len(paragraph) + 2, 30)) for paragraph in paragraphs)
    assert cleaned(wrapped).split("\n") == paragraphs


def test_short_lines_of_a_list_stay_apart() -> None:
    text = "主要问题：\n数据不通\n标准不一\n责任不明\n"
    assert cleaned(text) == text


def test_a_reference_list_is_left_alone() -> None:
    text = "参考文献\n[1] 张三. 数据孤岛的成因与\n治理[J]. 某某学报, 2018(2): 3-9.\n[2] 李四. 协同治理研究[J]. 某某学报, 2019.\n"
    assert cleaned(text) == text


def test_a_note_on_the_author_that_was_run_into_a_paragraph_leaves_the_sentence() -> None:
    note = "作者简介：张三（ORCID：0000-0001-0000-0000），某某大学教授，博士，E-mail：zs@example.cn。"
    text = f"数据孤岛指部门之间数据互不相通。打破数据孤岛是提升治理能力、推动社会发展的一支重要力{note}\n\n量。各部门应当共享数据。\n"
    draft = clean(SourceText(text=text, format="md", encoding="utf-8"))
    assert draft.text == "数据孤岛指部门之间数据互不相通。打破数据孤岛是提升治理能力、推动社会发展的一支重要力量。各部门应当共享数据。\n"
    place = text.index(note)
    assert any(change.kind == "footnote" and change.raw == (place, place + len(note)) for change in draft.journal)


def test_a_note_on_the_author_on_its_own_is_no_foot_within_a_sentence() -> None:
    text = "各部门应当打破数据孤岛，建立共享平台，明确责任，限期整改到位。\n\n作者简介：张三，某某大学教授，E-mail：zs@example.cn\n\n李四提出了意见。\n"
    assert "作者简介" in clean(SourceText(text=text, format="md", encoding="utf-8")).text
