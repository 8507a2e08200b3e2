"""Names of one document: what rules, tagger and terms propose, weighed by the trained trees, with all their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec
import rjieba

from pipeline.extract.entities._aliases import find_aliases, mentions_of
from pipeline.extract.entities._candidates import Candidate, Table, collect, tabulate
from pipeline.extract.entities._concepts import find_concepts, registered
from pipeline.extract.entities._gather import gather, settle
from pipeline.extract.entities._lexicon import bodies, lexicon
from pipeline.extract.entities._mention import Mention, with_marks
from pipeline.extract.entities._model import Model, shipped
from pipeline.extract.entities._organisations import find_organisations
from pipeline.extract.entities._people import acting_places, latin_and_foreign, people, places
from pipeline.extract.entities._policies import find_policies, find_titles
from pipeline.extract.entities._same import one_name
from pipeline.extract.entities._scholars import find_scholars
from pipeline.extract.entities._suffixes import by_suffix
from pipeline.extract.entities._tagger import TYPES, Margins, Tagger, Word, features, mentions
from pipeline.extract.entities._terms import compounds, long_words, quoted_cases, quoted_terms
from pipeline.model import Encoder, Reading, load
from pipeline.records import Block, Entity, Sentence
from pipeline.structure import Structure

AUTHOR = "entities.names.v7"
_ACTORS = frozenset(("government", "office_holder", "enterprise", "public", "society"))
# verbs that take an actor for their object (令, 使 and the like in the sense of 让…做; 鼓励 支持 引导 in 立法技术规范), and numbers of headings
_GOVERNS = re.compile(
    r"(?:鼓励和?|支持和?|引导|组织|动员|培育|赋予|建设|推动|要求|指导|督促|帮助|吸引|发展|加强|促进|转型成|成为|打造|构建|建立|扶持|激励|允许|依靠|依托|调动|协调|规范|整合|完善|创办|监督|评价)"
    r"(?!委员会|局|部|厅|办|中心|小组|组织|银行|集团|公司|大学|研究|改革|管理|执法|监察|检查|机构|单位|者|人)|\d{1,2}(?=[一-鿿])"
)
_USES = re.compile(
    r"(?:(?:也|都|还|则|又|再|可|应|要|需|将|能|能够|需要|必须|可以|通过|充分|大力|积极|不断|更加|加快|全面|逐步|尽快|很少)*"
    r"(?:利用|运用|借助|依托|依靠|采用|使用|发挥|引入|引进|突破|掌握|精通|搭建|构建|打造|建立|推广|推进|推动|加强|完善|拥有|关注|善用|熟悉|了解))+(?:好|了|着|各类|各种)?"
    r"|\d{1,2}(?:种|个|级|项|类|大|次)"
)
"""verbs that have a technology for their object, with the adverbs and auxiliaries before them (状语 in 朱德熙, 语法讲义, 1982)"""
_DOES = re.compile("会同|联合|开展|组织|推进|推动|实施|启动|印发|发布|要求|提出|加快|决定|牵头|负责")
"""what offices do in official documents: the verbs by which tasks are divided and decisions published"""
_JOINS = frozenset(("和", "与", "及", "以及", "、", "或", "会同", "联合", "同", "，"))


Tagged = list[tuple[str, str, int]]
"""words of a sentence with part of speech and place"""


def find_entities(structure: Structure, sentences: Sequence[Sentence], *, reading: Reading | None = None) -> tuple[Entity, ...]:
    """Entities in order of first mention; `clean_text[start:end]` is the name or an alias for every mention.

    `reading`: what the shipped encoder says of the text, where that is known already.

    甲省政务服务和数据管理局（以下简称数管局）应当牵头。 → government 甲省政务服务和数据管理局, alias 数管局.
    """
    text, model = structure.clean_text, shipped()
    words = tagged_sentences(text, sentences)
    reading = reading or encoder().read(text, structure.blocks, sentences)
    candidates, table = candidates_of(text, structure.blocks, sentences, model.tagger, words, reading)
    return finished(text, words, chosen(candidates, table, model))


def finished(text: str, words: Sequence[Tagged], said: Iterable[Mention]) -> tuple[Entity, ...]:
    """Entities from the mentions that the trees take for names: verbs cut off, lists parted, what acts and short names added, names joined."""
    acting = [one for some in words for one in acting_places(text, some)]
    offices = list(bodies().find(text))
    named = with_acting(text, without_clauses(text, [without_verb(text, one) for one in said], offices), acting)
    found = with_fellows(text, without_lists(text, [*offices, *named]))
    aliases = list(find_aliases(text, settle([*found, *find_policies(text)])))
    since = {alias.short: alias.since for alias in reversed(aliases)}
    # what the text has declared to be a short name stands for the full one from there on, and is no name of its own
    found = [one for one in found if one.start < since.get(text[one.start : one.end], len(text))]
    named_in_full = [with_marks(text, one) for one in [*found, *mentions_of(text, aliases)]]
    return gather(text, one_name(text, settle(named_in_full)), author=AUTHOR)


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The shipped encoder, for texts that nothing has read yet."""
    return load()


def candidates_of(
    text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], tagger: Tagger, words: Sequence[Tagged], reading: Reading
) -> tuple[list[Candidate], Table]:
    """What may be a name in the text, with its rows of features; `words` as `tagged_sentences` gives them."""
    known = list(lexicon().find(text))
    scores = tagger.scores(features(text, flat(words), known, blocks))
    marked = mentions(tagger.tag(scores, [(s.start, s.end) for s in sentences]))
    read = [Mention(start=one.start, end=one.end, type=TYPES[one.kind], confidence=0.7) for one in reading.names]
    candidates = collect(text, proposed(text, blocks, words, known), marked, read)
    return candidates, tabulate(text, blocks, candidates, Margins(scores), Margins(reading.name_scores), [word for some in words for word in some])


