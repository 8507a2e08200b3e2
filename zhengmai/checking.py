"""Whether the corpus is whole: bytes, statements, quotes, graph and decisions; each fault with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from corpus.errors import BrokenRecord
from graph.project import tally
from graph.records import Tally
from pipeline.records import from_json
from zhengmai.documents import failure_path, statements_path
from zhengmai.holdings import Holdings
from zhengmai.purging import unfinished_purges
from zhengmai.syncing import is_stale, stamp_of


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be."""

    code: str
    what: str
    advice: str
    subject: str = ""
    """name of the document, where it is about one"""


def decision_tally(holdings: Holdings) -> Tally:
    """decisions = applied + queued + undone, over the whole log."""
    return tally(holdings.log.read(), holdings.store.outcomes())


def check(holdings: Holdings, *, tell: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Faults of the corpus, in the order of its layers; nothing for a whole one. `tell` hears how many documents are done, of how many."""
    # the pipeline is loaded only by whoever needs it: the first visitor of a page would wait seconds for what no page uses
    from pipeline.run import fingerprint

    wanted = fingerprint()
    decisions = holdings.log.read()
    stamps = {summary.source.document: summary.stamp for summary in holdings.store.documents()}
    for stone in unfinished_purges(holdings):
        yield Fault(
            code="purge_unfinished",
            what=f"{stone.id} was purged on {stone.at}, but not all of it is gone",
            advice="run `python -m zhengmai sync`",
            subject=stone.id,
        )
    for damaged in holdings.catalogue.damaged():
        yield Fault(code="record_damaged", what=str(damaged), advice="add the file again")
    records = holdings.catalogue.list()
    for number, record in enumerate(records):
        if tell:
            tell(number, len(records))
        try:
            holdings.catalogue.read(record.id)
        except BrokenRecord as error:
            yield Fault(code="bytes_changed", what=f"{record.name}: {error.reason}", advice="add the file again", subject=record.name)
        if record.withdrawn:
            continue
        if failure_path(holdings, record.id).exists():
            yield Fault(code="unread", what=f"{record.name} could not be read", advice="`python -m zhengmai list --failed` says why", subject=record.name)
            continue
        if is_stale(holdings, record, wanted):
            yield Fault(code="stale", what=f"{record.name} was not read by this version", advice="run `python -m zhengmai sync`", subject=record.name)
            continue
        data = statements_path(holdings, record.id).read_bytes()
        statements = from_json(data)
        for factor in statements.factors:
            if statements.clean_text[factor.start : factor.end] != factor.text:
                yield Fault(
                    code="quote_differs",
                    what=f"{record.name}: {factor.text!r} does not stand at [{factor.start}, {factor.end})",
                    advice="delete its statement file and run sync",
                )
        if stamps.get(record.id) != stamp_of(holdings, record, data, decisions):
            yield Fault(
                code="graph_behind", what=f"{record.name}: the graph was made from something else", advice="run `python -m zhengmai sync`", subject=record.name
            )
    for line in holdings.log.unreadable():
        yield Fault(
            code="decision_unreadable",
            what=f"{line.file}, line {line.number} is no decision: {line.reason}",
            advice="mend the line, or take it out once you have decided again what it said",
        )
    for trouble in holdings.register.problems:
        yield Fault(code="register", what=str(trouble), advice="mend the line; the rest of the register is used")
    for problem in holdings.store.check():
        yield Fault(code=problem.code, what=problem.what, advice=problem.remedy)
    count = decision_tally(holdings)
    if not count.balanced:
        yield Fault(
            code="decisions",
            what=f"{count.decisions} decisions, but {count.applied} applied, {count.queued} queued, {count.undone} undone",
            advice="run `python -m zhengmai rebuild`; if it stays, report it with the decisions folder",
        )
