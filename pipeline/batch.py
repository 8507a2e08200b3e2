"""Many files → statement files, one or several at a time; a bad file never takes the others with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language

from corpus.errors import CorpusError
from corpus.storage import write_whole
from pipeline.errors import OutputNotWritable, PipelineError, SameStem
from pipeline.records import to_json
from pipeline.run import build_language, extract_bytes


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: where its bytes are, the name it was received under, and the statement file to write."""

    file: Path
    name: str
    target: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: the statement file it gave, or one line that says why there is none, with its key in the message catalogue."""

    job: Job
    written: Path | None
    error: str | None
    code: str | None = None


def refuse_same_stems(files: Sequence[Path]) -> None:
    """Raises:
    SameStem: two of `files` would write one statement file; the message names both.
    """
    seen: dict[str, Path] = {}
    for file in files:
        if file.stem in seen:
            raise SameStem(seen[file.stem], file)
        seen[file.stem] = file


def run_job(job: Job, *, language: Language) -> Outcome:
    """Outcome of one job; a file that cannot be read is an outcome, not an exception.

    Raises:
        OutputNotWritable: the folder of the statement file cannot be written.
    """
    try:
        if job.file.is_dir():
            return Outcome(job, None, f"{job.name} is a folder: name the files in it", "is_folder")
        data = job.file.read_bytes()
    except FileNotFoundError:
        return Outcome(job, None, f"{job.name} does not exist: check the spelling of the path", "missing_file")
    except OSError as error:
        return Outcome(job, None, f"{job.name} cannot be read: {error.strerror or error}", "unreadable_file")
    try:
        statements = extract_bytes(data, name=Path(job.name).name, language=language)
    except (CorpusError, PipelineError) as error:
        return Outcome(job, None, str(error), error.code)
    try:
        write_whole(job.target, to_json(statements))
    except OSError as error:
        raise OutputNotWritable(job.target.parent, error.strerror or str(error)) from error
    return Outcome(job, job.target, None)


_language: Language | None = None


def _work(job: Job) -> Outcome:
    """In a worker: the model is loaded once a process."""
    global _language
    if _language is None:
        _language = build_language()
    return run_job(job, language=_language)


def extract_files(files: Sequence[Path], out: Path, *, workers: int = 1) -> Iterator[Outcome]:
    """Outcomes of `files`, in their order, each written as `out/<stem>.json`; the statement files do not depend on `workers`.

    Raises:
        SameStem: two files would write one statement file; nothing is written then.
        OutputNotWritable: `out` is no folder that can be written.
    """
    refuse_same_stems(files)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(out, error.strerror or str(error)) from error
    yield from run_jobs([Job(file, str(file), out / f"{file.stem}.json") for file in files], workers=workers)


def run_jobs(jobs: Sequence[Job], *, workers: int = 1) -> Iterator[Outcome]:
    """Outcomes of `jobs`, in their order; a worker that dies costs its own file only."""
    if not jobs:
        return
    if workers <= 1 or len(jobs) == 1:
        language = build_language()
        for job in jobs:
            yield run_job(job, language=language)
        return
    left = list(jobs)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for job, future in [(job, pool.submit(_work, job)) for job in left.copy()]:
            try:
                outcome = future.result()
            except BrokenProcessPool:
                break
            left.remove(job)
            yield outcome
    # A worker died and took the pool with it, and nobody can tell over which file: the rest goes one by one, each with a
    # process to lose, so that the culprit is named and the others are done.
    for job in left:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as single:
            try:
                yield single.submit(_work, job).result()
            except BrokenProcessPool:
                yield Outcome(job, None, f"{job.name} ended the process that read it: it is set aside; report it with the file if you can", "reader_died")
