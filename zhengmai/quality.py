"""How well the shipped model reads, in figures that were measured on documents it had not seen; where they stand in full is said with them."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import msgspec

from zhengmai.settings import REPOSITORY

__all__ = ["GROUPS", "Figure", "Quality", "quality"]

GROUPS = ("paper", "official", "essay", "law")
_ENCODER = "encoder.onnx"
MODEL = REPOSITORY / "pipeline" / "model"
"""read as a file: to import the package would load what runs the model"""


class _Manifest(msgspec.Struct, frozen=True):
    """What is told of the manifest (`pipeline.model.Manifest`)."""

    name: str
    files: dict[str, str]
    made: dict[str, object]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: F1 by group of documents, none where nothing was annotated."""

    key: str
    row: str
    """name of the row in `benchmarks/RESULTS.md`"""
    values: tuple[float | None, ...]
    """in the order of `GROUPS`"""
    few: tuple[bool, ...]
    """measured on fewer than 150 annotated items: to be told, not to be decided by"""


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """Figures, where they stand, and the model they are of."""

    heading: str
    """heading in `benchmarks/RESULTS.md` under which the figures stand, with the command that prints them"""
    figures: tuple[Figure, ...]
    model: str
    """name of the shipped model, out of its manifest"""
    same_model: bool
    """false: the figures are of an earlier model than the one that is shipped"""
    calibration_error: float | None
    """mean distance between the confidence that is given and the share that is right; on the documents for choosing"""


def quality() -> Quality:
    """The figures of the shipped model; nothing is computed and no model is loaded."""
    told = tomllib.loads(resources.files("zhengmai").joinpath("quality.toml").read_text(encoding="utf-8"))
    manifest = msgspec.json.decode((MODEL / "manifest.json").read_bytes(), type=_Manifest)
    figures = tuple(_figure(key, row) for key, row in told["figures"].items())
    measured: Any = manifest.made.get("figures on dev")
    error = measured.get("calibration error") if isinstance(measured, dict) else None
    return Quality(
        heading=told["heading"],
        figures=figures,
        model=manifest.name,
        same_model=manifest.files.get(_ENCODER) == told["encoder"],
        calibration_error=error if isinstance(error, float) else None,
    )


def _figure(key: str, row: dict[str, str]) -> Figure:
    cells = [row[group] for group in GROUPS]
    values = tuple(None if cell == "–" else float(cell.split()[0]) for cell in cells)
    return Figure(key=key, row=row["row"], values=values, few=tuple(cell.endswith("few") for cell in cells))
