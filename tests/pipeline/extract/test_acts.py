"""Who acts and who is affected, from sentences written for these tests."""

from __future__ import annotations

from pipeline.extract.acts import find_acts
from pipeline.extract.entities import find_entities
from pipeline.records import Act, Block, Factor, FactorType, Sentence
from pipeline.structure import Structure


def acts_of(text: str, *factors: tuple[FactorType, str]) -> list[tuple[str, str, Act]]:
    """(actor, factor text, act) of a text of one paragraph."""
    places = tuple(range(len(text)))
    block = Block(id="b0", text=text, start=0, end=len(text), raw=(0, len(text)), role="body")
    structure = Structure(clean_text=text, raw_starts=places, raw_ends=places, blocks=(block,), references=())
    ends = [n + 1 for n, ch in enumerate(text) if ch == "。"]
    sentences = [Sentence(id=f"s{n}", start=start, end=end, block="b0") for n, (start, end) in enumerate(zip([0, *ends], ends, strict=False))]
    made = []
    for n, (kind, words) in enumerate(factors):
        at = text.index(words)
        made.append(Factor(id=f"f{n}", type=kind, text=words, sentence=text, start=at, end=at + len(words), scope="clause", confidence=1.0, author="test"))
    entities = find_entities(structure, sentences)
    name = {entity.id: entity.name for entity in entities}
    words_of = {factor.id: factor.text for factor in made}
    return [(name[act.actor], words_of[act.factor], act) for act in find_acts(structure, sentences, made, entities)]


def test_the_subject_of_the_clause_takes_the_measure_and_faces_the_problem() -> None:
    found = acts_of("各级政府应当建立共享平台。企业缺乏数据人才。", ("countermeasure", "建立共享平台"), ("dilemma", "缺乏数据人才"))
    assert [(actor, words, act.type) for actor, words, act in found] == [("各级政府", "建立共享平台", "takes"), ("企业", "缺乏数据人才", "faces")]


def test_a_bracket_gives_each_office_its_role() -> None:
    found = acts_of("建立信用目录。（教育部牵头，财政部、商务部配合）完善评估办法。", ("countermeasure", "建立信用目录"), ("countermeasure", "完善评估办法"))
    roles = {(actor, words): act.role for actor, words, act in found}
    assert roles == {("教育部", "建立信用目录"): "lead", ("财政部", "建立信用目录"): "join", ("商务部", "建立信用目录"): "join"}


def test_a_bracket_list_of_forty_offices_is_read_whole() -> None:
    provinces = "甲乙丙丁戊己庚辛壬癸"
    offices = [f"{a}{b}省财政厅" for a in provinces[:5] for b in provinces[:8]]
    found = acts_of(f"建立信用目录。（{'、'.join(offices)}负责）", ("countermeasure", "建立信用目录"))
    assert all(act.role == "carry_out" for _, _, act in found)
    assert len(found) <= 40


def test_evidence_holds_actor_and_factor() -> None:
    text = "各级政府应当建立共享平台。"
    ((_, _, act),) = acts_of(text, ("countermeasure", "建立共享平台"))
    ((start, end),) = act.evidence
    assert text[start:end] == "各级政府应当建立共享平台"


def test_all_named_beside_the_subject_take_the_measure() -> None:
    found = acts_of("各级政府、企业和社会组织应当建立共享平台。", ("countermeasure", "建立共享平台"))
    assert {actor for actor, _, _ in found} == {"各级政府", "企业", "社会组织"}


def test_who_is_encouraged_to_do_it_does_it() -> None:
    found = acts_of("鼓励企业开放数据资源。", ("countermeasure", "鼓励企业开放数据资源"))
    assert [actor for actor, _, _ in found] == ["企业"]


def blocks_of(*lines: tuple[str, str], factors: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """(actor, measure) of blocks given as (role, text); factors as (words, scope)."""
    text, blocks, sentences = "", [], []
    for n, (role, line) in enumerate(lines):
        start = len(text)
        text += line + "\n"
        blocks.append(Block(id=f"b{n}", text=line, start=start, end=start + len(line), raw=(start, start + len(line)), role=role))  # type: ignore[arg-type]
        sentences.append(Sentence(id=f"s{n}", start=start, end=start + len(line), block=f"b{n}"))
    places = tuple(range(len(text)))
    structure = Structure(clean_text=text, raw_starts=places, raw_ends=places, blocks=tuple(blocks), references=())
    made = []
    for n, (words, scope) in enumerate(factors):
        at = text.index(words)
        made.append(
            Factor(
                id=f"f{n}",
                type="countermeasure",
                text=words,
                sentence=text,
                start=at,
                end=at + len(words),
                scope=scope,  # type: ignore[arg-type]
                confidence=1.0,
                author="test",
            )
        )
    entities = find_entities(structure, sentences)
    name, words_of = {entity.id: entity.name for entity in entities}, {factor.id: factor.text for factor in made}
    return {(name[act.actor], words_of[act.factor]) for act in find_acts(structure, sentences, made, entities)}


def test_a_bracket_speaks_of_the_task_that_its_heading_names() -> None:
    found = blocks_of(
        ("heading", "拓展销售途径"),
        ("body", "支持贫困地区参加展销会，建立直供渠道。（商务部负责）"),
        factors=[("拓展销售途径", "heading"), ("建立直供渠道", "clause")],
    )
    assert ("商务部", "拓展销售途径") in found
    assert ("商务部", "建立直供渠道") not in found


def test_the_items_of_a_list_are_duties_of_who_is_named_before_the_colon() -> None:
    found = blocks_of(
        ("body", "主管部门应当履行下列职责："),
        ("body", "（一）制定应急预案；"),
        ("body", "（二）定期开展演练。"),
        ("body", "本办法自公布之日起施行。"),
        factors=[("制定应急预案", "clause"), ("定期开展演练", "clause")],
    )
    assert {("主管部门", "制定应急预案"), ("主管部门", "定期开展演练")} <= found


def test_a_bracket_that_names_the_office_in_charge_is_read_up_to_its_area() -> None:
    found = acts_of("取消设计业绩要求。（负责部门：商务部，适用范围：甲试验区）", ("countermeasure", "取消设计业绩要求"))
    assert [(actor, act.role) for actor, _, act in found] == [("商务部", "carry_out")]
    found = acts_of("建立信用目录。（牵头单位：教育部；配合单位：财政部）", ("countermeasure", "建立信用目录"))
    assert {actor: act.role for actor, _, act in found} == {"教育部": "lead", "财政部": "join"}


def test_a_subject_reaches_over_the_verbs_that_share_it_and_stands_behind_the_number_of_its_article() -> None:
    found = acts_of("（九）税务部门应当公开目录，完善流程，建立台账。", ("countermeasure", "公开目录"), ("countermeasure", "建立台账"))
    assert {("税务部门", "公开目录"), ("税务部门", "建立台账")} <= {(actor, words) for actor, words, _ in found}


def test_who_only_describes_a_thing_takes_no_measure() -> None:
    found = acts_of("企业的数据分散，政府应当建立共享平台。", ("countermeasure", "建立共享平台"))
    assert [actor for actor, _, _ in found] == ["政府"]


def test_nobody_acts_where_no_actor_is_named() -> None:
    assert acts_of("应当建立共享平台。", ("countermeasure", "建立共享平台")) == []
