"""The life of a document: replaced, withdrawn and back, marked, purged; and what is told before."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from corpus.errors import NoSuchDocument, PurgedDocument
from graph.records import Filters
from zhengmai import purging
from zhengmai.checking import decision_tally
from zhengmai.workspace import Workspace

FIRST = "针对秘匣孤岛，应当建立统一的共享平台。由于部门分割，数据孤岛依然存在。"
SECOND = "针对数据孤岛，应当设立首席数据官。"


def add(workspace: Workspace, name: str, text: str) -> str:
    added = workspace.add(name, text.encode())
    assert added.record is not None, added.error
    return added.record.id


def remedies(workspace: Workspace, filters: Filters | None = None) -> list[str]:
    return sorted(row.remedy.text for row in workspace.remedies("数据孤岛", filters or Filters()).rows)


def test_a_new_version_answers_and_the_old_one_stays_readable(workspace: Workspace) -> None:
    old = add(workspace, "通知.txt", "针对数据孤岛，应当建立统一的共享平台。")
    workspace.sync()
    before = workspace.holdings.store.digest()
    answered = remedies(workspace)
    assert answered
    replaced = workspace.replace(old, "通知（修订）.txt", SECOND.encode())
    assert replaced.record is not None
    assert (replaced.record.version, replaced.record.supersedes) == (2, old)
    workspace.sync()
    assert remedies(workspace) != answered
    assert "共享平台" in workspace.document(old).clean_text
    told = workspace.preview(replaced.record.id)
    assert (told.versions, told.returns) == ((old, replaced.record.id), old)
    workspace.withdraw(replaced.record.id)
    workspace.sync()
    assert remedies(workspace) == answered
    assert workspace.holdings.store.digest() == before
    workspace.restore(replaced.record.id)
    workspace.sync()
    assert remedies(workspace) != answered
    assert workspace.check() == ()


def test_before_a_document_goes_its_last_supports_are_named(workspace: Workspace) -> None:
    add(workspace, "一.txt", "针对数据孤岛，应当建立统一的共享平台。")
    both = add(workspace, "二.txt", "针对数据孤岛，应当建立统一的共享平台。针对人才短缺，应当加强人才培养。")
    workspace.sync()
    told = workspace.preview(both)
    assert told.hanging is not None
    assert "data-silos" in {support.concept.id for support in told.hanging.weakened}
    assert "talent-shortage" in {support.concept.id for support in told.hanging.lost}
    assert told.factors >= 4
    workspace.withdraw(both)
    assert workspace.preview(both).hanging is None
    with pytest.raises(NoSuchDocument):
        workspace.preview("d0123")


def test_a_marked_document_is_shown_no_further_than_it_may(workspace: Workspace) -> None:
    document = add(
        workspace, "内部.txt", "针对数据孤岛，应当建立统一的共享平台。\n会议安排：三楼小会议室。\n参考文献\n[1] 张某. 论会议室[J]. 示例学刊, 2020(1): 1-2."
    )
    workspace.sync()
    assert [one.text for one in workspace.statements(document).references] == ["[1] 张某. 论会议室[J]. 示例学刊, 2020(1): 1-2."]
    workspace.sync()
    shown = remedies(workspace)
    assert shown
    workspace.mark(document, "internal")
    workspace.sync()
    assert document not in {row.source.document for row in workspace.remedies("数据孤岛").rows}
    assert remedies(workspace, Filters(internal="with", samples="without")) == shown
    workspace.mark(document, "quotes")
    workspace.sync()
    assert remedies(workspace) == shown
    assert "会议室" not in workspace.document(document).clean_text
    made = workspace.statements(document)
    assert not any("会议室" in words for words in (made.clean_text, *(block.text for block in made.blocks), *(repair.text for repair in made.repairs)))
    assert made.references == ()
    assert "数据孤岛" in made.clean_text
    assert workspace.search("会议室").total == 0
    workspace.mark(document, "open")
    workspace.sync()
    assert workspace.search("会议室").total == 1
    assert workspace.check() == ()


def traces(data: Path, *words: str) -> list[str]:
    """Files that hold one of the words, as text or as it stands in JSON."""
    needles = [word.encode() for word in words]
    return [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file() and any(needle in path.read_bytes() for needle in needles)]


def test_of_a_purged_document_nothing_is_left_but_a_tombstone(workspace: Workspace) -> None:
    data = workspace.settings.data
    other = add(workspace, "别篇.txt", "针对数据孤岛，应当建立统一的共享平台。")
    workspace.sync()
    before = workspace.holdings.store.digest()
    counted = workspace.statistics()
    old = add(workspace, "秘档.txt", FIRST)
    replaced = workspace.replace(old, "秘档二.txt", (FIRST + "应当公开秘匣。").encode())
    assert replaced.record is not None
    workspace.sync()
    view = workspace.document(replaced.record.id)
    decision = workspace.decide(view.source.document, kind="reject", factor=view.factors[0].id, who="王编辑", note="秘匣")
    workspace.decide(other, kind="accept", factor=workspace.document(other).factors[0].id, who="王编辑")
    marks = ("秘匣", "秘档")
    assert len(traces(data, *marks)) > 4
    stones = workspace.purge(old, who="王编辑", reason="著作权人要求")
    assert [stone.id for stone in stones] == [old, replaced.record.id]
    assert traces(data, *marks) == []
    for document in (old, replaced.record.id):
        assert traces(data, document) == ["decisions/decisions.jsonl"] * (document == replaced.record.id) + [f"documents/{document}.purged.json"]
    count = decision_tally(workspace.holdings)
    assert (count.decisions, count.applied, count.queued, count.undone) == (2, 1, 0, 1)
    kept = next(one for one in workspace.decisions() if one.id == decision.id)
    assert (kept.who, kept.at, kept.before) == (decision.who, decision.at, {"purged": stones[0].at})
    # neither a rebuild nor adding it again brings it back
    workspace.rebuild()
    assert {one.id for one in workspace.documents() if not one.sample} == {other}
    again = workspace.add("秘档.txt", FIRST.encode())
    assert isinstance(again.error, PurgedDocument)
    assert "著作权人要求" in str(again.error)
    workspace.undo(next(one for one in workspace.decisions() if one.id != decision.id).id, who="王编辑")
    assert msgspec.structs.replace(workspace.statistics(), reviews=counted.reviews) == counted
    assert workspace.holdings.store.digest() != before  # the decision and its undo are told of on the page of the document
    assert workspace.check() == ()


@pytest.mark.parametrize("at", ["purge_document", "forget", "redact"])
def test_a_purge_that_was_cut_short_is_named_by_check_and_finished_by_sync(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    document = add(workspace, "秘档.txt", FIRST)
    workspace.sync()
    workspace.decide(document, kind="reject", factor=workspace.document(document).factors[0].id, who="王编辑")

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if at == "forget":
            patch.setattr(purging, at, cut)
        else:
            patch.setattr(type(workspace.holdings.store if at == "purge_document" else workspace.holdings.log), at, cut)
        with pytest.raises(KeyboardInterrupt):
            workspace.purge(document, who="王编辑", reason="作者要求")
    assert "purge_unfinished" in {fault.code for fault in workspace.check()}
    workspace.sync()
    assert workspace.check() == ()
    assert traces(workspace.settings.data, "秘匣") == []


def test_a_purge_names_a_person_and_a_reason(workspace: Workspace) -> None:
    document = add(workspace, "秘档.txt", FIRST)
    with pytest.raises(ValueError, match="a person and a reason"):
        workspace.purge(document, who="王编辑", reason="")
    assert document in {one.id for one in workspace.documents()}
