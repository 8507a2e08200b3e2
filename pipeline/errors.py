"""Errors of the pipeline.

PipelineError
├── ModelMissing      the shipped model, or a part of it, is not where it belongs
├── ModelDamaged      a file of the model is not the one that the manifest names
├── ModelOutdated     a shipped file was written by another version of the code that reads it
├── SameStem          two files of one call would write the same statement file
└── OutputNotWritable the folder for statement files cannot be written
"""

from __future__ import annotations

from pathlib import Path


class PipelineError(Exception):
    """Root of all errors that the pipeline raises on purpose; `code` is its key in the message catalogue."""

    code = "pipeline"


class ModelMissing(PipelineError):
    """The shipped model, or a part of it, is not where it belongs."""

    code = "model_missing"

    def __init__(self, path: Path) -> None:
        super().__init__(f"model file {path} is missing: the checkout is incomplete; get it again or run `make train`")
        self.path = path


class ModelDamaged(PipelineError):
    """A file of the model is not the one that the manifest names."""

    code = "model_damaged"

    def __init__(self, path: Path, *, expected: str, found: str) -> None:
        super().__init__(f"model file {path} has hash {found[:12]}, the manifest names {expected[:12]}: it was changed or cut; get the checkout again")
        self.path, self.expected, self.found = path, expected, found


class ModelOutdated(PipelineError):
    """A shipped file was written by another version of the code that reads it."""

    code = "model_outdated"

    def __init__(self, path: Path, *, lacks: str, remedy: str) -> None:
        super().__init__(f"model file {path.name} lacks {lacks}: it was written by another version; get the checkout again or run `{remedy}`")
        self.path, self.lacks = path, lacks


class SameStem(PipelineError):
    """Two files of one call would write the same statement file."""

    code = "same_stem"

    def __init__(self, first: Path, second: Path) -> None:
        super().__init__(f"{first} and {second} would both write {first.stem}.json: rename one, or extract them into two folders")
        self.first, self.second = first, second


class OutputNotWritable(PipelineError):
    """The folder for statement files cannot be written."""

    code = "output_not_writable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write into {path}: {reason}; name another folder with --out")
        self.path, self.reason = path, reason
