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