def proposed(text: str, blocks: Sequence[Block], words: Sequence[Tagged], known: Sequence[Mention]) -> Iterator[tuple[str, Mention]]:
    """What each rule takes for a name, with the rule's name."""
    yield from (("lexicon", one) for one in known)
    yield from (("policy", one) for one in find_policies(text))
    yield from (("scholar", one) for one in find_scholars(text))
    yield from (("keyword", one) for one in find_concepts(text, blocks))
    yield from (("register", one) for one in registered(text))
    yield from (("quoted", one) for one in quoted_terms(text))
    yield from (("quoted", one) for one in quoted_cases(text))
    yield from (("latin", one) for one in latin_and_foreign(text))
    yield from (("title", one) for one in find_titles(text))
    together = [word for some in words for word in some]
    yield from (("compound", one) for one in compounds(together))
    yield from (("word", one) for one in long_words(together))
    yield from (("place", one) for one in places(together))
    for some in words:
        yield from (("organisation", one) for one in find_organisations(some))
        yield from (("suffix", one) for one in by_suffix(some))
        yield from (("person", one) for one in people(some))


def chosen(candidates: Sequence[Candidate], table: Table, model: Model) -> Iterator[Mention]:
    """Mentions of the names that the trees take for entities, each with its likeliest kind."""
    p = model.probability(table)
    best: dict[int, tuple[float, int]] = {}
    for row, (n, kind) in enumerate(table.keys):
        k = TYPES.index(kind)
        if p[row] >= model.least[k] and p[row] > best.get(n, (0.0, 0))[0]:
            best[n] = (float(p[row]), k)
    for n, (sure, k) in best.items():
        for start, end in candidates[n].places:
            yield Mention(start=start, end=end, type=TYPES[k], confidence=sure)


def with_acting(text: str, named: Sequence[Mention], acting: Sequence[Mention]) -> list[Mention]:
    """The mentions with those divisions that act somewhere in the text; a division that acts is its government everywhere in it.

    What goes on over the verb behind it is a clause and no name: 甲市加快推进改革.
    """
    names = {text[one.start : one.end] for one in acting}
    ends = {one.start: one.end for one in acting}
    out = list(acting)
    for one in named:
        if one.end <= ends.get(one.start, one.end):
            government = one.type == "place" and text[one.start : one.end] in names
            out.append(msgspec.structs.replace(one, type="government") if government else one)
    return out


def without_clauses(text: str, named: Sequence[Mention], offices: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that begin with an office and what it does: 证监会会同中国科协开展试点 is a clause and no name of a case."""
    ends = {one.start: one.end for one in offices}
    return [one for one in named if not _DOES.match(text, ends.get(one.start, one.end), one.end)]


def without_verb(text: str, one: Mention) -> Mention:
    """A name without the verb that has it for its object, or the number of its heading.

    鼓励流通企业 → 流通企业; 3传媒智库 → 传媒智库; 充分利用大数据技术 → 大数据技术.
    """
    pattern = _GOVERNS if one.type in _ACTORS else _USES if one.type == "technology" else None
    verb = pattern.match(text, one.start, one.end) if pattern else None
    if verb is None or one.name or one.end - verb.end() < 2:
        return one
    return msgspec.structs.replace(one, start=verb.end())


def without_lists(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Mentions without those that are two names and what joins them: 各级政府和政府部门 where 各级政府 and 政府部门 are named."""
    ends: dict[int, list[int]] = {}
    for one in found:
        ends.setdefault(one.start, []).append(one.end)
    starts: dict[int, list[int]] = {}
    for one in found:
        starts.setdefault(one.end, []).append(one.start)
    return [one for one in found if not any(text[end:start] in _JOINS for end in ends[one.start] for start in starts[one.end] if end < start)]


def with_fellows(text: str, found: list[Mention]) -> list[Mention]:
    """With a scholar those cited in one breath with them: 张明远、李思齐等认为."""
    scholars = {one.start for one in found if one.type == "scholar"}
    cited = list(find_scholars(text))
    fellows: list[Mention] = []
    for at, one in enumerate(cited):
        near = [cited[n] for n in (at - 1, at + 1) if 0 <= n < len(cited)]
        if one.start not in scholars and any(other.start in scholars and _joined(text, one, other) for other in near):
            fellows.append(one)
    return [*found, *fellows]


def _joined(text: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return text[first.end : second.start] in _JOINS


def tagged_sentences(text: str, sentences: Sequence[Sentence]) -> list[Tagged]:
    """Words of each sentence with part of speech and place in `text`."""
    return [list(tagged(text[sentence.start : sentence.end], sentence.start)) for sentence in sentences]


def flat(words: Sequence[Tagged]) -> list[Word]:
    """The same as the tagger takes them, one behind the other."""
    return [Word(start, start + len(word), word, tag) for some in words for word, tag, start in some]


def tagged(text: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Words of `text` with jieba's part of speech and their place; `start` is the place of its first character."""
    at = 0
    for word, tag in rjieba.tag(text):
        # the segmenter may normalise nothing but never drops characters; a word that is not found again would break every offset after it
        place = text.find(word, at)
        if place < 0:
            continue
        yield word, tag, start + place
        at = place + len(word)
