"""The page over the small corpus of `tests/app`, for a real browser: `python -m tests.browser.served PORT FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.web import cli

from app_pages._parts import session
from corpus.concepts import load
from tests.app.double import notice, paper
from tests.app.wide_double import WideWorkspace
from tests.conftest import REPOSITORY


def main(port: str, folder: str) -> None:
    """Serve until the process is ended."""
    double = WideWorkspace(Path(folder), load(), [paper(), notice()])
    session.open_workspace = lambda _: double  # type: ignore[assignment, return-value]
    sys.argv = ["streamlit", "run", str(REPOSITORY / "app.py"), f"--server.port={port}"]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
