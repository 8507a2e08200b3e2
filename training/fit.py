"""The training loop: epochs over freshly cut windows, an average of the weights beside them, one checkpoint an epoch."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline.model._encoder import Encoder
from pipeline.model._heads import DIM, DIMS, HOLDS, NAMED, TAG, TAGS, ZONE, ZONES
from pipeline.model._pieces import Pieces
from pipeline.records import FACTOR_TYPES
from training.agreement import Counts, summary
from training.choose import Answered, choose
from training.network import Reader
from training.targets import IGNORE, Batch, Example, Prepared, batched, collated, examples, taught

HALF = any(torch.cpu.get_capabilities()[name] for name in ("amx_bf16", "avx512_bf16"))
"""whether the processor multiplies bfloat16 by itself: twice as fast there, several times slower than float32 where it must be imitated"""
LAST = "last.pt"
"""the checkpoint that a stopped run goes on from; it names its plan"""


@dataclass(frozen=True)
class Plan:
    """Everything that decides how a run goes; a checkpoint of another plan is refused."""

    epochs: int = 6
    rate: float = 1.5e-4
    head_rate: float = 2e-3
    seed: int = 0
    average: float = 0.99
    """share of the old in the running average of the weights, each step"""
    holds: float = 0.3
    dims: float = 0.1
    named: float = 0.1
    zones: float = 0.1
    layers: int = 12
    """of the encoder that are kept, from the first"""
    sharper: float = 2.0
    """power of a teacher's probabilities: what it holds likely is held likelier, else the edges of what is learnt from it blur"""


def loss_of(answers: torch.Tensor, batch: Batch, plan: Plan) -> torch.Tensor:
    """Tags, and beside them: does the sentence hold the type, dim of a factor, named by a heading, zone."""
    tags = functional.cross_entropy(answers[..., TAG].reshape(-1, len(TAGS)), batch.tags.reshape(-1), ignore_index=IGNORE, reduction="sum")
    tags = tags + functional.cross_entropy(answers[..., TAG][batch.told], batch.taught, reduction="sum")
    total = tags / ((batch.tags != IGNORE).sum() + batch.told.sum()).clamp(min=1)
    inside = batch.sentences >= 0
    rows = batch.sentences[inside]
    sizes = torch.zeros(len(batch.holds)).index_add_(0, rows, torch.ones(len(rows)))
    pooled = torch.zeros(len(batch.holds), len(FACTOR_TYPES)).index_add_(0, rows, answers[..., HOLDS][inside]) / sizes[:, None]
    total = total + plan.holds * functional.binary_cross_entropy_with_logits(pooled, batch.holds)
    if (batch.dims != IGNORE).any():
        total = total + plan.dims * functional.cross_entropy(answers[..., DIM].reshape(-1, len(DIMS)), batch.dims.reshape(-1), ignore_index=IGNORE)
    known = batch.named >= 0
    if known.any():
        total = total + plan.named * functional.binary_cross_entropy_with_logits(answers[..., NAMED][..., 0][known], batch.named[known])
    if (batch.zones != IGNORE).any():
        total = total + plan.zones * functional.cross_entropy(answers[..., ZONE].reshape(-1, len(ZONES)), batch.zones.reshape(-1), ignore_index=IGNORE)
    return total


