"""Documents as received: nothing half-written, exact copies refused by name, ids that are no paths."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.errors import AlreadyReplaced, BrokenRecord, ExactCopy, NoSuchDocument

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DATA = "针对数据孤岛，应当建立共享平台。".encode()


def test_a_document_comes_back_as_it_was_received(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "documents")
    assert catalogue.list() == ()
    record = catalogue.add(DATA, name="../../通知.txt", now=NOW)
    assert catalogue.read(record.id) == DATA
    assert catalogue.get(record.id) == record
    assert (record.added, record.version, record.suffix) == ("2026-01-02T03:04:05Z", 1, ".txt")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [f"{record.id}.bin", f"{record.id}.json"]


def test_the_same_bytes_are_refused_by_the_name_they_are_known_under(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    first = catalogue.add(DATA, name="通知.txt", now=NOW)
    with pytest.raises(ExactCopy, match=r"通知\.txt") as caught:
        catalogue.add(DATA, name="通知(1).txt", now=NOW)
    assert caught.value.existing == first.id
    assert len(catalogue.list()) == 1


def test_a_new_version_counts_on_and_replaces_once(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    first = catalogue.add(DATA, name="通知.txt", now=NOW)
    second = catalogue.add(DATA + b"\n", name="通知.txt", now=NOW, supersedes=first.id)
    assert (second.version, second.supersedes) == (2, first.id)
    with pytest.raises(AlreadyReplaced):
        catalogue.add(DATA + b"\n\n", name="通知.txt", now=NOW, supersedes=first.id)
    with pytest.raises(NoSuchDocument):
        catalogue.add(b"x", name="y.txt", now=NOW, supersedes="d0000")


@pytest.mark.parametrize("document", ["d0123", "../secret", "", "d../../etc/passwd", "C:\\x"])
def test_what_is_no_id_is_no_document(tmp_path: Path, document: str) -> None:
    with pytest.raises(NoSuchDocument):
        Catalogue(tmp_path).get(document)


def test_a_damaged_record_and_lost_bytes_are_named(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    catalogue.path(record.id).unlink()
    with pytest.raises(BrokenRecord, match=record.id):
        catalogue.read(record.id)
    (tmp_path / f"{record.id}.json").write_text("{", encoding="utf-8")
    with pytest.raises(BrokenRecord, match=record.id):
        catalogue.list()


def test_withdrawing_keeps_the_bytes_and_removing_takes_them(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    assert catalogue.withdraw(record.id, now=NOW).withdrawn == "2026-01-02"
    assert catalogue.read(record.id) == DATA
    catalogue.remove(record.id)
    assert catalogue.list() == ()
    assert list(tmp_path.iterdir()) == []
