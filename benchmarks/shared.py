"""The annotated documents beside the repository: where they are, which part and group each belongs to, and the scorer that judges."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
BENCHMARK = REPOSITORY.parent / "shared" / "benchmark"
GROUPS = ("paper", "official", "essay", "law")


def require_benchmark() -> Path:
    """Folder of the annotated documents; ends the program with one line where it is absent."""
    if not (BENCHMARK / "score.py").exists():
        raise SystemExit(f"bench: the annotated documents are not at {BENCHMARK}; figures need them")
    return BENCHMARK


def split() -> dict[str, tuple[str, str]]:
    """Document key → (part, group)."""
    rows = [line.split("\t") for line in (BENCHMARK / "SPLIT.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return {key: (part, group) for key, part, group in rows}


def documents(*parts: str) -> list[Path]:
    """Files of the documents of `parts`, in the order of their keys."""
    wanted = {key for key, (part, _) in split().items() if part in parts}
    return sorted(path for path in (BENCHMARK / "documents").iterdir() if path.stem in wanted)


def scorer() -> ModuleType:
    """The module `score.py` of the annotated documents."""
    spec = importlib.util.spec_from_file_location("score", BENCHMARK / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def answers(file: Path, *, part: str) -> dict[str, Any]:
    """What `answers.py` says of a file of answers, by concept and for `ALL`."""
    command = [sys.executable, str(BENCHMARK / "answers.py"), str(BENCHMARK / "gold"), str(file), "--part", part, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    table: dict[str, Any] = json.loads(done.stdout)
    return table
