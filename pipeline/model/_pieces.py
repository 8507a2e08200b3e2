"""Text → pieces of the encoder's vocabulary with the character place of each.

Characters are mapped one to one before segmenting (full width → half width, traditional → simplified, control → space),
so that no offset ever moves; the map and the vocabulary are made by `training.vocabulary` and lie in `pieces.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

MARK = "▁"
"""opens a text and stands for a space"""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""halves of characters that a damaged source can hold and that the tokenizer refuses"""
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3


@dataclass(frozen=True)
class Pieces:
    """The segmentation (Unigram, the likeliest split) and the character map."""

    tokenizer: Tokenizer
    characters: dict[int, int]
    markers: dict[str, int]
    """block role → id of the piece that opens such a block"""

    def segment(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids and half-open character spans of `text`: 数据孤岛 → ▁, 数据, 孤, 岛 at (0, 0), (0, 2), (2, 3), (3, 4).

        The word mark that opens a text has an empty span.
        """
        found = self.tokenizer.encode(_SURROGATE.sub("\ufffd", text).translate(self.characters), add_special_tokens=False)
        ids, spans = found.ids, found.offsets
        if ids and found.tokens[0] == MARK and not text.startswith(" "):
            spans[0] = (0, 0)
        return ids, spans


def read_pieces(data: bytes) -> Pieces:
    """Pieces from the file that `training.vocabulary` wrote."""
    content = json.loads(data)
    tokenizer = Tokenizer(Unigram([(piece, score) for piece, score in content["pieces"]], unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.pre_tokenizer = Metaspace(replacement=MARK, prepend_scheme="always", split=True)
    characters = {ord(source): ord(target) for source, target in zip(content["from"], content["to"], strict=True)}
    return Pieces(tokenizer, characters, content["markers"])
