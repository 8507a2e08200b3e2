"""Does this processor add products of bytes exactly by itself?

Those with dot products of bytes (VNNI and its like) do. Others add pairs of products in 16 bits, and two loud ones overflow. ONNX Runtime's
`session.x64quantprecision` takes an exact way instead (docs/performance/model-optimizations/quantization), to the same numbers, but takes
it on the former processors too, where an encoder run then lasts half as long again. So the sum in question is tried out once.
"""

from __future__ import annotations

from base64 import b85decode
from functools import cache

import numpy as np
import onnxruntime as ort

__all__ = ["EXACT", "exact_by_itself", "options_of"]

EXACT = "session.x64quantprecision"
_ROW, _LARGEST, _WEIGHT = 4, 255, 127
_PRODUCT = b85decode(
    "2niAZI+y_p7zzP+3ITT#0eK<~O<{CRb!<s)bY*8{auNk_a&KZ~DoY3i2oMkhLIHP5K!1OKe}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}e}8{}"
    "e}8{}e}8{}e}8{}e_9g?0eBJ)3JeGW5(o+c2muNL2n1pi3ITZ%4hjqi1`-Gg0tf*L0tgU71PTBU5d"
)
"""an ONNX model: y [1, 16] = x [1, 4] of unsigned bytes times a matrix of signed ones, each of them 127 (MatMulInteger, opset 17)"""


def options_of(*, exact: bool) -> ort.SessionOptions:
    """Options of a session on one thread (more threads belong to more workers); with `exact` the exact way is asked for."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    # the exact way is chosen by an optimiser of this level; another one would bring back a slow norm
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 3
    if exact:
        options.add_session_config_entry(EXACT, "1")
    return options


def products(*, exact: bool) -> list[int]:
    """Sixteen times the sum of four products 255 · 127 as a session with or without the exact way gives it."""
    session = ort.InferenceSession(_PRODUCT, options_of(exact=exact), providers=["CPUExecutionProvider"])
    (out,) = session.run(None, {"x": np.full((1, _ROW), _LARGEST, dtype=np.uint8)})
    return [int(value) for value in out[0]]


@cache
def exact_by_itself() -> bool:
    """True where the sum comes out right without the exact way: 129,540 for four loud bytes, not 65,534."""
    return set(products(exact=False)) == {_ROW * _LARGEST * _WEIGHT}
