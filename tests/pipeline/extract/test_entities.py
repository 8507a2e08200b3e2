"""Entities of sentences written for these tests: names, kinds, mentions, and aliases that stay in their document."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.entities import find_entities
from pipeline.extract.entities._concepts import registered
from pipeline.extract.entities._find import without_verb
from pipeline.extract.entities._lexicon import lexicon
from pipeline.extract.entities._mention import Mention, bare, with_marks
from pipeline.extract.entities._policies import find_policies
from pipeline.extract.entities._same import one_name
from pipeline.extract.entities._tagger import Word, _word_columns
from pipeline.extract.entities._terms import quoted_cases
from pipeline.records import Block, Entity, EntityType, Sentence
from pipeline.structure import Structure


def structure_of(text: str) -> tuple[Structure, tuple[Sentence, ...]]:
    """One body block a line, one sentence a block."""
    blocks, sentences, at = [], [], 0
    for n, line in enumerate(text.split("\n")):
        blocks.append(Block(id=f"b{n}", text=line, start=at, end=at + len(line), raw=(at, at + len(line)), role="body"))
        if line:
            sentences.append(Sentence(id=f"s{n}", start=at, end=at + len(line), block=f"b{n}"))
        at += len(line) + 1
    places = tuple(range(len(text)))
    return Structure(clean_text=text, raw_starts=places, raw_ends=places, blocks=tuple(blocks), references=()), tuple(sentences)


def named(text: str) -> dict[str, Entity]:
    structure, sentences = structure_of(text)
    return {entity.name: entity for entity in find_entities(structure, sentences)}


def test_a_short_name_stands_for_the_office_that_its_own_document_names() -> None:
    first = named("甲省政务服务和数据管理局（以下简称数管局）应当牵头。数管局负责考核。")
    second = named("乙省大数据发展管理局（以下简称数管局）应当公开目录。数管局负责考核。")
    third = named("数管局应当整改。")
    assert "数管局" in first["甲省政务服务和数据管理局"].aliases
    assert len(first["甲省政务服务和数据管理局"].mentions) == 3
    assert "数管局" in second["乙省大数据发展管理局"].aliases
    assert not any("数管局" in entity.aliases for entity in third.values())


def test_the_longest_generic_name_wins() -> None:
    found = named("各级政府和政府部门应当公开目录，企业、高校、公众共同参与。")
    assert found["各级政府"].type == "government"
    assert found["政府部门"].type == "government"
    assert "政府" not in found
    assert {found["企业"].type, found["高校"].type, found["公众"].type} == {"enterprise", "society", "public"}


def test_a_title_is_a_policy_only_where_it_names_one() -> None:
    found = named("《关于加强数据共享的指导意见》见《晨报》，党的二十大报告亦有要求。")
    assert found["关于加强数据共享的指导意见"].type == "policy"
    assert found["党的二十大报告"].type == "policy"
    assert not any("晨报" in name for name in found)


def test_cited_scholars_are_named_one_by_one() -> None:
    found = named("张明远、李思齐等认为数据壁垒源于权责不清。")
    assert found["张明远"].type == "scholar"
    assert found["李思齐"].type == "scholar"


def test_an_actor_name_of_three_hundred_characters_is_no_name() -> None:
    found = named("某某" * 150 + "局应当整改。")
    assert all(len(name) <= 40 for name in found)


@given(st.text(alphabet="政府局委办大数据（以下简称）《》、，。省市企业公众a1 \n", max_size=120))
def test_every_mention_lies_in_the_text_and_none_overlaps_another(text: str) -> None:
    structure, sentences = structure_of(text)
    places = []
    for entity in find_entities(structure, sentences):
        for start, end in entity.mentions:
            assert bare(text[start:end]) in (entity.name, *entity.aliases)
            places.append((start, end))
    places.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(places))


def test_two_names_and_what_joins_them_are_not_one_name() -> None:
    found = named("教育部会同财政部建立台账，各级政府和政府部门抓好落实。")
    assert {"教育部", "财政部", "各级政府", "政府部门"} <= set(found)
    assert not {"教育部会同财政部", "各级政府和政府部门"} & set(found)


def test_bodies_are_known_by_name_and_verbs_are_no_part_of_one() -> None:
    text = "证监会会同中国科协开展试点。各地应当鼓励流通企业参与，监督管理部门负责检查。"
    found = {name: entity.type for name, entity in named(text).items()}
    assert found.get("证监会") == "government"
    assert found.get("中国科协") in ("society", "government")
    assert "鼓励流通企业" not in found
    assert "管理部门" not in found


def test_two_names_for_one_thing_are_one_entity_and_keep_both_names() -> None:
    found = named("高校应当公开目录，高等学校应当建立台账。公众和企业共同参与。")
    assert "高等学校" in found["高校"].aliases
    assert "高等学校" not in found
    assert len(found["高校"].mentions) == 2


def test_a_division_that_does_something_is_its_government() -> None:
    found = named("12.江西省赣州市推出信贷产品。\n13.山东省青岛市加快推进审批改革。\n专家赴云南调查。")
    assert found["江西省赣州市"].type == "government"
    assert found["山东省青岛市"].type == "government"
    assert "云南" not in found or found["云南"].type == "place"


def test_names_of_the_register_are_proposed_as_concepts_whatever_the_segmenter_cuts() -> None:
    text = "缓解信息不对称要靠公开。"
    assert {text[mention.start : mention.end] for mention in registered(text)} == {"信息不对称"}


def test_a_word_knows_its_neighbours_only_where_nothing_lies_between() -> None:
    word, place, before = 0, 2, 4  # rows: hash of the word, place in it, hash of the word before
    together = _word_columns(4, [Word(0, 2, "甲市", "ns"), Word(2, 4, "推进", "v")])
    apart = _word_columns(5, [Word(0, 2, "甲市", "ns"), Word(3, 5, "推进", "v")])
    assert together[before][2] == together[word][0]
    assert apart[before][3] == apart[before][0] == together[before][0]
    assert apart[word].tolist() == [*together[word][:2], 0, *together[word][2:]]
    assert together[place].tolist() == [1, 3, 1, 3]
    assert not any(row.any() for row in _word_columns(3, []))


def at(text: str, name: str, kind: EntityType) -> Mention:
    start = text.index(name)
    return Mention(start=start, end=start + len(name), type=kind, confidence=0.5)


def test_marks_that_belong_to_a_name_stay_and_those_around_it_go() -> None:
    assert bare("《甲省数据条例》") == "甲省数据条例"
    assert bare("《“一窗通办”工作方案》") == "“一窗通办”工作方案"
    assert bare("“四件套”改革") == "“四件套”改革"
    assert bare("甲市规划（2031—2035年）") == "甲市规划（2031—2035年）"
    assert bare("四件套”") == bare("“四件套”") == "四件套"
    assert bare("》") == ""
    text = "深化“四件套”改革，印发甲市规划（2031年）。"
    whole = with_marks(text, at(text, "四件套”改革", "case"))
    assert text[whole.start : whole.end] == "“四件套”改革"
    year = with_marks(text, at(text, "甲市规划（2031年", "policy"))
    assert text[year.start : year.end] == "甲市规划（2031年）"


def test_a_reform_named_by_quoted_words_and_its_kind_is_proposed_whole() -> None:
    text = "推行“五步走”联动，深化“四件套”改革。“好”是评价。"
    assert [text[one.start : one.end] for one in quoted_cases(text)] == ["“五步走”联动", "“四件套”改革"]


def test_policies_without_marks_around_them_and_bills_are_proposed() -> None:
    text = "按照国家“十六五”数据规划要求。“十五五”时期要做好规划。依据《河湖税收法案》和《应急预案》，落实党的十八大和中央人才工作会议精神。"
    found = {text[one.start : one.end] for one in find_policies(text)}
    assert {"《河湖税收法案》", "《应急预案》", "党的十八大", "中央人才工作会议"} <= found
    assert not any("时期" in name for name in found)
    plan = "落实国家“十五五”数据发展规划，"
    assert [plan[one.start : one.end] for one in find_policies(plan)] == ["国家“十五五”数据发展规划"]


def test_a_technology_is_named_without_the_verb_that_uses_it() -> None:
    for text, name in (("充分利用大数据技术", "大数据技术"), ("也借助卫星遥感", "卫星遥感"), ("3种检测技术", "检测技术"), ("应用程序接口", "应用程序接口")):
        one = without_verb(text, Mention(start=0, end=len(text), type="technology", confidence=0.5))
        assert text[one.start : one.end] == name


def test_words_that_say_how_many_are_no_part_of_a_name() -> None:
    text = "高校要公开目录，各高校要建立台账，部分高校已经完成。"
    mentions = [at(text, "高校", "society"), at(text, "各高校", "society"), at(text, "部分高校", "society")]
    assert {one.name or text[one.start : one.end] for one in one_name(text, mentions)} == {"高校"}
    alone = [at(text, "各高校", "society")]
    assert one_name(text, alone) == alone


def test_technologies_of_the_classification_of_emerging_industries_are_known() -> None:
    text = "建成光伏发电站，推广水肥一体化，研制工业机器人和燃料电池。"
    known = {text[one.start : one.end] for one in lexicon().find(text) if one.type == "technology"}
    assert {"光伏发电", "水肥一体化", "工业机器人", "燃料电池"} <= known
