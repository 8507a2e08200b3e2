"""model: the shipped encoder and the code that runs it: pieces, windows, ONNX session, decoding. No PyTorch, no network.

`encoder.onnx`, `pieces.json` and `manifest.json` lie beside this file; `load` refuses files whose hash the manifest does not name.
"""

from __future__ import annotations

from pipeline.model._decode import Found
from pipeline.model._encoder import Encoder, Manifest, Reading, load, model_name

__all__ = ["Encoder", "Found", "Manifest", "Reading", "load", "model_name"]
