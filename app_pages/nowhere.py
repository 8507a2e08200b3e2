"""An address that is no page: one sentence, and ways back."""

from __future__ import annotations

from urllib.parse import unquote

import streamlit as st

from app_pages._parts import chrome
from app_pages._parts.bridge import LOST
from app_pages._parts.language import t


def page() -> None:
    """Draw the page."""
    chrome.problem(t("error.no_such_page", name=unquote(st.session_state.get(LOST, ""))), back=True)


page()
