"""Errors of what users do.

ZhengmaiError
├── BadSetting       an environment variable has a value that cannot be used
├── NothingFound     a document, statement or decision was named that is not there
├── AmbiguousName    a name fits several documents
├── SamplesOnly      a report was asked for, and there are only samples
├── KeptDamaged      what readers keep (baskets, views) cannot be read
├── GraphsDiffer     a copy of the graph is not the same as the graph
├── ChangedMeanwhile the graph changed while it was exported
└── SyncRunning      another process is bringing the graph up to date
"""

from __future__ import annotations


class ZhengmaiError(Exception):
    """Root of all errors of this layer; `code` is its key in the message catalogue."""

    code = "zhengmai"


class BadSetting(ZhengmaiError):
    """An environment variable has a value that cannot be used."""

    code = "bad_setting"

    def __init__(self, name: str, value: str, advice: str) -> None:
        super().__init__(f"setting {name}={value!r} cannot be used: {advice}")
        self.name, self.value, self.advice = name, value, advice


class NothingFound(ZhengmaiError):
    """A document, statement or decision was named that is not there."""

    code = "nothing_found"

    def __init__(self, kind: str, name: str, *, known: str = "") -> None:
        super().__init__(f"there is no {kind} {name!r}" + (f"; {known}" if known else ""))
        self.kind, self.name, self.known = kind, name, known


class AmbiguousName(ZhengmaiError):
    """A name fits several documents."""

    code = "ambiguous_name"

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{name!r} fits {len(candidates)} documents: name one of {', '.join(candidates)}")
        self.name, self.candidates = name, candidates


class SamplesOnly(ZhengmaiError):
    """A report was asked for, and there are only samples."""

    code = "samples_only"

    def __init__(self) -> None:
        super().__init__("there are only samples (示例（虚构）), which no report may rest on: add documents of your own first")


class KeptDamaged(ZhengmaiError):
    """The file of baskets and views cannot be read."""

    code = "kept_damaged"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be read ({reason}): mend it, or move it away to begin anew")
        self.path, self.reason = path, reason


class GraphsDiffer(ZhengmaiError):
    """A copy of the graph is not the same as the graph."""

    code = "graphs_differ"

    def __init__(self, store: str) -> None:
        super().__init__(
            f"the graph at {store} is made and whole, but the one it was compared with is not the same: that one is behind; run `python -m zhengmai sync`"
        )
        self.store = store


class ChangedMeanwhile(ZhengmaiError):
    """The graph changed while it was exported, so that its parts would not agree."""

    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__("the graph changed while it was exported, and nothing was written: export again when nobody reads in or decides")


class SyncRunning(ZhengmaiError):
    """Another process is bringing the graph up to date."""

    code = "sync_running"

    def __init__(self) -> None:
        super().__init__("another process is bringing the graph up to date: wait until it is done, then try again")
