"""A trained reader → one ONNX file with 8-bit weights, written node by node so that nothing in it depends on an exporter's version.

Matrices have one scale an output channel, vectors of pieces one a row. What flows in is quantised as it comes, by window. A few channels
behind the GELU are many times louder than the rest and would cost all others their precision, so the loudest of them are multiplied in
float32 and left out of the 8-bit product (LLM.int8, Dettmers et al. 2022, https://arxiv.org/abs/2208.07339), and each other channel is divided
by a factor that its weights are multiplied with (SmoothQuant, Xiao et al. 2023, https://arxiv.org/abs/2211.10438). On three documents 8 bits
changed 2.5 % of the tags without the former and 0.5 % with it. Norms, biases, places and the last layer stay in float32.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.network import EPSILON

MICROSOFT = "com.microsoft"
LOUD = 8
"""channels behind the GELU that stay in float32, of 1,536"""
State = Mapping[str, np.ndarray]


@dataclass
class Graph:
    """Nodes and constants under construction. `loudness`: name of a linear layer → largest size of each input channel, from real windows."""

    loudness: Mapping[str, np.ndarray]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, list(outputs), name=outputs[0], domain=domain, **attributes))
        return outputs[0]

    def quiet_product(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x · weightᵀ + bias with the loudest channels of x in float32 and the others in 8 bits."""
        loud = np.sort(np.argsort(-self.loudness[name], kind="stable")[:LOUD])
        quiet = np.ones(weight.shape[1], dtype=np.float32)
        quiet[loud] = 0
        (product,) = self.products(x, name, {f"{name}.product": (weight * quiet, bias)}, quiet=quiet)
        few = self.node("Gather", [x, self.constant(f"{name}.loud.places", loud.astype(np.int64))], f"{name}.loud", axis=-1)
        exact = self.node("MatMul", [few, self.constant(f"{name}.loud.w", weight.T[loud])], f"{name}.loud.product")
        return self.node("Add", [product, exact], f"{name}.total")

    def products(self, x: str, name: str, linear: Mapping[str, tuple[np.ndarray, np.ndarray]], *, quiet: np.ndarray | float = 1.0) -> list[str]:
        """x · weightᵀ + bias for each weight and bias, with x quantised once. `quiet` is 0 where a channel of x is left out."""
        largest = np.maximum(np.abs(np.concatenate([weight for weight, _ in linear.values()])).max(0), 1e-5)
        smooth = np.sqrt(np.maximum(self.loudness[name] * quiet, 1e-5) / largest).astype(np.float32)
        smoothed = self.node("Mul", [x, self.constant(f"{name}.smooth", (quiet / smooth).astype(np.float32))], f"{name}.smoothed")
        packed, scale, zero = f"{name}.in", f"{name}.in.scale", f"{name}.in.zero"
        self.node("DynamicQuantizeLinear", [smoothed], packed, scale, zero)
        out = []
        for key, (weight, bias) in linear.items():
            even = weight * smooth
            step = (np.maximum(np.abs(even).max(1), 1e-8) / 127).astype(np.float32)
            matrix = self.constant(f"{key}.packed", np.rint(even / step[:, None]).astype(np.int8).T)
            inputs = [packed, matrix, scale, self.constant(f"{key}.scale", step), zero, "", self.constant(f"{key}.bias", bias)]
            out.append(self.node("MatMulIntegerToFloat", inputs, key, domain=MICROSOFT))
        return out


def write_onnx(state: State, path: Path, *, heads: int, loudness: Mapping[str, np.ndarray]) -> None:
    """Write the network whose weights are `state` (names of `training.network.Reader`): `ids` [pieces] → `answers` [pieces, WIDTH]."""
    graph = Graph(loudness)
    x = _embedded(graph, state)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    for n in range(layers):
        x = _layer(graph, {name.removeprefix(f"layers.{n}."): w for name, w in state.items() if name.startswith(f"layers.{n}.")}, f"layers.{n}", x, heads)
    answers = graph.node("MatMul", [x, graph.constant("head.w", state["head.weight"].T)], "head.product")
    answers = graph.node("Add", [answers, graph.constant("head.b", state["head.bias"])], "head.sum")
    graph.node("Squeeze", [answers, graph.constant("zero", np.array([0], dtype=np.int64))], "answers")
    width = len(state["head.bias"])
    body = helper.make_graph(
        graph.nodes,
        "reader",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
        [helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["pieces", width])],
        graph.constants,
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], ir_version=9, producer_name="zhengmai")
    path.write_bytes(model.SerializeToString(deterministic=True))


def _embedded(graph: Graph, state: State) -> str:
    words = state["words.weight"]
    scale = np.maximum(np.abs(words).max(-1, keepdims=True), 1e-8) / 127
    rows = graph.node("Gather", [graph.constant("words.packed", np.rint(words / scale).astype(np.int8)), "ids"], "words.rows")
    rows = graph.node("Cast", [rows], "words.float", to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.constant("words.scale", scale.astype(np.float32)), "ids"], "words.scales")
    vectors = graph.node("Mul", [rows, scales], "words")
    length, places = graph.node("Shape", ["ids"], "length"), graph.constant("places.table", state["places.weight"])
    start, axis = (graph.constant(name, np.array([0], dtype=np.int64)) for name in ("start", "axis"))
    total = graph.node("Add", [vectors, graph.node("Slice", [places, start, length, axis], "places")], "embedded.sum")
    total = graph.node("Unsqueeze", [total, axis], "embedded.wide")
    weights = [graph.constant(f"embedded.{name}", state[f"ln.{name}"]) for name in ("weight", "bias")]
    return graph.node("LayerNormalization", [total, *weights], "embedded", axis=-1, epsilon=EPSILON)


def _layer(graph: Graph, state: State, name: str, x: str, heads: int) -> str:
    hidden = len(state["ao.bias"])
    rows = {part: slice(n * hidden, (n + 1) * hidden) for n, part in enumerate("qkv")}
    parts = graph.products(x, f"{name}.qkv", {f"{name}.{part}": (state["qkv.weight"][some], state["qkv.bias"][some]) for part, some in rows.items()})
    mixed = graph.node("MultiHeadAttention", parts, f"{name}.mixed", domain=MICROSOFT, num_heads=heads)
    (attended,) = graph.products(mixed, f"{name}.ao", {f"{name}.ao.product": (state["ao.weight"], state["ao.bias"])})
    x = _normed(graph, state, f"{name}.ln1", attended, x)
    (inner,) = graph.products(x, f"{name}.fi", {f"{name}.fi.product": (state["fi.weight"], state["fi.bias"])})
    inner = graph.node("Gelu", [inner], f"{name}.inner", domain=MICROSOFT)
    return _normed(graph, state, f"{name}.ln2", graph.quiet_product(inner, f"{name}.fo", state["fo.weight"], state["fo.bias"]), x)


def _normed(graph: Graph, state: State, name: str, x: str, skip: str) -> str:
    """Two plain nodes: the fused one takes five times as long on a processor."""
    total = graph.node("Add", [x, skip], f"{name}.sum")
    norm = name.rsplit(".", 1)[-1]
    weights = [graph.constant(f"{name}.{part}", state[f"{norm}.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", [total, *weights], name, axis=-1, epsilon=EPSILON)
