"""The encoder (a BERT of twelve layers, 384 wide) with one row of answers for each piece, in PyTorch."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline.model._heads import WIDTH
from training.e5 import E5

EPSILON = 1e-12
CLOSED = -1e4
"""added to the weight of padding before the softmax"""


class Dropout(nn.Module):
    """A tenth of the numbers set to zero in training, by a random stretch of one long random mask: drawing a mask anew took an eighth of the time."""

    SHARE = 0.1
    SIZE = 1 << 21

    def __init__(self) -> None:
        super().__init__()
        self.pool: torch.Tensor | None = None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return x
        if self.pool is None or self.pool.dtype != x.dtype:
            self.pool = ((torch.rand(self.SIZE) >= self.SHARE) / (1 - self.SHARE)).to(x.dtype)
        at = int(torch.randint(0, self.SIZE - x.numel(), ()))
        return x * self.pool[at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    def __init__(self, encoder: E5, number: int) -> None:
        super().__init__()
        hidden, inner, self.heads = (encoder.settings[name] for name in ("hidden", "inner", "heads"))
        weights = {name.split(".", 1)[1]: w for name, w in encoder.weights.items() if name.startswith(f"l{number}.")}
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.qkv.weight.data = torch.tensor(np.concatenate([weights[f"{name}.w"].reshape(hidden, hidden) for name in "qkv"]))
        self.qkv.bias.data = torch.tensor(np.concatenate([weights[f"{name}.b"] for name in "qkv"]))
        self.ao, self.fi, self.fo = _linear(weights, "ao", hidden, hidden), _linear(weights, "fi", inner, hidden), _linear(weights, "fo", hidden, inner)
        self.ln1, self.ln2 = (_norm(weights[f"{name}.w"], weights[f"{name}.b"]) for name in ("aln", "oln"))
        self.drop = Dropout()

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, hidden = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = (part.contiguous().view(batch * self.heads, length, -1) for part in parts)
        # written out: the backward pass of the fused kernel takes half as long again on these short windows
        weights = torch.baddbmm(mask, q * q.shape[-1] ** -0.5, k.transpose(1, 2)).softmax(-1)
        mixed = torch.bmm(weights.to(v.dtype), v).view(batch, self.heads, length, -1)
        x = self.ln1(x + self.drop(self.ao(mixed.transpose(1, 2).reshape(batch, length, hidden))))
        return self.ln2(x + self.drop(self.fo(functional.gelu(self.fi(x)))))


class Reader(nn.Module):
    """Ids and mask `[batch, pieces]` → answers `[batch, pieces, WIDTH]`. `rows`: for each piece of the cut vocabulary, where its vector comes from."""

    def __init__(self, encoder: E5, rows: list[list[int]], *, layers: int | None = None) -> None:
        super().__init__()
        hidden = encoder.settings["hidden"]
        full = encoder.weights["emb.word"].reshape(-1, hidden)
        self.words = nn.Embedding.from_pretrained(torch.tensor(np.stack([full[some].mean(0) for some in rows])), freeze=False)
        places = encoder.weights["emb.pos"].reshape(-1, hidden) + encoder.weights["emb.type"][:hidden]
        self.places = nn.Embedding.from_pretrained(torch.tensor(places), freeze=False)
        self.ln = _norm(encoder.weights["emb.ln.w"], encoder.weights["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(encoder, n) for n in range(layers or encoder.settings["layers"]))
        self.drop, self.head = Dropout(), nn.Linear(hidden, WIDTH)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.drop(self.ln(self.words(ids) + self.places.weight[: ids.shape[1]][None]))
        heads = self.layers[0].heads
        closed = torch.zeros(mask.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32).masked_fill(~mask, CLOSED)
        closed = closed[:, None, None, :].expand(-1, heads, -1, -1).reshape(len(ids) * heads, 1, -1)
        for layer in self.layers:
            x = layer(x, closed)
        return self.head(self.drop(x)).float()


def _linear(weights: dict[str, np.ndarray], name: str, out: int, size: int) -> nn.Linear:
    layer = nn.Linear(size, out)
    layer.weight.data = torch.tensor(weights[f"{name}.w"].reshape(out, size))
    layer.bias.data = torch.tensor(weights[f"{name}.b"])
    return layer


def _norm(weight: np.ndarray, bias: np.ndarray) -> nn.LayerNorm:
    layer = nn.LayerNorm(len(weight), eps=EPSILON)
    layer.weight.data, layer.bias.data = torch.tensor(weight), torch.tensor(bias)
    return layer
