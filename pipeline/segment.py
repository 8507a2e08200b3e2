"""Sentences and words of the cleaned text: a blank Chinese spaCy `Language` over jieba's own dictionary makes the `Doc`.

Names of the register are matched beside the tokenizer (`corpus.concepts`), so that adding one never moves a word boundary,
and no word is ever added for one document (jieba's dictionary is shared by the whole process).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import jieba
import spacy
from spacy.language import Language

from pipeline.records import Block, Sentence, content_id

TERMINATORS = frozenset("。！？!?…")
CLOSERS = frozenset("”』」》）)】]〉’")
PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "［": "］", "[": "]"}
GOES_ON = frozenset("，,、；;：:")
LONGEST_BRACKET = 300
"""a bracket that is not closed within so many characters is a slip of the text, and closes nothing"""


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char in "〇々"


def _bracket_ends(text: str) -> dict[int, int]:
    """Place of each opening bracket → place of its partner, for brackets that are closed and not too long."""
    ends: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in PAIRS:
            waiting.append((PAIRS[char], at))
        elif waiting and char in PAIRS.values():
            while waiting:
                closer, opened = waiting.pop()
                if closer == char:
                    if at - opened <= LONGEST_BRACKET:
                        ends[opened] = at
                    break
    return ends


def _ends_here(text: str, at: int) -> bool:
    """Whether the mark at `at` can end a sentence: 。！？… always, ASCII marks only where no number, address or abbreviation goes on."""
    char = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if char == ".":
        if _is_han(before):  # a converter's full stop: 建立机制.应当
            return not after or _is_han(after) or after.isspace()
        later = text[at + 2] if at + 2 < len(text) else ""
        two_letters = before.islower() and at > 1 and text[at - 2].isalpha()
        return (not after or (after.isspace() and (later.isupper() or _is_han(later)))) and (two_letters or before in ')]”"' or before.isdigit())
    if char in "!?":
        return not (after.isascii() and after.isalnum())
    if char == "…":
        return after != "…" and (before == "…" or not _is_han(after))
    return char in TERMINATORS


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Half-open places of the sentences of a block, without the blanks between them.

    A closing mark belongs to the sentence that it closes, brackets, numbers and addresses stay whole, a mark before a comma
    does not end anything. GB/T 15834-2011 (标点符号用法) 4.1–4.3 and 4.8 name the marks.

    >>> [text[a:b] for a, b in sentence_places("他强调：“必须打破数据孤岛。”会议要求抓好落实。")]  # doctest: +SKIP
    ['他强调：“必须打破数据孤岛。”', '会议要求抓好落实。']
    """
    brackets = _bracket_ends(text)
    start, at, quotes = 0, 0, 0
    while at < len(text):
        char = text[at]
        if at in brackets:
            quotes += text.count('"', at, brackets[at])
            at = brackets[at] + 1
            continue
        if char == '"':
            quotes += 1
        if (char in TERMINATORS or char == ".") and _ends_here(text, at):
            end = at + 1
            while end < len(text) and (text[end] in TERMINATORS or text[end] in CLOSERS or (text[end] == '"' and quotes % 2)):
                quotes += text[end] == '"'
                end += 1
            if end < len(text) and text[end] in GOES_ON:
                at = end
                continue
            yield from _trimmed(text, start, end)
            start = at = end
            continue
        at += 1
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def split_sentences(blocks: Iterable[Block]) -> Iterator[Sentence]:
    """Sentences of the kept blocks, in order, with offsets into the cleaned text; a heading is one sentence, none crosses a block."""
    for block in blocks:
        if block.start is None:
            continue
        places: Iterable[tuple[int, int]] = sentence_places(block.text) if block.role != "heading" else _trimmed(block.text, 0, len(block.text))
        for start, end in places:
            yield Sentence(id=content_id("s", block.id, start, end), start=block.start + start, end=block.start + end, block=block.id)


def blank_language() -> Language:
    """A Chinese `Language` without components, whose tokenizer is jieba with its own dictionary alone."""
    # jieba announces the loading of its dictionary on stderr; that is no message for our users. Its own import sets the level anew.
    jieba.setLogLevel(logging.WARNING)
    language = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    # spaCy guards its parser against long texts; there is none here, and every step is linear
    language.max_length = 1 << 31
    return language
