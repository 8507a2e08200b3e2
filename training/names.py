"""The encoder's head for names: `python -m training.names ../shared` fits it on the finished reader and writes it into `encoder.onnx`.

The last layers know statements and have let go of names: a head over the twelfth layer alone finds 5 % of the mentions of *dev*, over the
tenth 17 %, the eighth 28 %, the sixth 37 %. So one hidden layer reads the fourth and sixth, and the reader itself stays as it is, to the last
bit of its answers. Each window of *train* is read once; fitting takes half a minute, so that the names of a document can be weighed by a
head that has not seen it (`training.entities`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional

from pipeline.extract.entities._mention import places_of
from pipeline.extract.entities._tagger import TYPES, mentions
from pipeline.model._encoder import ENCODER, FOLDER, MANIFEST, Manifest, Reading, load, read_windows, session_of
from pipeline.model._heads import ANSWERS, NAME_TAGS, WIDTH
from pipeline.model._pieces import Pieces
from pipeline.model._windows import CONTEXT, Window
from pipeline.records import Sentence
from pipeline.structure import Structure
from training.annotated import Annotated, annotated_documents
from training.marked import learnt_documents
from training.ship import write_manifest

__all__ = ["Head", "Lower", "Tapped", "fit_head", "name_tags"]

LAYERS = ("layers.3.ln2", "layers.5.ln2")
HIDDEN, EPOCHS, RATE, DROPPED, BATCH = 256, 5, 1e-3, 0.3, 2048
OWN = "names."
"""what the parts of the head are called in the file"""
READER = "reader.answers"


def name_tags(document: Annotated) -> np.ndarray:
    """For each character 0, or 1 + 2k at the beginning and 2 + 2k inside a name of the k-th kind.

    Every place of an annotated name or alias is taken for a mention, the longest name first.
    """
    text = document.structure.clean_text
    tags = np.zeros(len(text), dtype=np.int64)
    names = [(name, entity.type) for entity in document.entities for name in (entity.name, *entity.aliases) if len(name) > 1]
    for name, kind in sorted(set(names), key=lambda pair: (-len(pair[0]), pair)):
        for start, end in places_of(text, name):
            if not tags[start:end].any():
                tags[start:end] = 2 + 2 * TYPES.index(kind)
                tags[start] -= 1
    return tags


def piece_tags(window: Window, tags: np.ndarray) -> np.ndarray:
    """The name that most characters of each piece lie in; it begins at the piece that holds its first character. -1 in the context."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    for n, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
        kinds = (tags[start:end] + 1) // 2
        for kind in np.unique(kinds[kinds > 0]).tolist():
            inside = kinds == kind
            if 2 * inside.sum() > end - start:
                out[n] = 2 * kind - bool((tags[start:end][inside] % 2 == 1).any())
    return np.where(np.array(window.sentences) == CONTEXT, -1, out)


@dataclass(frozen=True)
class Lower:
    """A document as the encoder reads it: each window with the answers of the reader's heads and, beside them, the lower layers `[pieces, 768]`."""

    size: int
    windows: list[tuple[Window, np.ndarray, np.ndarray]]

    def read(self, head: Head) -> Reading:
        """What the encoder would say with this head for names."""
        return Reading.of(self.size, ((window, np.concatenate([answers[:, :WIDTH], head.answers(lower)], axis=1)) for window, answers, lower in self.windows))


@dataclass(frozen=True)
class Tapped:
    """The encoder with its lower layers laid open."""

    session: ort.InferenceSession
    pieces: Pieces

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Tapped:
        model = without_head(onnx.load(folder / ENCODER))
        model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in LAYERS)
        return cls(session_of(model.SerializeToString()), load(folder).pieces)

    def read(self, structure: Structure, sentences: Sequence[Sentence]) -> Lower:
        windows = []
        for window in read_windows(structure.clean_text, structure.blocks, sentences, self.pieces):
            answers, *layers = self.session.run(None, {"ids": np.array(window.ids, dtype=np.int64)})
            windows.append((window, answers, np.concatenate([layer[0] for layer in layers], axis=1).astype(np.float16)))
        return Lower(len(structure.clean_text), windows)


