"""Documents projected in a process of their own, while the store takes in those before: loading many takes as long as the slower of the two."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from corpus.concepts import Register, load
from corpus.records import Decision, DocumentRecord
from graph.errors import ProjectionError
from graph.project import project
from graph.projection import DocumentProjection
from graph.register import Concepts
from pipeline.records import from_json

__all__ = ["Job", "projections"]

_FEW = 200
"""documents that are not worth the second that a process takes to start"""
_BUNDLE = 10
"""documents that go over in one piece: as many are made before the store wants them"""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What one document is projected from; `statements` is the path of its statement file."""

    statements: str
    record: DocumentRecord
    decisions: tuple[Decision, ...] = ()
    work: str | None = None
    stamp: str = ""


def projections(
    jobs: Iterable[Job],
    register: Concepts,
    *,
    concepts: Path | None = None,
    refused: Callable[[Job, ProjectionError], None] | None = None,
    alone: bool = False,
) -> Iterator[DocumentProjection]:
    """The documents of `jobs` in their order. `concepts`: the folder of changed concepts that `register` was loaded with, if any.

    `refused` is told of a document that cannot be projected, which is then left out; `alone`: no second process, as also in a program whose
    main module another process would run again.

    Raises:
        ProjectionError: a document cannot be projected, and nobody asked to be told.
    """
    waiting = iter(jobs)
    few = list(islice(waiting, _FEW))
    everything = chain(few, waiting)
    if isinstance(register, Register) and len(few) == _FEW and not alone and _repeatable():
        made = _there(everything, register, concepts)
    else:
        made = _here(everything, register)
    with closing(made):
        for job, projection in made:
            if isinstance(projection, DocumentProjection):
                yield projection
            elif refused is None:
                raise projection
            else:
                refused(job, projection)


def _repeatable() -> bool:
    """Whether another process may be started: it imports the main module of this one, but for the `__main__` of a package."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return spec is not None and spec.name.endswith("__main__")


Made = Generator[tuple[Job, DocumentProjection | ProjectionError], None, None]


def _made(job: Job, register: Concepts) -> DocumentProjection | ProjectionError:
    try:
        return project(from_json(Path(job.statements).read_bytes()), job.record, job.decisions, register, work=job.work, stamp=job.stamp)
    except ProjectionError as error:
        return error


def _here(jobs: Iterable[Job], register: Concepts) -> Made:
    for job in jobs:
        yield job, _made(job, register)


def _there(jobs: Iterator[Job], register: Register, concepts: Path | None) -> Made:
    decode = msgspec.msgpack.Decoder(DocumentProjection).decode
    bundle = list(islice(jobs, _BUNDLE))
    with _Other(concepts, register.digest) as other:
        other.begin(bundle)
        while bundle:
            encoded = other.made(bundle)
            following = list(islice(jobs, _BUNDLE))
            # it makes these while whoever asks for documents is busy with those
            other.begin(following)
            # what it could not do is done again here, so that its error is the one that is raised
            yield from ((job, decode(data) if data else _made(job, register)) for job, data in zip(bundle, encoded, strict=True))
            bundle = following


class _Other:
    """The second process. It has one bundle at a time, so that neither waits for the other with a full pipe. Once it is gone it has made nothing."""

    def __init__(self, concepts: Path | None, digest: str) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, concepts, digest), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # it has nothing that could be lost; this may also run when a half-read generator is thrown away, at any moment
        self._ours.close()
        self._process.terminate()
        self._process.join()

    def begin(self, bundle: list[Job]) -> None:
        if bundle:
            with suppress(OSError):
                self._ours.send(bundle)

    def made(self, bundle: list[Job]) -> list[bytes]:
        try:
            encoded: list[bytes] = self._ours.recv()
        except (EOFError, OSError):
            # somebody ended it, or there was no memory for it: the first process does the rest
            return [b""] * len(bundle)
        return encoded


def _serve(asked: Connection, concepts: Path | None, digest: str) -> None:
    """In the second process: bundles in, projections as bytes out, which go over ten times as fast as objects; empty where there is none."""
    register = load(*([concepts] if concepts else []))
    while True:
        try:
            jobs: list[Job] = asked.recv()
        except EOFError:
            return
        # where somebody has changed a concept since the first process read them, that one does all of it
        made = [_made(job, register) for job in jobs] if register.digest == digest else [None] * len(jobs)
        asked.send([msgspec.msgpack.encode(projection) if isinstance(projection, DocumentProjection) else b"" for projection in made])
