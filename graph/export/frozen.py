"""An answer that stays as it was: its rows, the manifest that says what was asked of what, and a hash over both that a citation can name."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Literal

import msgspec

from graph.errors import BrokenLines
from graph.export.material import Manifest

__all__ = ["State", "citation", "freeze", "frozen_state", "rows_of"]

State = Literal["unchanged", "altered"]
_FORM = "zhengmai answer 1"


def freeze(rows: list[dict[str, Any]], references: dict[str, str], manifest: Manifest) -> bytes:
    """The file: `form`, `manifest`, `references` (document → GB/T 7714), `rows`, `sha256` over all of these but the date, `seal` over the date too.

    The same answer of the same corpus has the same `sha256` on any day; that is what a citation names.
    """
    body = {"form": _FORM, "manifest": msgspec.to_builtins(manifest), "references": references, "rows": rows}
    whole = {**body, "sha256": _hash(body), "seal": _hash(body, dated=True)}
    return msgspec.json.format(msgspec.json.encode({**whole, "cite": citation(whole)}), indent=1) + b"\n"


def citation(answer: dict[str, Any]) -> str:
    """How to cite it: what was asked of which corpus, by which program, when, and the hash."""
    manifest = answer["manifest"]
    asked = manifest.get("question") or manifest.get("choice", "whole")
    return f"{manifest['program']}: “{asked}”, corpus {manifest['corpus']}, {len(answer['rows'])} rows, {manifest['date'][:10]}, sha256:{answer['sha256'][:16]}"


def frozen_state(data: bytes, *, name: str) -> tuple[State, dict[str, Any]]:
    """Whether a frozen answer is as it was written, and what it holds.

    Raises:
        BrokenLines: it is no frozen answer.
    """
    try:
        answer = msgspec.json.decode(data)
        body = {part: answer[part] for part in ("form", "manifest", "references", "rows")}
        if body["form"] != _FORM or not isinstance(body["rows"], list):
            raise ValueError(f"form {body['form']!r} is not {_FORM!r}")
        whole = (answer["sha256"], answer["seal"], answer["cite"]) == (_hash(body), _hash(body, dated=True), citation(answer))
        state: State = "unchanged" if whole else "altered"
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise BrokenLines(name, [f"{name}:1: no frozen answer of Zhengmai ({error})"], total=1) from None
    return state, answer


def rows_of(answer: dict[str, Any]) -> str:
    """Hash of the rows alone, to compare with what the corpus answers now."""
    return sha256(msgspec.json.encode(answer["rows"], order="sorted")).hexdigest()


def _hash(body: dict[str, Any], *, dated: bool = False) -> str:
    manifest = {name: value for name, value in body["manifest"].items() if dated or name != "date"}
    return sha256(msgspec.json.encode({**body, "manifest": manifest}, order="sorted")).hexdigest()
