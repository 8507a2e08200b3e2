"""Golden files: what cleaning makes of whole documents, and its journal. `pytest --accept` writes them anew, to be reviewed as a diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.records import SourceText
from pipeline.clean import Draft, clean
from pipeline.clean._accounts import account_for

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "clean"


def shown(draft: Draft, source: SourceText) -> str:
    """The lines of `draft`, tabs made visible, and under them one line for each change."""
    rows = [
        f"{change.kind}{'' if change.certain else ' ?'}\t[{change.raw[0]}, {change.raw[1]})\t{source.text[slice(*change.raw)]!r} → {change.text!r}"
        for change in draft.journal
    ]
    return draft.text.replace("\t", "→\t") + "\n\n――― journal ―――\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.name)
def test_a_document_is_cleaned_as_agreed(path: Path, accept: bool) -> None:
    source = SourceText(text=path.read_bytes().decode("utf-8"), format="md" if ".md." in path.name else "txt", encoding="utf-8")
    draft = clean(source)
    assert account_for(draft, source).faults == ()
    found = shown(draft, source)
    expected = path.with_suffix(".expected")
    if accept:
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert expected.exists(), f"{expected.name} is missing; look at the result and write it with pytest --accept"
    assert found == expected.read_text(encoding="utf-8")
