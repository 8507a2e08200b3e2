"""The message catalogue: two languages of one mind, no key without a use, no use without a key."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from corpus import errors as corpus_errors
from corpus.records import Access, Verdict
from graph import errors as graph_errors
from graph.records import Review, Tier
from pipeline import errors as pipeline_errors
from pipeline.clean import KINDS
from pipeline.records import Basis, DocumentKind, FactorType, Force, Level, LinkType, Role, Voice, Zone
from pipeline.records import Dim as PipelineDim
from tests.conftest import REPOSITORY
from zhengmai import errors as zhengmai_errors
from zhengmai import messages
from zhengmai.messages import LANGUAGES, SINGULAR, catalogue, label, placeholders, text

FAMILIES = {
    "basis": get_args(Basis),
    "basis_note": get_args(Basis),
    "kind": get_args(DocumentKind),
    "type": (*get_args(FactorType), "actor", "concept", "none"),
    "type_note": get_args(FactorType),
    "letter": get_args(FactorType),
    "dim": get_args(PipelineDim),
    "force": get_args(Force),
    "voice": get_args(Voice),
    "voice_short": get_args(Voice),
    "cited_who": ("scholar", "policy", "speech", "other"),
    "level": get_args(Level),
    "role": get_args(Role),
    "zone": get_args(Zone),
    "tier": get_args(Tier),
    "tier_note": get_args(Tier),
    "review": get_args(Review),
    "link_away": (*get_args(LinkType), "about", "takes", "faces"),
    "link_back": (*get_args(LinkType), "about", "takes", "faces"),
    "script": ("hans", "hant", "mixed"),
    "date": ("written", "published", "in_force"),
    "access": get_args(Access),
    "verdict": get_args(Verdict),
    "status": ("ready", "pending", "failed", "withdrawn"),
}
"""families whose codes are fixed by a type: each code has a message"""

OPEN_FAMILIES = ("author_of", "basis", "repair", "reason", "warning", "how", "error", "phrase")
"""families whose codes other parts choose; a code without a message shows itself"""


def _keys(language: messages.Language) -> set[str]:
    return {key for key in catalogue(language) if not key.endswith(SINGULAR)}


def _sources() -> Iterator[Path]:
    yield REPOSITORY / "app.py"
    for folder in ("app_pages", "zhengmai"):
        yield from sorted((REPOSITORY / folder).rglob("*.py"))


def _used() -> tuple[set[str], set[str]]:
    """Keys and beginnings of keys that the code names."""
    whole, beginnings = set(), set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, beginnings


def test_both_languages_have_the_same_keys() -> None:
    assert _keys("zh") == _keys("en")


def test_both_languages_want_the_same_values() -> None:
    assert [key for key in sorted(_keys("zh")) if placeholders(catalogue("zh")[key]) != placeholders(catalogue("en")[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_singular_forms_belong_to_a_message(language: messages.Language) -> None:
    for key in catalogue(language):
        if key.endswith(SINGULAR):
            assert placeholders(catalogue(language)[key]) <= placeholders(catalogue(language)[key.removesuffix(SINGULAR)]) | {"n"}


def test_every_key_is_used() -> None:
    whole, beginnings = _used()
    families = {*FAMILIES, *OPEN_FAMILIES}
    unused = {
        key
        for key in _keys("zh")
        if key not in whole
        and key.partition(".")[0] not in families
        and not any(key.startswith(one) and len(one) > len(key.partition(".")[0]) for one in beginnings)
    }
    assert not unused


def test_every_key_that_a_page_names_exists() -> None:
    missing = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and not messages.known(str(key.value)):
                    missing.add(f"{path.name}: {key.value}")
    assert not missing


@pytest.mark.parametrize(("family", "codes"), FAMILIES.items())
def test_every_code_of_a_fixed_family_has_a_message(family: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if not messages.known(f"{family}.{code}")] == []


@pytest.mark.parametrize("module", [corpus_errors, pipeline_errors, graph_errors, zhengmai_errors], ids=lambda module: module.__name__)
def test_every_error_that_a_person_can_meet_has_a_message(module: object) -> None:
    classes = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Exception) and one.__module__ == module.__name__]  # type: ignore[attr-defined]
    leaves = [one for one in classes if not any(other is not one and issubclass(other, one) for other in classes)]
    command_line_only = {"same_stem", "output_not_writable"}
    assert [one.code for one in leaves if one.code not in command_line_only and not messages.known(f"error.{one.code}")] == []  # type: ignore[attr-defined]


def test_every_repair_of_the_cleaning_has_a_message() -> None:
    assert [kind for kind in KINDS if not messages.known(f"repair.{kind}")] == []


def _constants(folder: str, wanted: Callable[[ast.Call], ast.expr | None]) -> set[str]:
    found = set()
    for path in sorted((REPOSITORY / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(value := wanted(node), ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
    return found


def _reason(call: ast.Call) -> ast.expr | None:
    return call.args[2] if isinstance(call.func, ast.Attribute) and call.func.attr in ("settle", "overrule") and len(call.args) > 2 else None


def _warning(call: ast.Call) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == "code"), None) if isinstance(call.func, ast.Name) and call.func.id == "Warning" else None


def test_every_reason_and_warning_that_the_pipeline_gives_has_a_message() -> None:
    assert [code for code in _constants("pipeline/structure", _reason) if not messages.known(f"reason.{code}")] == []
    assert [code for code in _constants("pipeline", _warning) if not messages.known(f"warning.{code}")] == []


def test_a_message_takes_its_values_and_the_singular_where_there_is_one() -> None:
    assert text("documents.count", "en", n=1) == "1 document"
    assert text("documents.count", "en", n=2) == "2 documents"
    assert text("documents.count", "zh", n=1) == "1 篇文献"


def test_values_are_put_in_as_they_stand() -> None:
    assert text("intake.added", "zh", name="{name}<b>~") == "{name}<b>~：已收下"


def test_a_key_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        text("no.such.key", "zh")


def test_a_code_that_nobody_named_shows_itself() -> None:
    assert label("repair", "brand_new", "zh") == "brand_new"
    assert label("dim", None, "zh") == ""


def test_chinese_messages_are_chinese_and_english_ones_english() -> None:
    exempt = {"about.doi", "about.sha256", "confidence.is", "error.other"}
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert [
        key
        for key, words in catalogue("zh").items()
        if not chinese.search(words) and key not in exempt and re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", words))
    ] == []
    assert [key for key, words in catalogue("en").items() if chinese.search(words.replace("示例（虚构）", "")) and key != "ask.placeholder"] == []
