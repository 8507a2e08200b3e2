"""Settings: one table with defaults and help; `read_settings` is the only function that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.opening import is_server
from zhengmai.errors import BadSetting

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: environment name, default, and one sentence for the editor."""

    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("ZHENGMAI_DATA", "data", "Folder of documents, statements, decisions, concepts and the graph; relative to the repository."),
    Setting("ZHENGMAI_STORE", "", "Where the graph lies: empty for a file in the data folder, or a Neo4j 5 server, bolt://user:password@host:7687."),
    Setting("ZHENGMAI_STORE_PASSWORD", "", "Password for that server, where the address has none."),
    Setting("ZHENGMAI_LANGUAGE", "zh", "Language of the command line and the first page: zh or en."),
    Setting("ZHENGMAI_WORKERS", "1", "Documents read at the same time by sync; the result is the same."),
)
"""Defaults and help of every setting; README shows this table and a test compares the two."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the entry points were started with; built once and passed on."""

    data: Path
    language: str = "zh"
    workers: int = 1
    store: str = field(default="", repr=False)
    """address of a graph server; empty: the graph lies in a file"""
    store_password: str = field(default="", repr=False)

    @property
    def documents(self) -> Path:
        return self.data / "documents"

    @property
    def statements(self) -> Path:
        return self.data / "statements"

    @property
    def decisions(self) -> Path:
        return self.data / "decisions"

    @property
    def concepts(self) -> Path:
        return self.data / "concepts"

    @property
    def kept(self) -> Path:
        return self.data / "kept"

    @property
    def graph(self) -> Path:
        return self.data / "graph.sqlite"

    @property
    def job(self) -> Path:
        return self.data / "sync.json"

    @property
    def health(self) -> Path:
        return self.data / "check.json"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment` (default: that of the process).

    Raises:
        BadSetting: a value that cannot be used, or an unknown name that begins with `ZHENGMAI_`; the message lists what there is.
    """
    given = os.environ if environment is None else environment
    known = {setting.name: setting.default for setting in SETTINGS}
    for name in given:
        if name.startswith("ZHENGMAI_") and name not in known:
            raise BadSetting(name, given[name], f"there is no such setting; known are {', '.join(known)}")
    values = {name: given.get(name) or default for name, default in known.items()}
    language = values["ZHENGMAI_LANGUAGE"]
    if language not in ("zh", "en"):
        raise BadSetting("ZHENGMAI_LANGUAGE", language, "use zh or en")
    store = values["ZHENGMAI_STORE"]
    if store and not is_server(store):
        raise BadSetting("ZHENGMAI_STORE", store, "leave it empty for a file in the data folder, or write bolt://user:password@host:7687")
    workers = values["ZHENGMAI_WORKERS"]
    if not workers.isascii() or not workers.isdigit() or not 1 <= int(workers) <= 64:
        raise BadSetting("ZHENGMAI_WORKERS", workers, "use a whole number from 1 to 64")
    return Settings(
        data=(REPOSITORY / values["ZHENGMAI_DATA"]).absolute(),
        language=language,
        workers=int(workers),
        store=store,
        store_password=values["ZHENGMAI_STORE_PASSWORD"],
    )
