"""Many files → statement files, one or several at a time; a bad file never takes the others with it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from corpus.errors import CorpusError
from spacy.language import Language

from pipeline.errors import OutputNotWritable, PipelineError, SameStem
from pipeline.records import to_json
from pipeline.run import build_language, extract_bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the statement file it gave, or one line that says why there is none."""

    file: Path
    written: Path | None
    error: str | None


def refuse_same_stems(files: Sequence[Path]) -> None:
    """Raises:
    SameStem: two of `files` would write one statement file; the message names both.
    """
    seen: dict[str, Path] = {}
    for file in files:
        if file.stem in seen:
            raise SameStem(seen[file.stem], file)
        seen[file.stem] = file


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds all of it or what it held before."""
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def extract_file(file: Path, out: Path, *, language: Language) -> Outcome:
    """Outcome of one file; the statement file is `out/<stem>.json`."""
    try:
        if file.is_dir():
            return Outcome(file, None, f"{file} is a folder: name the files in it")
        data = file.read_bytes()
    except FileNotFoundError:
        return Outcome(file, None, f"{file} does not exist: check the spelling of the path")
    except OSError as error:
        return Outcome(file, None, f"{file} cannot be read: {error.strerror or error}")
    try:
        statements = extract_bytes(data, name=file.name, language=language)
    except (CorpusError, PipelineError) as error:
        return Outcome(file, None, str(error))
    target = out / f"{file.stem}.json"
    try:
        write_whole(target, to_json(statements))
    except OSError as error:
        raise OutputNotWritable(out, error.strerror or str(error)) from error
    return Outcome(file, target, None)


_language: Language | None = None


def _work(file: Path, out: Path) -> Outcome:
    """In a worker: the model is loaded once a process."""
    global _language
    if _language is None:
        _language = build_language()
    return extract_file(file, out, language=_language)


def extract_files(files: Sequence[Path], out: Path, *, workers: int = 1) -> Iterator[Outcome]:
    """Outcomes of `files`, in their order; the statement files do not depend on `workers`.

    Raises:
        SameStem: two files would write one statement file; nothing is written then.
        OutputNotWritable: `out` is no folder that can be written.
    """
    refuse_same_stems(files)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(out, error.strerror or str(error)) from error
    if workers <= 1 or len(files) <= 1:
        language = build_language()
        for file in files:
            yield extract_file(file, out, language=language)
        return
    yield from _in_processes(files, out, workers=workers)


def _in_processes(files: Sequence[Path], out: Path, *, workers: int) -> Iterator[Outcome]:
    left = list(files)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [(file, pool.submit(_work, file, out)) for file in left]
        for file, future in futures:
            try:
                outcome = future.result()
            except BrokenProcessPool:
                break
            left.remove(file)
            yield outcome
    # A worker died and took the pool with it, and nobody can tell over which file: the rest goes one by one, each with a
    # process to lose, so that the culprit is named and the others are done.
    for file in left:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as single:
            try:
                yield single.submit(_work, file, out).result()
            except BrokenProcessPool:
                yield Outcome(file, None, f"{file} ended the process that read it: it is set aside; report it with the file if you can")
