"""Rules of the project itself: who may import whom, how long a module may be, what may never stand in the code."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

OURS = ("corpus", "pipeline", "graph", "zhengmai", "app", "app_pages", "training", "benchmarks", "tests", "start")
LONGEST = 500
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

MAY_IMPORT = {
    "corpus": {"corpus"},
    "pipeline": {"pipeline", "corpus"},
    "graph": {"graph", "pipeline.records", "corpus.records", "corpus.decisions", "corpus.concepts", "corpus.text"},
    "zhengmai": {"zhengmai", "corpus", "pipeline", "graph"},
    "app": {"app_pages", "zhengmai"},
    "app_pages": {
        "app_pages",
        "zhengmai",
        "graph.records",
        "graph.overviews",
        "graph.questions",
        "graph.errors",
        "corpus.records",
        "corpus.errors",
        "pipeline.records",
        "pipeline.errors",
    },
    "training": {"training", "pipeline", "corpus"},
}
"""folder → prefixes of our own modules that it may import (design, section 2)"""

NEVER = {
    "corpus": {"spacy", "jieba", "streamlit", "neo4j", "apsw", "torch", "onnxruntime", "networkx", "pandas"},
    "pipeline": {"streamlit", "neo4j", "apsw", "torch", "pandas"},
    "graph": {"streamlit", "spacy", "jieba", "torch", "onnxruntime"},
    "zhengmai": {"streamlit", "neo4j", "apsw", "torch"},
    "app": {"neo4j", "apsw", "torch", "spacy", "jieba", "lxml"},
    "app_pages": {"neo4j", "apsw", "torch", "spacy", "jieba", "lxml"},
    "training": {"streamlit", "neo4j", "apsw"},
}


def modules() -> Iterator[Path]:
    """All Python files of the repository that are ours."""
    for top in OURS:
        path = REPOSITORY / top
        if path.is_dir():
            yield from sorted(path.rglob("*.py"))
        elif path.with_suffix(".py").exists():
            yield path.with_suffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Full names of what a module imports, wherever the import stands."""
    package = path.relative_to(REPOSITORY).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])]) if node.level else node.module or ""
            for alias in node.names:
                yield f"{base}.{alias.name}"


def top_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).with_suffix("").parts[0]


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_module_imports_only_what_its_layer_may(path: Path) -> None:
    top = top_of(path)
    if top not in MAY_IMPORT:
        pytest.skip(f"{top} may import everything") if top not in ("tests", "benchmarks", "start") else None
        return
    for name in imports(path):
        root = name.partition(".")[0]
        assert root not in NEVER[top], f"{path.relative_to(REPOSITORY)} imports {name}: {top} never does"
        if root in OURS:
            assert any(name == allowed or name.startswith(allowed + ".") for allowed in MAY_IMPORT[top]), (
                f"{path.relative_to(REPOSITORY)} imports {name}, which {top} may not"
            )


def test_no_module_is_longer_than_its_readers_patience() -> None:
    long = {str(path.relative_to(REPOSITORY)): lines for path in modules() if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST}
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in EMPTY_NAMES] == []


def test_nothing_imports_training_or_reads_the_shared_texts_at_run_time() -> None:
    for path in modules():
        if top_of(path) in ("corpus", "pipeline", "graph", "zhengmai", "app", "app_pages"):
            assert "/shared" not in path.read_text(encoding="utf-8"), path


def test_only_one_function_reads_the_environment() -> None:
    readers = [
        path.relative_to(REPOSITORY).as_posix()
        for path in modules()
        if top_of(path) in ("corpus", "pipeline", "graph", "zhengmai", "app", "app_pages")
        and re.search(r"os\.environ|os\.getenv|getenv\(", path.read_text(encoding="utf-8"))
    ]
    assert readers == ["zhengmai/settings.py"]


def test_the_database_session_is_never_called_driver() -> None:
    for path in modules():
        if top_of(path) in ("graph", "zhengmai", "app_pages"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Name):
                    assert node.id != "driver", f"{path}:{node.lineno}: a driver is a factor; say store or session"


def test_every_folder_says_what_it_owns() -> None:
    for top in ("corpus", "pipeline", "graph", "zhengmai", "app_pages", "training", "benchmarks"):
        docstring = ast.get_docstring(ast.parse((REPOSITORY / top / "__init__.py").read_text(encoding="utf-8")))
        assert docstring, f"{top}/__init__.py has no docstring"
        assert len(docstring) > 40


def test_exported_names_exist_and_are_sorted() -> None:
    for path in modules():
        if path.name != "__init__.py" or top_of(path) == "tests":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
                names = ast.literal_eval(node.value)
                name = ".".join(path.relative_to(REPOSITORY).parts[:-1])
                module = sys.modules.get(name) or __import__(name, fromlist=["x"])
                assert [wanted for wanted in names if not hasattr(module, wanted)] == [], f"{name}.__all__"


def test_requirements_are_pinned_and_constraints_cover_them() -> None:
    constraints = {line.partition("==")[0].lower().replace("_", "-"): line for line in (REPOSITORY / "constraints.txt").read_text().splitlines()}
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (REPOSITORY / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, sign, version = line.partition("==")
                assert sign, f"{file}: {line} has no exact version"
                assert constraints[name.lower().replace("_", "-")].endswith(f"=={version}"), f"constraints.txt disagrees about {name}"


def test_the_table_of_components_is_the_accepted_one(accept: bool) -> None:
    from pipeline.components import describe

    golden = REPOSITORY / "tests" / "golden" / "components.json"
    found = json.dumps(describe(), ensure_ascii=False, indent=1) + "\n"
    if accept:
        golden.write_text(found, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == found