def fit(
    model: Reader,
    train: Sequence[Prepared],
    dev: Sequence[Prepared],
    pieces: Pieces,
    plan: Plan,
    folder: Path,
    *,
    say: Callable[[str], None],
    lessons: Sequence[Sequence[Example]] = (),
) -> Reader:
    """The model with averaged weights after `plan.epochs`; goes on from the last checkpoint in `folder`.

    `lessons`: parts of unlabelled texts with what a teacher says of them. Each epoch reads one part in turn beside the annotated documents,
    the last one none: what people marked has the last word.
    """
    folder.mkdir(parents=True, exist_ok=True)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(plan.average))
    head = list(model.head.parameters())
    body = [p for name, p in model.named_parameters() if not name.startswith("head")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": plan.rate}, {"params": head, "lr": plan.head_rate}], weight_decay=0.01, fused=True)
    first, begun = 0, time.monotonic()
    last = folder / LAST
    if last.exists():
        state = torch.load(last, weights_only=False)
        if state["plan"] != plan:
            raise ValueError(f"{last} is of another run ({state['plan']}): give another folder or delete it")
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["epoch"]
        say(f"goes on after epoch {first}")
    for epoch in range(first, plan.epochs):
        rng = random.Random(f"{plan.seed}-{epoch}")
        torch.manual_seed(rng.randrange(2**31))
        found = [example for document in train for example in examples(document, pieces, rng=rng)]
        if lessons and epoch + 1 < plan.epochs:
            found += lessons[epoch % len(lessons)]
        order = batched(found, rng=rng)
        model.train()
        losses = []
        for step, some in enumerate(order):
            share = (epoch + step / len(order)) / plan.epochs
            slope = min(share / 0.08, 1.0) * max(0.02, 1 - share)
            for group, rate in zip(optimiser.param_groups, (plan.rate, plan.head_rate), strict=True):
                group["lr"] = rate * slope
            losses.append(_step(model, averaged, optimiser, collated([found[i] for i in some]), plan))
            if step % 40 == 0:
                say(f"  epoch {epoch + 1} step {step}/{len(order)} loss {np.mean(losses[-40:]):.4f} {time.monotonic() - begun:.0f} s")
        state = {"plan": plan, "epoch": epoch + 1, "model": model.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save(state, folder / "next.pt")
        (folder / "next.pt").replace(last)
        torch.save(averaged.module.state_dict(), folder / f"epoch{epoch + 1}.pt")
        rows = evaluated(averaged.module, dev, pieces)
        say(f"epoch {epoch + 1} loss {math.fsum(losses) / len(losses):.4f} {time.monotonic() - begun:.0f} s: dev {summary(rows)}")
    return averaged.module


def _step(model: Reader, averaged: torch.optim.swa_utils.AveragedModel, optimiser: torch.optim.Optimizer, batch: Batch, plan: Plan) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        answers = model(batch.ids, batch.mask)
    loss = loss_of(answers.float(), batch, plan)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    averaged.update_parameters(model)
    return loss.item()


def teach(teacher: Encoder, document: Prepared, plan: Plan) -> list[Example]:
    """Windows of the document with what a finished reader says of them."""
    out = []
    for example in examples(document, teacher.pieces):
        answers = teacher.session.run(None, {"ids": np.array(example.window.ids, dtype=np.int64)})[0].astype(np.float32)
        tags = torch.softmax(plan.sharper * torch.from_numpy(answers[:, TAG]), -1).numpy()
        holds = np.zeros_like(example.holds)
        for row in range(len(holds)):
            holds[row] = 1 / (1 + np.exp(-answers[example.sentences == row, HOLDS].mean(0)))
        out.append(taught(example, tags, holds))
    return out


def answered(model: Reader, found: Sequence[Example]) -> Iterator[tuple[int, np.ndarray]]:
    """Index of each window and the answers of its pieces."""
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        for some in batched(found):
            batch = collated([found[i] for i in some])
            answers = model(batch.ids, batch.mask).float().numpy()
            for row, i in enumerate(some):
                yield i, answers[row, : len(found[i].window.ids)]


def evaluated(model: Reader, documents: Sequence[Prepared], pieces: Pieces) -> list[Counts]:
    """Counts of each document against its annotation, with its annotated structure given."""
    rows = []
    for document in documents:
        found = examples(document, pieces)
        rows.append(Answered.of(document, [(found[i].window, answers) for i, answers in sorted(answered(model, found), key=_by_index)]))
    return choose(rows).rows


def _by_index(one: tuple[int, np.ndarray]) -> int:
    return one[0]
