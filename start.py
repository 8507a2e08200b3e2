"""Install and run Zhengmai with the standard library alone: `python start.py run`, `python start.py test`.

Makes `.venv` beside this file, installs the pinned requirements into it when they changed, and hands over to the tool that
does the work. The Makefile calls this file, so that `make run` and `python start.py run` are the same on every system.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
RUN, DEV, TRAIN = "requirements.txt", "requirements-dev.txt", "requirements-train.txt"
CODE = ["corpus", "pipeline", "graph", "zhengmai", "app.py", "app_pages", "training", "benchmarks", "tests", "start.py"]


def fail(message: str) -> None:
    """End with one line that says what to do."""
    print(f"start: {message}", file=sys.stderr)
    raise SystemExit(1)


def install(*files: str) -> None:
    """Bring `.venv` up to the pinned `files`; does nothing when they have not changed since the last time."""
    if sys.version_info < OLDEST:
        fail(f"Python {sys.version.split()[0]} is too old; Zhengmai needs {OLDEST[0]}.{OLDEST[1]} or later. Install it and run this command with it.")
    wanted = [*files, "constraints.txt"]
    digest = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in wanted) + sys.version.encode()).hexdigest()
    stamp = VENV / f".installed-{'-'.join(Path(name).stem for name in files)}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest and PYTHON.exists():
        return
    if not PYTHON.exists():
        print("start: making .venv", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            fail("the virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv, then try again.")
    print(f"start: installing {', '.join(files)} (once; some minutes on a slow line)", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
    for name in files:
        command += ["-r", str(ROOT / name)]
    if subprocess.run(command, check=False).returncode:
        fail("the requirements could not be installed (see the lines above). Is the package index reachable?")
    stamp.write_text(digest, encoding="utf-8")


def call(*command: str, **environment: str) -> int:
    """Exit status of a module of `.venv`, run from the repository."""
    try:
        return subprocess.run([str(PYTHON), *command], cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **environment}, check=False).returncode
    except KeyboardInterrupt:
        return 130


def run(rest: list[str]) -> int:
    install(RUN)
    status = call("-m", "zhengmai", "prepare")
    if status:
        return status
    return call("-m", "app_pages", "--server.address=127.0.0.1", *rest)


def test(rest: list[str]) -> int:
    install(RUN, DEV)
    processes = min(4, os.cpu_count() or 1)
    # one process needs about a gigabyte; `make test ARGS="-n 0"` runs them in this one
    several = ["-n", str(processes)] if processes > 1 and "-n" not in rest else []
    return call("-m", "pytest", *several, *rest)


def check(rest: list[str]) -> int:
    install(RUN, DEV)
    return call("-m", "ruff", "format", "--check", *CODE, *rest) or call("-m", "ruff", "check", *CODE, *rest) or call("-m", "mypy")


def fix(rest: list[str]) -> int:
    install(RUN, DEV)
    return call("-m", "ruff", "check", "--fix", *CODE, *rest) or call("-m", "ruff", "format", *CODE, *rest)


def bench(rest: list[str]) -> int:
    install(RUN, DEV)
    return call("-m", "benchmarks", *rest)


TRAINED = (
    ("training.characters", "../shared"),
    ("training.zones",),
    ("training",),
    ("training.dims_words", "../shared/benchmark"),
    ("training.links", "../shared/benchmark"),
    ("training.names", "../shared"),
    ("training.entities", "../shared/benchmark"),
    ("training.acts", "../shared/benchmark"),
)
"""what is trained, in order: later ones learn from what earlier ones find"""


def train(rest: list[str]) -> int:
    """Every trained part; with arguments an experiment with the reader alone."""
    install(RUN, DEV, TRAIN)
    if rest:
        return call("-m", "training", *rest)
    for step in TRAINED:
        print(f"start: python -m {' '.join(step)}", flush=True)
        if status := call("-m", *step):
            return status
    return 0


VERBS = {"run": run, "test": test, "check": check, "fix": fix, "bench": bench, "train": train}


def main() -> int:
    parser = argparse.ArgumentParser(description="Zhengmai: install what is needed and run it.", epilog="example: python start.py run")
    parser.add_argument(
        "verb", choices=VERBS, help="run: the page · test: all tests · check: style and types · fix: mend style · bench: measure · train: make the model"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on to the tool behind the verb")
    args = parser.parse_args()
    return VERBS[args.verb](args.rest)


if __name__ == "__main__":
    sys.exit(main())
