"""clean: a source text → readable lines, every change in a journal with its raw place. A step a module; `STEPS` is the order."""

from __future__ import annotations

from corpus.records import SourceText
from pipeline.clean._draft import Change, Draft, Edit, Step, run_steps

STEPS: tuple[Step, ...] = ()

__all__ = ["STEPS", "Change", "Draft", "Edit", "Step", "clean"]


def clean(source: SourceText) -> Draft:
    """`source` after every cleaning step: lines of readable text with the raw place of each character."""
    draft = Draft.of(source.text)
    for draft in run_steps(source, STEPS):
        pass
    return draft
