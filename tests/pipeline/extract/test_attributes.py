"""Force, voice, where and when of measures, from sentences written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.attributes import places_and_dates
from pipeline.extract.attributes import complete, readings
from pipeline.records import Block, DocumentInfo, DocumentKind, Factor, FactorType, Issuer, NamedPlace, Role, Sentence, Zone
from pipeline.structure import Structure


def read(
    sentence: str,
    words: str,
    *,
    kind: DocumentKind = "academic",
    zone: Zone = "countermeasure",
    type: FactorType = "countermeasure",
    role: Role = "body",
) -> Factor:
    """The factor `words` of a document of one section with one sentence, completed."""
    heading = "一、标题"
    text = f"{heading}\n{sentence}"
    at = len(heading) + 1
    places = tuple(range(len(text)))
    blocks = (
        Block(id="b0", text=heading, start=0, end=len(heading), raw=(0, len(heading)), role="heading", level=1, zone=zone),
        Block(id="b1", text=sentence, start=at, end=len(text), raw=(at, len(text)), role=role),
    )
    structure = Structure(clean_text=text, raw_starts=places, raw_ends=places, blocks=blocks, references=())
    sentences = (Sentence(id="s0", start=0, end=len(heading), block="b0"), Sentence(id="s1", start=at, end=len(text), block="b1"))
    start = text.index(words)
    factor = Factor(id="f", type=type, text=words, sentence=sentence, start=start, end=start + len(words), scope="clause", confidence=1.0, author="test")
    (done,) = complete([factor], structure, sentences, DocumentInfo(id="d", kind=kind))
    (reading,) = readings([factor], structure, sentences, DocumentInfo(id="d", kind=kind))
    for place in (reading.force_at, reading.voice_at, reading.where_at, reading.when_at):
        assert place is None or 0 <= place[0] < place[1] <= len(text)
    return done


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "zone", "force"),
    [
        ("政府应当建立共享平台。", "建立共享平台", "academic", "countermeasure", "advised"),
        ("各地区要建立共享平台。", "建立共享平台", "official", "countermeasure", "mandated"),
        ("严禁以任何名义摊派报表任务。", "严禁以任何名义摊派报表任务", "official", "countermeasure", "mandated"),
        ("不得将在线时长作为依据。", "将在线时长作为依据", "official", "countermeasure", "mandated"),
        ("鼓励企业开放数据资源。", "开放数据资源", "official", "countermeasure", "encouraged"),
        ("探索建立数据交易规则。", "建立数据交易规则", "official", "countermeasure", "piloted"),
        ("2019年甲市建立了共享平台。", "建立了共享平台", "academic", "practice", "reported"),
        ("早期各部门自建系统，试图提高效率，结果加剧了数据壁垒。", "自建系统", "academic", "dilemma", "failed"),
        ("有人主张取消属地考核，这并不可行。", "取消属地考核", "academic", "literature", "failed"),
        # a condition tells nothing; the duty behind it counts
        ("已经领取牌照的单位，由登记机关收回牌照。", "由登记机关收回牌照", "law", "other", "mandated"),
        ("对已建成的信息系统，由主管部门整合到统一平台。", "由主管部门整合到统一平台", "official", "countermeasure", "mandated"),
        ("已经兼职的，在本规定下达后应立即辞去兼职。", "应立即辞去兼职", "academic", "countermeasure", "advised"),
        ("我省已经建立共享平台，接入单位四十家。", "建立共享平台", "official", "practice", "reported"),
        ("2004年3月，省厅组织了专家组赴现场调查。", "组织了专家组", "official", "practice", "reported"),
        ("未进行型式试验的，责令限期改正。", "责令限期改正", "law", "other", "mandated"),
        ("组织可以通过培训说明其收益。", "培训说明其收益", "academic", "other", "advised"),
        # a permission, an advice and a trial of an official text
        ("转制单位自2019年1月1日起可继续免征所得税。", "继续免征所得税", "official", "other", "encouraged"),
        ("对自用房产可免征三年房产税。", "对自用房产可免征三年房产税", "official", "other", "encouraged"),
        ("各单位要建立可追溯的台账。", "建立可追溯的台账", "official", "other", "mandated"),
        ("专家组建议：加强监测，及时组织搬迁。", "及时组织搬迁", "official", "other", "advised"),
        ("从2019年开始，启动职业技能证书制度试点。", "启动职业技能证书制度试点", "official", "other", "piloted"),
        ("在有条件的高校探索实施学分互认。", "在有条件的高校探索实施学分互认", "official", "other", "piloted"),
        ("试点银行建立专营团队。", "建立专营团队", "official", "other", "mandated"),
        ("各地试点建立专营团队。", "建立专营团队", "official", "other", "piloted"),
        ("省厅再次派出专家组，对房屋开裂情况进行了现场调查。", "对房屋开裂情况进行了现场调查", "official", "other", "reported"),
        # a day that was, and days that are set
        ("我部于2004年4月13日组织专家组赴现场调查。", "组织专家组赴现场调查", "official", "other", "reported"),
        ("省政府门户网站于2006年1月1日正式开通。", "省政府门户网站于2006年1月1日正式开通", "official", "other", "reported"),
        ("各地于2021年6月30日前完成整改。", "完成整改", "official", "other", "mandated"),
        ("定于2021年3月1日召开推进会。", "召开推进会", "official", "other", "mandated"),
        ("项目组针对复杂工艺制作模拟视频，上传交底信息。", "上传交底信息", "academic", "practice", "reported"),
        ("取得出版商许可是图书馆合法传递文献的根本出路。", "取得出版商许可", "academic", "other", "advised"),
        ("激发创新创业是城市建设的核心着眼点。", "激发创新创业", "academic", "other", "advised"),
        ("通过水印将类似声明嵌入文献。", "将类似声明嵌入文献", "academic", "practice", "reported"),
        # 将 takes an object forward, or looks ahead
        ("各单位将数据目录纳入统一清单。", "将数据目录纳入统一清单", "academic", "practice", "reported"),
        ("我市将建立共享平台。", "建立共享平台", "academic", "other", "planned"),
        ("下一步，甲市将进一步扩大共享范围。", "扩大共享范围", "academic", "other", "planned"),
    ],
)
def test_force_is_read_from_verb_modal_negation_and_kind(sentence: str, words: str, kind: DocumentKind, zone: Zone, force: str) -> None:
    assert read(sentence, words, kind=kind, zone=zone).force == force


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "zone", "force"),
    [
        ("数据流通必然要求统一目录标准。", "统一目录标准", "academic", "driver", "advised"),
        ("部门只有通过共享目录才能减少重复填报。", "共享目录", "academic", "driver", "advised"),
        ("乡镇该如何建立台账是一个难题。", "建立台账", "academic", "driver", "advised"),
        ("扩大目录开放是提高办事效率的重要方式。", "扩大目录开放", "academic", "driver", "advised"),
        ("甲县已经统一了目录标准。", "统一了目录标准", "academic", "driver", "reported"),
        ("设立“甲河大脑”计划，成立专家工作室。", "成立专家工作室", "academic", "countermeasure", "advised"),
        ("各单位将办法于2031年6月30日前报送办公室。", "于2031年6月30日", "official", "countermeasure", "mandated"),
        (
            "对成效明显的县在示范基地布局和改革试点示范方面予以优先支持。",
            "在示范基地布局和改革试点示范方面予以优先支持",
            "official",
            "countermeasure",
            "mandated",
        ),
    ],
)
def test_what_is_demanded_or_asked_is_not_told_as_done(sentence: str, words: str, kind: DocumentKind, zone: Zone, force: str) -> None:
    assert read(sentence, words, kind=kind, zone=zone).force == force


@pytest.mark.parametrize(
    ("sentence", "words", "voice"),
    [
        ("有学者指出基层人手不足。", "基层人手不足", "scholar"),
        ("根据张明远[8]的观点，基层人手不足。", "基层人手不足", "scholar"),
        ("在李思齐看来，基层人手不足。", "基层人手不足", "scholar"),
        ("在我们看来，基层人手不足。", "基层人手不足", "own"),
        ("党的二十大报告提出强化人才支撑。", "强化人才支撑", "policy"),
        ("习近平总书记强调提升治理效能。", "提升治理效能", "speech"),
        ("笔者认为基层人手不足。", "基层人手不足", "own"),
        ("基层人手不足。", "基层人手不足", "own"),
    ],
)
def test_voice_is_the_subject_of_the_verb_of_saying(sentence: str, words: str, voice: str) -> None:
    assert read(sentence, words, zone="literature", type="dilemma").voice == voice


@pytest.mark.parametrize(
    ("sentence", "role", "voice"),
    [
        ("研究发现，基层人手不足。", "abstract", "own"),
        ("研究发现，基层人手不足。", "body", "scholar"),
        ("已有研究发现，基层人手不足。", "abstract", "scholar"),
    ],
)
def test_an_abstract_tells_what_its_own_paper_found(sentence: str, role: Role, voice: str) -> None:
    assert read(sentence, "基层人手不足", type="dilemma", role=role).voice == voice


def test_an_official_text_speaks_for_itself() -> None:
    assert read("专家指出应建立平台。", "建立平台", kind="official").voice == "own"


@pytest.mark.parametrize(
    ("sentence", "words", "when"),
    [
        ("2018年5月，甲市建立共享平台。", "建立共享平台", "2018-05"),
        ("到2025年底建立共享平台。", "建立共享平台", "2025"),
        ("二〇二三年十三月建立共享平台。", "建立共享平台", "2023"),
        ("依据《“十四五”规划（2021—2025年）》建立共享平台。", "建立共享平台", None),
        ("2016—2020年建立共享平台。", "建立共享平台", "2016/2020"),
        ("2002年9月28日公布的《甲市办法》规定，建立共享平台。", "建立共享平台", None),
        ("与2010年的水平相比，各区建立共享平台。", "建立共享平台", None),
        ("依照1979年刑法，不再追究刑事责任。", "不再追究刑事责任", None),
        ("网站收集了2000年以来的行政法规。", "收集了2000年以来的行政法规", None),
        ("针对2003年12月18日、19日所发生的两次地震，专家组建立台账。", "建立台账", None),
    ],
)
def test_when_keeps_the_precision_of_the_text(sentence: str, words: str, when: str | None) -> None:
    assert read(sentence, words, zone="practice").when == when


@pytest.mark.parametrize(
    ("sentence", "words", "when"),
    [
        ("1997年12月31日前已退休的职工，按国家规定发给养老金。", "按国家规定发给养老金", None),
        ("1986年12月27日国务院批准、公安部发布的《甲办法》同时废止。", "公安部发布的《甲办法》", None),
        ("自2024年1月1日起，由平台统一受理申请。", "由平台统一受理申请", "2024-01-01"),
    ],
)
def test_a_law_dates_its_cases_not_its_measures(sentence: str, words: str, when: str | None) -> None:
    assert read(sentence, words, kind="law", zone="other").when == when


def test_an_official_text_acts_in_the_area_of_its_issuer_not_where_its_story_plays() -> None:
    sentence = "各级政府要充实管理人员。"
    structure = Structure(
        clean_text=sentence,
        raw_starts=tuple(range(len(sentence))),
        raw_ends=tuple(range(len(sentence))),
        blocks=(Block(id="b", text=sentence, start=0, end=len(sentence), raw=(0, len(sentence)), role="body"),),
        references=(),
    )
    start = sentence.index("充实")
    words = sentence[start:-1]
    factor = Factor(
        id="f", type="countermeasure", text=words, sentence=sentence, start=start, end=start + len(words), scope="clause", confidence=1.0, author="test"
    )
    told = (NamedPlace(name="山西省", code="140000"), NamedPlace(name="大同市", code="140200"))
    sentences = (Sentence(id="s", start=0, end=len(sentence), block="b"),)
    for issuers, title, where in (
        ((Issuer(name="国务院办公厅", level="central"),), "国务院办公厅关于四起事故调查处理情况的通报", ()),
        ((Issuer(name="浙江省人民政府", level="province"),), "关于安全生产的通知", ("浙江省",)),
        ((), "浙江省职工养老保险条例", ("浙江省",)),
    ):
        info = DocumentInfo(id="d", kind="official", title=title, issuers=issuers, places=told)
        (done,) = complete([factor], structure, sentences, info)
        assert done.where == where
        assert done.force == "mandated"  # 要, though the first document is a 通报


def test_where_is_the_place_that_acts_not_the_one_learnt_from() -> None:
    assert read("贵州省建立共享平台。", "建立共享平台", zone="practice").where == ("贵州省",)
    assert read("借鉴新加坡经验，建立共享平台。", "建立共享平台").where == ()
    assert read("借鉴德国、日本、瑞士等国家经验，建立共享平台。", "建立共享平台").where == ()
    assert read("杭州市临安区青山湖街道建立共享平台。", "建立共享平台", zone="practice").where == ("杭州市", "临安区", "青山湖街道")
    assert read("在京津冀和雄安新区，各单位建立共享平台。", "建立共享平台", zone="practice").where == ("京津冀", "雄安新区")


@pytest.mark.parametrize(
    "sentence",
    [
        "军民深度融合，建立共享平台。",
        "通过上云建立共享平台。",
        "基于日志和广度建立共享平台。",
        "在新建小区建立共享平台。",
        "建设新时代新区，建立共享平台。",
        "全国建立共享平台。",
    ],
)
def test_words_that_look_like_places_are_none(sentence: str) -> None:
    assert read(sentence, "建立共享平台").where == ()


def test_three_places_named_before_are_meant_by_their_number() -> None:
    sentence = "贵州、重庆、广西三地建立了云长制。为了协调，三地均设立了专门办公室。"
    assert read(sentence, "设立了专门办公室", zone="practice").where == ("贵州", "重庆", "广西")
    assert read("两地均设立了专门办公室。", "设立了专门办公室", zone="practice").where == ()


@pytest.mark.shared
def test_where_and_when_of_a_checked_sample_are_right(shared: Path) -> None:
    checked = list(places_and_dates(shared / "benchmark"))
    right = sum("、".join(read.where) == row["where"] and (read.when or "") == row["when"] for row, _, read in checked)
    assert len(checked) == 150
    assert right >= 0.8 * len(checked)


def test_a_problem_has_no_force() -> None:
    assert read("应当看到人手不足。", "人手不足", type="dilemma").force is None
