"""Documents as received: nothing half-written, exact copies refused by name, ids that are no paths."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.errors import AlreadyReplaced, BrokenRecord, ExactCopy, NoSuchDocument, PurgedDocument
from corpus.names import document_name
from corpus.records import DocumentRecord, Tombstone

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DATA = "针对数据孤岛，应当建立共享平台。".encode()


def test_a_document_comes_back_as_it_was_received(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "documents")
    assert catalogue.list() == ()
    record = catalogue.add(DATA, name="../../通知.txt", now=NOW)
    assert catalogue.read(record.id) == DATA
    assert catalogue.get(record.id) == record
    assert (record.added, record.version, record.suffix) == ("2026-01-02T03:04:05Z", 1, ".txt")
    assert sorted(path.name for path in tmp_path.rglob("d*.*")) == [f"{record.id}.bin", f"{record.id}.json"]


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


@pytest.mark.parametrize("document", ["d0123", "d0123/../x", "d01２3", "../secret", "", "d../../etc/passwd", "C:\\x"])
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
        catalogue.get(record.id)


def test_withdrawing_keeps_the_bytes_and_removing_takes_them(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    assert catalogue.withdraw(record.id, now=NOW).withdrawn == "2026-01-02"
    assert catalogue.read(record.id) == DATA
    catalogue.remove(record.id)
    assert catalogue.list() == ()
    assert list(tmp_path.glob("d*")) == []


def test_a_damaged_record_leaves_the_others_usable(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    broken = catalogue.add(DATA, name="坏.txt", now=NOW)
    sound = catalogue.add(DATA + b"\n", name="好.txt", now=NOW)
    for content in ("{", "", "[]", '{"id": "d1"}', (tmp_path / f"{sound.id}.json").read_text(encoding="utf-8")):
        (tmp_path / f"{broken.id}.json").write_text(content, encoding="utf-8")
        assert catalogue.list() == (sound,)
        assert [error.document for error in catalogue.damaged()] == [broken.id]


def test_altered_bytes_are_not_handed_out(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    catalogue.path(record.id).write_bytes(DATA + b"!")
    with pytest.raises(BrokenRecord, match="not those that were received"):
        catalogue.read(record.id)


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("C:\\文件\\关于数据共享的通知.txt", "关于数据共享的通知.txt"),
        ("/home/a/通知.md", "通知.md"),
        ("通知.txt/", "通知.txt"),
        ("关于数据共享的通知.txt".encode("gbk").decode("utf-8", "surrogateescape"), "关于数据共享的通知.txt"),
        ("\ud800通知.txt", "?通知.txt"),
        ("通\n知\x1b\u200b.txt", "通知.txt"),
        ("通" * 400 + ".txt", "通" * 234 + "…" + "通" * 16 + ".txt"),
        ("e\u0301.txt", "é.txt"),
        ("..", ".."),
        ("", "unnamed"),
    ],
)
def test_names_lose_folders_and_what_cannot_be_shown(received: str, kept: str) -> None:
    assert document_name(received) == kept


def test_two_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    first = catalogue.add(DATA, name="通知.txt", now=NOW)
    other = catalogue.add(DATA + b"\n", name="通知.txt", now=NOW)
    assert {record.id for record in catalogue.list()} == {first.id, other.id}
    assert {record.name for record in catalogue.list()} == {"通知.txt"}


def test_versions_are_told_from_any_of_them(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    chain = [catalogue.add(DATA, name="通知.txt", now=NOW)]
    chain += [catalogue.add(DATA + b"\n", name="通知.txt", now=NOW, supersedes=chain[0].id)]
    chain += [catalogue.add(DATA + b"\n\n", name="通知.txt", now=NOW, supersedes=chain[1].id)]
    lone = catalogue.add(b"x", name="y.txt", now=NOW)
    assert [record.version for record in chain] == [1, 2, 3]
    assert all(catalogue.versions(record.id) == tuple(chain) for record in chain)
    assert catalogue.versions(lone.id) == (lone,)
    with pytest.raises(AlreadyReplaced, match="version 2") as caught:
        catalogue.add(b"z", name="z.txt", now=NOW, supersedes=chain[0].id)
    assert caught.value.newer_document == chain[1].id


def test_a_withdrawn_document_can_come_back_and_is_still_known(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    catalogue.withdraw(record.id, now=NOW)
    assert catalogue.withdraw(record.id, now=NOW + timedelta(days=9)).withdrawn == "2026-01-02"
    with pytest.raises(ExactCopy):
        catalogue.add(DATA, name="通知.txt", now=NOW)
    assert catalogue.restore(record.id) == record == catalogue.get(record.id)


def test_copies_of_a_work_have_one_leader(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    a, b, c, d = (catalogue.add(DATA + bytes([65 + n]), name=f"{n}.txt", now=NOW) for n in range(4))
    catalogue.join(b.id, a.id)
    catalogue.join(c.id, b.id)
    assert [catalogue.get(x.id).work for x in (a, b, c, d)] == [None, a.id, a.id, None]
    catalogue.join(a.id, d.id)
    assert [catalogue.get(x.id).work for x in (a, b, c, d)] == [d.id, d.id, d.id, None]
    assert catalogue.join(d.id, a.id).work is None
    catalogue.join(b.id, None)
    assert [catalogue.get(x.id).work for x in (a, b, c, d)] == [d.id, None, d.id, None]


def test_local_time_is_kept_as_utc(tmp_path: Path) -> None:
    record = Catalogue(tmp_path).add(DATA, name="通知.txt", now=datetime(2026, 1, 2, 7, 0, tzinfo=timezone(timedelta(hours=8))))
    assert record.added == "2026-01-01T23:00:00Z"


def test_a_crash_between_bytes_and_record_leaves_nothing_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(tmp_path)

    def crash(record: DocumentRecord) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "_write", crash)
        with pytest.raises(OSError, match="No space"):
            catalogue.add(DATA, name="通知.txt", now=NOW)
    assert catalogue.list() == ()
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    assert catalogue.read(record.id) == DATA
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []


def test_many_at_once_add_one_document_once(tmp_path: Path) -> None:
    def add(number: int) -> str:
        try:
            return Catalogue(tmp_path).add(DATA, name=f"{number}.txt", now=NOW).id
        except ExactCopy as error:
            return f"copy of {error.existing}"

    with ThreadPoolExecutor(4) as pool:
        done = sorted(pool.map(add, range(12)))
    record = Catalogue(tmp_path).list()[0]
    assert done == [f"copy of {record.id}"] * 11 + [record.id]
    assert len(Catalogue(tmp_path).list()) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=4), st.sampled_from(["a.txt", "b.md"])), max_size=8))
def test_the_list_has_every_content_once_in_a_stable_order(files: list[tuple[bytes, str]]) -> None:
    with TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder))
        for number, (data, name) in enumerate(files):
            try:
                catalogue.add(data, name=name, now=NOW + timedelta(seconds=number // 2))
            except ExactCopy:
                continue
        records = catalogue.list()
        assert {catalogue.read(record.id) for record in records} == {data for data, _ in files}
        assert len(records) == len({data for data, _ in files})
        assert records == Catalogue(Path(folder)).list() == tuple(sorted(records, key=lambda record: (record.added, record.id)))


def test_adding_the_file_again_mends_a_damaged_document(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    catalogue.path(record.id).write_bytes(b"")
    assert catalogue.add(DATA, name="别名.txt", now=NOW + timedelta(days=1)) == record
    assert catalogue.read(record.id) == DATA
    (tmp_path / f"{record.id}.json").write_text("{", encoding="utf-8")
    assert catalogue.add(DATA, name="通知.txt", now=NOW) == record
    with pytest.raises(ExactCopy):
        catalogue.add(DATA, name="通知.txt", now=NOW)


def test_a_purged_document_leaves_a_tombstone_and_never_comes_back(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="机密通知.txt", now=NOW)
    twins = [catalogue.add(DATA + bytes([65 + n]), name=f"转载{n}.txt", now=NOW + timedelta(seconds=n)) for n in range(2)]
    for twin in twins:
        catalogue.join(twin.id, record.id)
    stone = catalogue.purge(record.id, who="王编辑", reason="作者要求", now=NOW)
    assert stone == Tombstone(id=record.id, who="王编辑", reason="作者要求", at="2026-01-02")
    assert catalogue.tombstones() == (stone,)
    assert sorted(path.name for path in tmp_path.glob(f"{record.id}*")) == [f"{record.id}.purged.json"]
    assert b"\xe6\x9c\xba\xe5\xaf\x86" not in (tmp_path / f"{record.id}.purged.json").read_bytes()
    assert [one.id for one in catalogue.list()] == [twin.id for twin in twins]
    # the copies stay one work, led by the first of them
    assert [one.work for one in catalogue.list()] == [None, twins[0].id]
    for refused in (lambda: catalogue.add(DATA, name="又来.txt", now=NOW), lambda: catalogue.get(record.id)):
        with pytest.raises(PurgedDocument, match=r"purged on 2026-01-02 by 王编辑 \(作者要求\)"):
            refused()
    assert catalogue.purge(record.id, who="别人", reason="再来", now=NOW) == stone
    with pytest.raises(NoSuchDocument):
        catalogue.purge("d0123", who="王编辑", reason="无", now=NOW)
    with pytest.raises(ValueError, match="a person and a reason"):
        catalogue.purge(twins[0].id, who="王编辑", reason=" ", now=NOW)
    assert catalogue.get(twins[0].id).name == "转载0.txt"


def test_what_a_crash_left_of_a_purged_document_goes_at_the_next_try(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    kept = {path: path.read_bytes() for path in catalogue.files(record.id)}
    stone = catalogue.purge(record.id, who="王编辑", reason="作者要求", now=NOW)
    for path, data in kept.items():
        path.write_bytes(data)
    assert catalogue.list() == ()
    assert catalogue.purge(record.id, who=stone.who, reason=stone.reason, now=NOW) == stone
    assert not any(path.exists() for path in kept)


def test_a_document_keeps_the_mark_of_how_far_it_may_be_shown(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    record = catalogue.add(DATA, name="通知.txt", now=NOW)
    assert record.access == "open"
    assert catalogue.mark(record.id, "internal").access == "internal"
    assert Catalogue(tmp_path).get(record.id).access == "internal"
