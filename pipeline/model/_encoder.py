"""The shipped encoder: manifest, files checked by hash, and one run a window on one thread, so that nothing a window says depends on others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime as ort

from pipeline.errors import ModelDamaged, ModelMissing
from pipeline.model._decode import Found, decoded
from pipeline.model._exact import exact_by_itself, options_of
from pipeline.model._names import Name, names, nothing, spread
from pipeline.model._pieces import Pieces, read_pieces
from pipeline.model._windows import Window, segmented_lines, windows
from pipeline.records import Block, Sentence

FOLDER = Path(__file__).parent
ENCODER, PIECES, MANIFEST = "encoder.onnx", "pieces.json", "manifest.json"


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """Logistic curve from what the heads say of a factor to how often such a factor is right (fitted on *dev*)."""

    weights: dict[str, float]
    """feature → weight; features are those of `pipeline.extract._factors_confidence`"""
    least: float = 0.0
    """factors below this confidence are not said: half of the F1 that can be reached is where leaving out begins to cost more than it gains"""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the files are, how they were made and how they are to be read."""

    name: str
    files: dict[str, str]
    """file → SHA-256"""
    calibration: Calibration
    made: dict[str, object]
    """plan, seed, hashes of the data, versions, figures"""


@dataclass(frozen=True)
class Reading:
    """What the encoder says of one text, in text order; places are in the cleaned text."""

    factors: tuple[Found, ...]
    """`Found.sentence` is an index into the sentences"""
    names: tuple[Name, ...]
    """each place of a name for itself"""
    name_scores: np.ndarray
    """`[characters, NAME_TAGS]`: log probability of the tags of names"""

    @classmethod
    def of(cls, size: int, windows: Iterable[tuple[Window, np.ndarray]]) -> Reading:
        """From the windows of a text of `size` characters with the answers of their pieces, which are let go one by one."""
        found: list[Found] = []
        named: list[Name] = []
        scores = nothing(size)
        for window, answers in windows:
            found += decoded(window, answers)
            named += names(window, answers)
            spread(window, answers, scores)
        return cls(tuple(found), tuple(named), scores)


@dataclass(frozen=True)
class Encoder:
    """The loaded encoder. It holds no state between texts: same input → same answers."""

    manifest: Manifest
    pieces: Pieces
    session: ort.InferenceSession

    def read(self, clean_text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> Reading:
        """What the heads say of every piece of every sentence, window by window."""
        found = read_windows(clean_text, blocks, sentences, self.pieces)
        return Reading.of(len(clean_text), ((window, self.session.run(None, {"ids": np.array(window.ids, dtype=np.int64)})[0]) for window in found))


def read_windows(clean_text: str, blocks: Sequence[Block], sentences: Sequence[Sentence], pieces: Pieces) -> Iterator[Window]:
    """The text as the encoder reads it."""
    lines = segmented_lines(clean_text, blocks, sentences, pieces)
    title = next((block.text for block in blocks if block.role == "title"), None)
    return windows(lines, pieces, title=title)


def load(folder: Path = FOLDER) -> Encoder:
    """The encoder of `folder`, each file checked against the manifest.

    Raises:
        ModelMissing: a file is not there.
        ModelDamaged: a file is not the one that the manifest names.
    """
    manifest = _manifest(folder)
    data = {name: _checked(folder / name, expected) for name, expected in manifest.files.items()}
    return Encoder(manifest, read_pieces(data[PIECES]), session_of(data[ENCODER]))


def session_of(data: bytes) -> ort.InferenceSession:
    """A session on one thread whose whole numbers are exact on every processor: the same answers everywhere.

    Where pairs of products of bytes would overflow, 1.7 % of the tags came out otherwise; `_exact.py` tells such processors.
    """
    options = options_of(exact=not exact_by_itself())
    return ort.InferenceSession(data, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])


def model_name(folder: Path = FOLDER) -> str | None:
    """Name of the shipped model and the first digits of its hash, `factors.encoder.v1 3f2a…`; none where none is shipped."""
    return _name(folder) if (folder / MANIFEST).exists() else None


@cache
def _name(folder: Path) -> str:
    manifest = _manifest(folder)
    return f"{manifest.name} {manifest.files[ENCODER][:12]}"


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.exists():
        raise ModelMissing(path)
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


def _checked(path: Path, expected: str) -> bytes:
    if not path.exists():
        raise ModelMissing(path)
    data = path.read_bytes()
    found = sha256(data).hexdigest()
    if found != expected:
        raise ModelDamaged(path, expected=expected, found=found)
    return data