class Head(nn.Module):
    """Lower layers `[pieces, 768]` → `[pieces, NAME_TAGS]`: norm, one hidden layer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.inner, self.outer = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, len(NAME_TAGS))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        said: torch.Tensor = self.outer(self.drop(functional.gelu(self.inner(self.drop(self.norm(x.float()))))))
        return said

    def answers(self, lower: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return self(torch.from_numpy(lower)).numpy()


def fit_head(documents: Sequence[Annotated], lower: Sequence[Lower], *, seed: int = 0) -> Head:
    """The head after a few passes over all pieces of the documents; `lower`: how the encoder reads each of them."""
    torch.manual_seed(seed)
    rows, wanted = [], []
    for document, read in zip(documents, lower, strict=True):
        tags = name_tags(document)
        for window, _, layers in read.windows:
            own = piece_tags(window, tags)
            rows.append(layers[own >= 0])
            wanted.append(own[own >= 0])
    x, y = torch.from_numpy(np.concatenate(rows)), torch.from_numpy(np.concatenate(wanted))
    head = Head(x.shape[1])
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    batches = max(1, len(x) // BATCH)
    for epoch in range(EPOCHS):
        order = torch.randperm(len(x))
        for n in range(batches):
            optimiser.param_groups[0]["lr"] = RATE * (1 - (epoch * batches + n) / (EPOCHS * batches))
            some = order[n * BATCH : (n + 1) * BATCH]
            loss = functional.cross_entropy(head(x[some]), y[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return head.eval()


def without_head(model: onnx.ModelProto) -> onnx.ModelProto:
    """The reader alone, as `training.export` wrote it."""
    graph = model.graph
    if not any(node.output[0].startswith(OWN) for node in graph.node):
        return model
    for parts in (graph.node, graph.initializer):
        kept = [part for part in parts if not (part.output[0] if isinstance(part, onnx.NodeProto) else part.name).startswith((OWN, "answers"))]
        del parts[:]
        parts.extend(kept)
    last = next(node for node in graph.node if node.output[0] == READER)
    last.output[0] = last.name = "answers"
    graph.output[0].CopyFrom(helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["pieces", WIDTH]))
    return model


def with_head(model: onnx.ModelProto, head: Head) -> onnx.ModelProto:
    """The reader with the head's answers behind its own; matrices in 16 bits, multiplied in 32."""
    graph = without_head(model).graph
    last = next(node for node in graph.node if node.output[0] == "answers")
    last.output[0] = last.name = READER

    def node(kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        graph.node.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(name: str, value: np.ndarray) -> str:
        graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value), OWN + name))
        return OWN + name

    def product(x: str, name: str, linear: nn.Linear) -> str:
        packed = constant(f"{name}.packed", linear.weight.detach().numpy().T.astype(np.float16))
        wide = node("Cast", [packed], f"{OWN}{name}.w", to=TensorProto.FLOAT)
        return node("Add", [node("MatMul", [x, wide], f"{OWN}{name}.product"), constant(f"{name}.b", linear.bias.detach().numpy())], f"{OWN}{name}")

    width = head.inner.in_features
    even = [constant("one", np.ones(width, dtype=np.float32)), constant("none", np.zeros(width, dtype=np.float32))]
    x = node("LayerNormalization", [node("Concat", list(LAYERS), f"{OWN}in", axis=-1), *even], f"{OWN}norm", axis=-1, epsilon=head.norm.eps)
    x = node("Gelu", [product(x, "inner", head.inner)], f"{OWN}gelu", domain="com.microsoft")
    x = node("Squeeze", [product(x, "outer", head.outer), constant("zero", np.array([0], dtype=np.int64))], f"{OWN}answers")
    node("Concat", [READER, x], "answers", axis=1)
    graph.output[0].CopyFrom(helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["pieces", ANSWERS]))
    return model


def mentions_found(documents: Sequence[Annotated], readings: Sequence[Reading]) -> tuple[float, float]:
    """Precision and recall of mentions: same place, same kind."""
    right = shown = wanted = 0
    for document, reading in zip(documents, readings, strict=True):
        there = {(one.start, one.end, one.type) for one in mentions(name_tags(document).astype(np.int8))}
        here = {(name.start, name.end, TYPES[name.kind]) for name in reading.names}
        right, shown, wanted = right + len(here & there), shown + len(here), wanted + len(there)
    return right / max(1, shown), right / max(1, wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="example: python -m training.names ../shared")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model", type=Path, default=FOLDER, help="folder of the reader that gets the head")
    args = parser.parse_args()
    benchmark = args.shared / "benchmark"
    train, dev = list(learnt_documents(benchmark)), list(annotated_documents(benchmark, "dev"))
    tapped = Tapped.load(args.model)
    head = fit_head(train, [tapped.read(document.structure, document.sentences) for document in train])
    precision, recall = mentions_found(dev, [tapped.read(document.structure, document.sentences).read(head) for document in dev])
    print(f"mentions of dev: precision {precision:.3f} recall {recall:.3f}")
    data = with_head(onnx.load(args.model / ENCODER), head).SerializeToString(deterministic=True)
    (args.model / ENCODER).write_bytes(data)
    manifest = msgspec.json.decode((args.model / MANIFEST).read_bytes(), type=Manifest)
    figures = {"layers": LAYERS, "mentions of dev": {"precision": round(precision, 4), "recall": round(recall, 4)}}
    manifest = msgspec.structs.replace(manifest, files={**manifest.files, ENCODER: sha256(data).hexdigest()}, made={**manifest.made, "names": figures})
    write_manifest(args.model, manifest)
    print(f"{args.model / ENCODER}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
