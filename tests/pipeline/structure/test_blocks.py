"""Laws of the structure: every line in one block, exact offsets, raw places that never run backwards."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import SourceText
from pipeline.clean import Draft, clean
from pipeline.records import KEPT_ROLES
from pipeline.structure import Structure, heading_path, read_structure, run_in_heading

PAPER = """# 数据孤岛的成因与破解

张三 李四

某某大学公共管理学院 北京 100000

摘要：本文讨论数据孤岛的成因，并提出建立共享平台的建议。

关键词：数据孤岛；共享平台

# 1 问题的提出

各部门的系统互不相通，群众办事要反复提交同样的材料，这一状况由来已久。

# 2 存在的困境

# 2.1 部门分割

各部门各建各的系统，标准不一，接口不通，数据难以汇聚到一处供各方使用。

# 3 对策建议

应当建立统一的共享平台，明确各部门提供数据的责任，并定期公布共享的情况。

# 参考文献

[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5.
[2] 赵六. 部门协同研究[M]. 某地: 某某出版社,
2019.
"""


def structure_of(text: str, *, format: str = "md") -> Structure:
    source = SourceText(text=text, format="md" if format == "md" else "txt", encoding="utf-8")
    return read_structure(clean(source), source)


def check_laws(text: str) -> Structure:
    source = SourceText(text=text, format="txt", encoding="utf-8")
    draft = clean(source)
    structure = read_structure(draft, source)
    for block in structure.blocks:
        assert (block.start is not None) == (block.role in KEPT_ROLES)
        if block.start is not None:
            assert structure.clean_text[block.start : block.end] == block.text
        else:
            assert block.reason
    assert structure.clean_text == "\n".join(b.text for b in structure.blocks if b.kept)
    assert len(structure.raw_starts) == len(structure.raw_ends) == len(structure.clean_text)
    assert all(a <= b for a, b in pairwise(structure.raw_starts))
    assert all(a <= b for a, b in pairwise(structure.raw_ends))
    assert all(a <= b for a, b in zip(structure.raw_starts, structure.raw_ends, strict=True))
    assert [b.raw for b in structure.blocks] == sorted(b.raw for b in structure.blocks)
    assert len({b.id for b in structure.blocks}) == len(structure.blocks)
    assert set(heading_path(structure.blocks)) == {b.id for b in structure.blocks}
    written = [line for line in draft.text.split("\n") if line.strip(" \t\r\f\v\u3000\u00a0\ufeff\u200b\u2028\u2029\x85")]
    assert len(written) == len(structure.blocks)
    assert all(block.text in line for block, line in zip(structure.blocks, written, strict=True))
    return structure


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("一二三（）()、.。，；：#*第章条1234 年月日数据共享\n\t摘要关键词参考文献[]附件目录…ab𠮷\x00\ud800"), max_size=400))
def test_laws_hold_for_any_text(text: str) -> None:
    check_laws(text)


def test_roles_of_a_paper() -> None:
    structure = check_laws(PAPER)
    roles = [(b.role, b.level) for b in structure.blocks]
    assert roles == [
        ("title", None), ("byline", None), ("byline", None), ("abstract", None), ("keywords", None), ("heading", 1), ("body", None), ("heading", 1),
        ("heading", 2), ("body", None), ("heading", 1), ("body", None), ("references", None), ("references", None), ("references", None), ("references", None),
    ]  # fmt: skip
    assert [b.zone for b in structure.blocks if b.role == "heading"] == ["introduction", "dilemma", "dilemma", "countermeasure"]
    assert [b.number for b in structure.blocks if b.role == "heading"] == ["1", "2", "2.1", "3"]


def test_references_are_split_into_entries() -> None:
    structure = structure_of(PAPER)
    assert [r.text for r in structure.references] == ["[1] 王五. 数据共享研究[J]. 某某学报, 2018(3): 1-5.", "[2] 赵六. 部门协同研究[M]. 某地: 某某出版社,2019."]
    assert PAPER[slice(*structure.references[0].raw)] == structure.references[0].text


def test_two_runs_give_the_same_structure() -> None:
    assert structure_of(PAPER) == structure_of(PAPER)


def test_empty_text_has_no_blocks() -> None:
    source = SourceText(text=" \n\u3000\n", format="txt", encoding="utf-8")
    assert read_structure(Draft.of(source.text), source) == Structure("", (), (), (), ())


def test_run_in_heading_gives_the_words_before_the_first_stop() -> None:
    text = "（一）加强组织领导。各地要高度重视。"
    found = run_in_heading(text)
    assert found is not None
    start, end, number, level = found
    assert (text[start:end], number, level) == ("加强组织领导", "（一）", 2)
    assert run_in_heading("各地要高度重视。加强领导。") is None


def test_an_author_with_the_number_of_the_affiliation_beneath_is_no_heading() -> None:
    text = PAPER.replace("张三 李四\n", "# 1张小平\n")
    source = SourceText(text=text, format="md", encoding="utf-8")
    roles = {block.text: block.role for block in read_structure(clean(source), source).blocks}
    assert roles["1张小平"] == "byline"
    assert roles["摘要：本文讨论数据孤岛的成因，并提出建立共享平台的建议。"] == "abstract"
    assert roles["1 问题的提出"] == "heading"
