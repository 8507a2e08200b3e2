"""The page, made ready before its port opens: `python -m app_pages --server.port=8600`, with the options of `streamlit run`; `make run` calls it.

`streamlit run app.py` gives the same page, but its first visitor waits while modules are loaded and the register is read.
"""

from __future__ import annotations

import inspect
import logging
import sys
from importlib import import_module
from pathlib import Path

from streamlit.web import cli

__all__ = ["main"]

APP = Path(__file__).resolve().parent.parent / "app.py"
NEEDED = ("PIL.Image", *(f"app_pages._parts.{name}" for name in ("acts", "asked", "bridge", "chain_view", "desk", "downloads", "graph_view", "saved", "wide")))
"""modules of the first pages: loaded here, and not while a visitor waits"""


def main() -> None:
    """Serve until the process is ended."""
    # Streamlit warns of every cache that is declared before its server runs; they are used only after that
    logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)
    for name in NEEDED:
        import_module(name)
    import_module("app_pages._parts.session").prepare()
    # at its first element Streamlit looks through the files of all modules; Python keeps what it finds
    inspect.stack()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
