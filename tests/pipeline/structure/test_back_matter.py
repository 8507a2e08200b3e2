"""What stands before, behind or beside the text and is none of it: key words, questionnaires, heads of references, captions in two languages, 题注."""

from __future__ import annotations

import pytest

from corpus.records import SourceText
from pipeline.clean import clean
from pipeline.metadata import read_metadata
from pipeline.structure import Structure, read_structure

PROSE = "各部门各自建设系统，标准不一，数据难以共享，群众办事要反复提交同样的材料，这一状况由来已久。"
PAPER = (
    f"# 数据共享意愿调查\n摘要：本文调查各部门共享数据的意愿，并提出建议。\n# 1 问题的提出\n{PROSE}\n"
    "# 2 建议\n应当建立共享平台，明确各部门提供数据的责任，并定期公布。\n"
)
QUESTIONS = [
    "附录：数据共享意愿调查问卷",
    "您好！感谢您参加本次调查，所填内容只用于研究，请如实作答。",
    "1.您所在部门的级别是？（单选）",
    "□市级 □县级 □乡镇",
    "2.您是否愿意向其他部门提供数据？",
    "A.愿意 B.不愿意 C.说不清",
    "3.您认为本部门存在数据孤岛问题吗？",
    "□严重 □不严重",
]


def structure_of(text: str) -> Structure:
    source = SourceText(text=text, format="md", encoding="utf-8")
    return read_structure(clean(source), source)


def fates(structure: Structure, texts: list[str]) -> set[tuple[str, str | None]]:
    found = {b.text: (b.role, b.reason) for b in structure.blocks}
    return {found[text] for text in texts}


@pytest.mark.parametrize("before", ["", "# 参考文献\n[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5.\n"])
def test_a_questionnaire_behind_the_text_or_the_references_is_no_text(before: str) -> None:
    structure = structure_of(PAPER + before + "\n\n".join(QUESTIONS) + "\n")
    assert fates(structure, QUESTIONS) == {("noise", "questionnaire")}
    assert "数据孤岛" not in structure.clean_text
    assert structure.clean_text.endswith("并定期公布。")


def test_references_behind_a_questionnaire_are_still_references() -> None:
    structure = structure_of(PAPER + "\n\n".join(QUESTIONS) + "\n# 参考文献\n[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5.\n")
    assert fates(structure, QUESTIONS) == {("noise", "questionnaire")}
    assert [r.text for r in structure.references] == ["[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5."]


def test_a_section_that_tells_of_a_survey_stays() -> None:
    structure = structure_of(PAPER + f"# 3 调查问卷\n问卷共设十八题，发放六百份，收回五百零九份。\n{PROSE}\n")
    assert all(b.kept for b in structure.blocks)


@pytest.mark.parametrize("head", ["References (参考文献)", "参考文献 References", "参考文献（References）", "参考文献(References)："])
def test_heads_of_references_in_two_languages(head: str) -> None:
    structure = structure_of(PAPER + f"# {head}\n[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5.\n")
    assert [b.role for b in structure.blocks[-2:]] == ["references", "references"]


def test_a_caption_in_two_languages_on_one_line_is_a_caption() -> None:
    caption = "图3各部门共享数据的比例，其中虚线表示平均值 Fig. 3 Shares of data by department, the broken line shows the mean."
    structure = structure_of(f"{PAPER}{caption}\n{PROSE}\n")
    assert fates(structure, [caption]) == {("noise", "caption")}


def test_a_sentence_that_names_two_figures_is_text() -> None:
    sentence = "图3和Fig. 4所示的两组数据都说明，共享平台建成以后，各部门提交材料的次数明显减少。"
    assert fates(structure_of(f"{PAPER}{sentence}\n"), [sentence]) == {("body", None)}


def test_who_made_a_plan_and_when_stands_beneath_its_title() -> None:
    text = (
        "某市人民政府办公室转发市数据局关于规范数据共享意见的通知\n某政办发〔2019〕12号\n各区人民政府：\n"
        "市数据局《关于规范数据共享的意见》已经市政府同意，现转发给你们。\n"
        "某市人民政府办公室\n二〇一九年三月五日\n关于规范数据共享的意见\n（市数据局　二〇一九年二月二十日）\n"
        "为规范数据共享，现提出以下意见：\n一、编制目录\n各部门应当编制目录。\n"
    )
    structure = structure_of(text)
    assert [b.text for b in structure.blocks if b.role == "title"][-1] == "关于规范数据共享的意见"
    assert fates(structure, ["（市数据局　二〇一九年二月二十日）"]) == {("byline", "byline")}


@pytest.mark.parametrize("number", ["第五章　", "七、", "第三章 "])
def test_supplementary_provisions_are_no_measures(number: str) -> None:
    articles = "".join(f"第{n}条　各部门应当建立健全共享机制，加强督促检查。\n" for n in "一二三四")
    structure = structure_of(
        f"某市数据共享办法\n第一章　总则\n{articles}{number}附　则\n第五条　本办法由市数据局负责解释。\n第六条　本办法自2019年3月5日起施行。\n"
    )
    assert [b.zone for b in structure.blocks if b.role == "heading" and b.text.replace("　", "").endswith("附则")] == ["other"]


def test_who_signs_an_order_by_office_and_name_is_no_heading() -> None:
    text = (
        "某市人民政府令\n第12号\n《某市数据共享办法》已经市政府第三次常务会议通过，现予公布，自公布之日起施行。\n市长　　张某某\n2019年3月5日\n"
        "某市数据共享办法\n第一条　为了规范数据共享，制定本办法。\n第二条　本办法适用于本市。\n第三条　各部门应当共享数据。\n"
    )
    assert fates(structure_of(text), ["市长　　张某某"]) == {("byline", "signature")}


@pytest.mark.parametrize("row", ["数据孤岛；协同治理；共享平台", "数据孤岛 协同治理 共享平台"])
def test_key_words_stand_behind_a_label_on_a_line_of_its_own(row: str) -> None:
    source = SourceText(text=PAPER.replace("# 1 问题的提出", f"# 关键词\n\n{row}\n\n# 1 问题的提出"), format="md", encoding="utf-8")
    structure = read_structure(clean(source), source)
    assert fates(structure, ["关键词", row]) == {("keywords", None)}
    info = read_metadata(structure, source, document_id="d", sha256="0")
    assert info.keywords == ("数据孤岛", "协同治理", "共享平台")
    assert source.text[slice(*info.read_from["keywords"])] == row
