"""The vocabulary that is shipped: pieces of the encoder seen in unlabelled policy texts, and every simplified single character it knows.

250,000 pieces of a hundred languages become about 16,000. Segmentation runs over the cut vocabulary, in training as in the product,
so a word that was cut away falls apart into shorter pieces that stayed. Texts of *test* are never read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import opencc
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from pipeline.model._pieces import BEGIN, END, MARK, PAD, UNKNOWN
from pipeline.records import KEPT_ROLES
from training.annotated import keys_of
from training.e5 import E5

HAN = re.compile("[\u3400-\u9fff]")
LEAST = 8
"""Chinese characters that a line needs to be read: formulas, tables and English references teach no useful piece"""
LARGEST = 16_000
MARKERS = {"title": "题目", "abstract": "摘要", "keywords": "关键词", "heading": "标题", "body": "正文"}
"""role → the words whose vector its marker starts from"""


@dataclass(frozen=True)
class Vocabulary:
    """What goes into `pieces.json`, and for each row the rows of the full table that its vector starts from (their mean)."""

    content: bytes
    rows: list[list[int]]


def character_map(normal: dict[str, str]) -> dict[str, str]:
    """One-to-one map of characters: NFKC as the encoder was trained with where that is one character, else its first; traditional → simplified."""
    simplify = opencc.OpenCC("t2s")
    table = {}
    for source, target in normal.items():
        target = target.strip()
        table[source] = target[0] if target else " "
    for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)):
        source = chr(code)
        target = simplify.convert(table.get(source, source))
        if len(target) == 1 and target != source:
            table[source] = target
    for source, target in table.items():  # 兀 → 兀 → 兀: one step reaches the end
        table[source] = table.get(target, target)
    return {source: target for source, target in sorted(table.items()) if source != target}


def lines(folders: Iterable[Path]) -> Iterator[str]:
    """Chinese lines of every text below the folders, in a fixed order."""
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".md", ".txt")):
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            if len(HAN.findall(line)) >= LEAST:
                yield line.strip()


def cut(encoder: E5, texts: Iterable[str], *, largest: int = LARGEST) -> Vocabulary:
    """The commonest pieces of `texts`, all simplified single characters, printable ASCII, and a marker for each role of a kept block."""
    table = character_map(encoder.normal)
    translate = str.maketrans(table)
    full = Tokenizer(Unigram(list(zip(encoder.pieces, map(float, encoder.scores), strict=True)), unk_id=UNKNOWN, byte_fallback=False))
    full.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always", split=True)
    seen: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text.translate(translate)[:5000])
        if len(batch) == 2000:
            for found in full.encode_batch(batch, add_special_tokens=False):
                seen.update(found.ids)
            batch = []
    for found in full.encode_batch(batch, add_special_tokens=False):
        seen.update(found.ids)
    special = [BEGIN, PAD, END, UNKNOWN]
    single = {
        i for i, piece in enumerate(encoder.pieces) if i > UNKNOWN and len(piece) == 1 and (piece.isascii() or piece == MARK or _simplified(piece, table))
    }
    common = [i for i, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])) if i > UNKNOWN and i not in single]
    kept = special + sorted(single | set(common[: largest - len(special) - len(single)]))
    rows = [[i] for i in kept] + [full.encode(words, add_special_tokens=False).ids for words in MARKERS.values()]
    floor = float(np.min(encoder.scores)) - 10
    pieces = [[encoder.pieces[i], round(float(encoder.scores[i]), 4)] for i in kept] + [[f"<{role}>", floor] for role in MARKERS]
    markers = {role: len(kept) + n for n, role in enumerate(KEPT_ROLES)}
    content = {"pieces": pieces, "from": "".join(table), "to": "".join(table.values()), "markers": markers}
    return Vocabulary(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), rows)


def _simplified(piece: str, table: dict[str, str]) -> bool:
    return HAN.match(piece) is not None and piece not in table


def kept(encoder: E5, shared: Path, work: Path) -> Vocabulary:
    """The vocabulary from the unlabelled texts and the training documents below `shared`; made once and kept in `work`."""
    content, rows = work / "pieces.json", work / "rows.json"
    if not rows.exists():
        made = cut(encoder, _texts(shared))
        content.write_bytes(made.content)
        rows.write_text(json.dumps(made.rows), encoding="utf-8")
    return Vocabulary(content.read_bytes(), json.loads(rows.read_text(encoding="utf-8")))


def _texts(shared: Path) -> Iterator[str]:
    yield from lines([shared / "texts"])
    for key, _ in keys_of(shared / "benchmark", "train"):
        for line in (shared / "benchmark" / "gold" / f"{key}.sents.tsv").read_text(encoding="utf-8").splitlines():
            yield line.split("\t")[2]
