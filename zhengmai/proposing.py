"""Names that papers propose: key words printed in Chinese and English in one order. An editor takes them into the register, or leaves them."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from corpus.concepts import Proposal, english_keywords, propose_from_keywords
from pipeline.records import Place
from zhengmai.documents import list_documents, read_statements
from zhengmai.holdings import Holdings

__all__ = ["Printed", "ProposedName", "proposed_names"]


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a pair of key words is printed: `chinese` and `english` are the places of the two lines in the source text."""

    document: str
    file: str
    chinese: Place
    english: Place


class ProposedName(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of key words with what the register knows of it.

    `new` is the word that `concept` does not bear yet; none where no concept bears either word: then the pair is a concept to be written.
    """

    chinese: str
    english: str
    concept: str | None
    new: str | None
    printed: tuple[Printed, ...]


def proposed_names(holdings: Holdings) -> tuple[ProposedName, ...]:
    """What the key words of all documents in the answers propose: the pairs that most documents print first, then by the Chinese word.

    Pairs of which a concept bears both words are left out, and so are documents that are kept internal.
    """
    register = holdings.register
    found: dict[Proposal, list[Printed]] = defaultdict(list)
    for held in list_documents(holdings):
        if held.status != "ready" or held.record.access == "internal":
            continue
        statements = read_statements(holdings, held.id)
        words, place = statements.document.keywords, statements.document.read_from.get("keywords")
        if not words or place is None:
            continue
        for block in statements.blocks:
            english = english_keywords(block.text)
            pairs = propose_from_keywords(register, words, english)
            for pair in pairs:
                found[pair].append(Printed(document=held.id, file=held.file, chinese=place, english=block.raw))
            if pairs:
                break
    rows = [
        ProposedName(chinese=pair.chinese, english=pair.english, concept=pair.concept, new=pair.new, printed=tuple(printed))
        for pair, printed in found.items()
        if pair.concept is None or pair.new is not None
    ]
    return tuple(sorted(rows, key=_order))


def _order(row: ProposedName) -> tuple[int, bool, str, str]:
    return -len(row.printed), row.concept is None, row.chinese, row.english
