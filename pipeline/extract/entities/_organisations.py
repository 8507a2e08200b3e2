"""Named bodies by the word that ends their name: 局 委 办 厅 部 院 政府 …, 公司 集团 银行, 大学 研究院 协会 …

A name is grown leftwards from its last word over the words that such names are made of (places, nouns, ordinals), and stops at verbs,
particles and marks. Endings follow the naming rules of State Council institutions and of legal persons (民法典 第三章).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.entities._mention import LONGEST, Mention
from pipeline.records import EntityType

Word = tuple[str, str, int]
"""(word, part of speech as jieba tags it, start)"""

_GOVERNMENT = re.compile(
    r"(?:人民政府|政府|委员会|办公厅|办公室|管理局|总局|[局厅署]|委|部委|领导小组|联席会议|指挥部|管委会|街道办|街道办事处|人民法院|人民检察院|法院|检察院|财政部|[一-鿿]{1,6}部|常委会|纪委|党委|党校|省委|市委|县委|区委|公安机关|海关)$"
)
_ENTERPRISE = re.compile(r"(?:有限公司|股份公司|公司|集团|银行|出版社|企业|厂|商|报社)$")
_SOCIETY = re.compile(
    r"(?:大学|学院|研究院|研究所|研究中心|科学院|社科院|工程院|协会|学会|联合会|基金会|智库|联盟|医院|图书馆|博物馆|商会|合作社|学校|中学|实验室|理事会|组织)$"
)
_HOLDER = re.compile(r"(?:省长|市长|县长|区长|镇长|乡长|部长|厅长|局长|书记|主任|总理|主席|总统|院长|校长|专员|负责人|负责同志|干部|官员|人员)$")
_KINDS: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    ("government", _GOVERNMENT),
    ("enterprise", _ENTERPRISE),
    ("society", _SOCIETY),
    ("office_holder", _HOLDER),
)
_NAME_TAGS = frozenset({"n", "ns", "nt", "nz", "nr", "nrt", "b", "j", "vn", "an", "s", "f", "zg", "m", "eng", "l", "ng", "i"})
_NOT_IN_NAMES = frozenset("的了和与及等是在将把对向从为由使让于被以各该本此其这那有无某每")
_NOT_WORDS = frozenset(
    {"全部", "内部", "外部", "部", "干部", "局部", "结局", "格局", "布局", "大局", "全局", "委", "厅", "局", "法律部", "一部", "结构", "部分", "办"}
)


def find_organisations(words: Sequence[Word]) -> Iterator[Mention]:
    """Mentions of named bodies and office holders in the tagged words of one sentence, left to right.

    贵州省大数据发展管理局会同省公安厅 → 贵州省大数据发展管理局, 省公安厅.
    """
    for at, (word, tag, start) in enumerate(words):
        if tag == "x" or word in _NOT_WORDS:
            continue
        kind = next((kind for kind, pattern in _KINDS if pattern.search(word)), None)
        if kind is None or (at + 1 < len(words) and _continues(words[at + 1], words[at + 2] if at + 2 < len(words) else None)):
            continue
        first = at
        while first > 0 and start + len(word) - words[first - 1][2] <= LONGEST:
            # 和 joins two matters of one office (政务服务和数据管理局), unless what stands before it is an office itself
            over = 2 if words[first - 1][0] == "和" and first > 1 and first < at and not _ends_name(words[first - 2]) else 1
            if not _belongs(words[first - over]):
                break
            first -= over
        begin = words[first][2]
        # the bare last word alone (局, 公司) names nobody; generic names are in the lexicon
        if first < at or tag in ("nt", "nz") or (kind == "government" and len(word) > 2):
            yield Mention(start=begin, end=start + len(word), type=kind, confidence=0.8 if start + len(word) - begin > 4 else 0.6)


def _belongs(word: Word) -> bool:
    return (word[1] in _NAME_TAGS or word[0] in "大新高") and not set(word[0]) & _NOT_IN_NAMES


def _ends_name(word: Word) -> bool:
    return any(pattern.search(word[0]) for _, pattern in _KINDS)


def _continues(following: Word, after: Word | None) -> bool:
    """The next word also ends a name, so that this one is its inside (中国科学院 | 大学)."""
    return _ends_name(following) and following[1] != "x" and (after is None or after[1] != "v")
