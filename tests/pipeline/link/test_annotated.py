"""The adapter that turns the annotation into records: offsets, roles, links."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.annotated import read_annotated


def _write(folder: Path, *, span: str) -> None:
    (folder / "k.sents.tsv").write_text("k-0\t0\t广告\nk-1\t1\t一、困境\nk-2\t2\t部门各管一摊。\nk-3\t2\t数据不通。\n", encoding="utf-8")
    (folder / "k.gold.json").write_text(
        '{"blocks":[{"block":0,"role":"noise"},{"block":1,"role":"heading","level":1,"zone":"dilemma"},{"block":2,"role":"body"}],'
        '"factors":[{"id":"f1","type":"dilemma","sent":"k-2","span":"部门各管一摊","scope":"clause"},'
        f'{{"id":"f2","type":"dilemma","sent":"k-3","span":"{span}","scope":"clause"}}],'
        '"links":[{"type":"caused_by","from":"f2","to":"f1","basis":"stated"}],'
        '"entities":[{"type":"government","name":"部门","sent":"k-2","aliases":["各部门"]}],'
        '"acts":[{"actor":"各部门","factor":"f1","type":"faces"}]}',
        encoding="utf-8",
    )


def test_annotation_becomes_records_with_offsets_into_the_kept_blocks(tmp_path: Path) -> None:
    _write(tmp_path, span="数据不通")
    document = read_annotated(tmp_path, "k")
    text = document.structure.clean_text
    assert text == "一、困境\n部门各管一摊。数据不通。"
    assert [text[f.start : f.end] for f in document.factors] == ["部门各管一摊", "数据不通"]
    assert [text[s.start : s.end] for s in document.sentences] == ["一、困境", "部门各管一摊。", "数据不通。"]
    assert document.structure.blocks[0].start is None
    assert document.structure.blocks[1].zone == "dilemma"
    assert document.links[0].source == "f2"
    assert document.acts[0].actor == document.entities[0].id


def test_a_span_that_its_sentence_lacks_is_named(tmp_path: Path) -> None:
    _write(tmp_path, span="数据互通")
    with pytest.raises(ValueError, match="数据互通"):
        read_annotated(tmp_path, "k")
