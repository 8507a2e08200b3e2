"""The entry of the web page: page settings, navigation and what stands on every page; no logic.

`make run` starts it; by hand: `streamlit run app.py`.
"""

from __future__ import annotations

import streamlit as st

from app_pages._parts import acts, asked, bridge, chrome
from app_pages._parts.address import DocumentAddress, Page
from app_pages._parts.language import begin, language, t


def main() -> None:
    """Draw the page that the address names."""
    begin()
    st.set_page_config(page_title=t("app.title"), page_icon=chrome.ICON, layout="wide", initial_sidebar_state="collapsed")
    pages: dict[Page, st.Page] = {
        "": st.Page(bridge.FILES[""], title=t("nav.ask"), default=True),
        "documents": st.Page(bridge.FILES["documents"], title=t("nav.documents"), url_path="documents"),
        "links": st.Page(bridge.FILES["links"], title=t("nav_wide.links"), url_path="links"),
        "compare": st.Page(bridge.FILES["compare"], title=t("nav_wide.compare"), url_path="compare"),
        "matrix": st.Page(bridge.FILES["matrix"], title=t("nav_wide.matrix"), url_path="matrix"),
        "overview": st.Page(bridge.FILES["overview"], title=t("nav_wide.overview"), url_path="overview"),
        "basket": st.Page(bridge.FILES["basket"], title=t("nav.basket"), url_path="basket"),
        "reports": st.Page(bridge.FILES["reports"], title=t("nav.reports_title"), url_path="reports", visibility="hidden"),
        "document": st.Page(bridge.FILES["document"], title=t("nav.document"), url_path="document", visibility="hidden"),
    }
    known = list(pages.values())
    if lost := bridge.lost(pages):
        known.append(st.Page(bridge.NOWHERE, title=t("error.title"), url_path=lost, visibility="hidden"))
    chosen = st.navigation(known, position="hidden")
    here = next((name for name, page in pages.items() if page == chosen), None)
    chrome.style()
    chrome.masthead(here)
    chinese = language() == "zh"
    bridge.mount(
        lang="zh-CN" if chinese else "en",
        place=DocumentAddress.read(st.query_params).place if here == "document" else "",
        names=asked.names(chinese=chinese) if here == "" else (),
    )
    acts.tell()
    chosen.run()
    acts.show()


main()
