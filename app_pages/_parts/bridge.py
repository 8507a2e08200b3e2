"""Links inside marked text, followed without loading the page anew, and the place that is scrolled to.

Cards and texts hold ordinary links (`document?doc=…`), which work by themselves; the few lines of script here only spare the reload, so that
a person's name and the way back stay, and offer names of concepts while a question is typed. The script is fixed and never holds text of a document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

import streamlit as st

from app_pages._parts import picture
from app_pages._parts.address import Page
from app_pages._parts.language import t

# A link is followed as Back and Forward are: the address changes, Streamlit hears `popstate` and runs the page that the address names.
# (`st.switch_page` with query parameters leaves a half-way address in the history, and Back would lead there: Streamlit 1.67.)
SCRIPT = (
    picture.SCRIPT
    + """
export default function (component) {
  const { data } = component
  if (data && data.lang) document.documentElement.lang = data.lang
  // the first stop of the keyboard is Streamlit's, and says so in English whatever the language
  const skip = document.querySelector("[data-testid=stSkipToContent]")
  if (skip && data && data.skip) skip.textContent = data.skip
  const follow = (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    if (String(document.getSelection())) return
    const inside = event.target.closest && event.target.closest(".zm")
    if (!inside) return
    const link = event.target.closest("[data-href], [data-at], a[href]")
    if (!link) return
    // the marks of a text hold their place alone, the text the address that it is added to
    const base = link.dataset.at && link.closest("[data-base]")
    const target = base ? `${base.dataset.base}&at=${link.dataset.at}` : link.getAttribute("data-href") || link.getAttribute("href")
    if (!target || target.startsWith("#")) return
    const address = new URL(target, document.baseURI)
    if (address.origin !== window.location.origin) return
    event.preventDefault()
    window.history.pushState({}, "", address)
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
  }
  document.addEventListener("click", follow)
  // a function of this run: taking the last run's away must not take this one's too
  const pictured = (event) => picture(event)
  document.addEventListener("click", pictured)
  // a link with a key of its own is followed by that key, but not while something is typed or a word composed
  const press = (event) => {
    if (event.isComposing || event.metaKey || event.ctrlKey || event.altKey || event.key.length !== 1) return
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable], [role=dialog]")) return
    const link = [...document.querySelectorAll(".zm a[data-key]")].find((one) => one.dataset.key === event.key)
    if (link) link.click()
  }
  document.addEventListener("keydown", press)
  // keys that compose a word are nobody's shortcut: Streamlit's own would take some of them for a decision (Streamlit 1.67)
  const composing = (event) => { if (event.isComposing) event.stopImmediatePropagation() }
  window.addEventListener("keydown", composing, true)
  // names to choose from while typing: options are text nodes, the browser draws and filters them
  const suggest = (event) => {
    const input = event.target.closest && event.target.closest(".st-key-question input")
    if (!input || !data || !data.names || !data.names.length) return
    let list = document.getElementById("zhengmai-names")
    if (!list) {
      list = document.createElement("datalist")
      list.id = "zhengmai-names"
      document.body.append(list)
    }
    if (list.childElementCount !== data.names.length) {
      list.replaceChildren(...data.names.map(([name, other]) => {
        const option = document.createElement("option")
        option.value = name
        if (other) option.label = `${name} · ${other}`
        return option
      }))
    }
    if (input.getAttribute("list") !== list.id) input.setAttribute("list", list.id)
  }
  document.addEventListener("focusin", suggest)
  if (document.activeElement) suggest({ target: document.activeElement })
  document.documentElement.dataset.zhengmai = "ready"
  const wanted = data && data.place
  let stop = false
  if (!wanted) window.zhengmaiPlace = ""
  else if (window.zhengmaiPlace !== wanted) {
    const until = Date.now() + 4000
    const look = () => {
      if (stop) return
      const found = [...document.querySelectorAll("[data-place]")].find((one) => one.getAttribute("data-place") === wanted)
      if (found) {
        window.zhengmaiPlace = wanted
        found.scrollIntoView({ block: "center" })
      } else if (Date.now() < until) window.setTimeout(look, 60)
    }
    look()
  }
  return () => {
    stop = true
    document.removeEventListener("click", follow)
    document.removeEventListener("keydown", press)
    window.removeEventListener("keydown", composing, true)
    document.removeEventListener("focusin", suggest)
    document.removeEventListener("click", pictured)
  }
}
"""
)

FILES: dict[Page, str] = {
    "": "app_pages/explore.py",
    "document": "app_pages/document.py",
    "documents": "app_pages/documents.py",
    "overview": "app_pages/overview.py",
    "links": "app_pages/links.py",
    "compare": "app_pages/compare.py",
    "matrix": "app_pages/matrix.py",
    "basket": "app_pages/basket.py",
    "reports": "app_pages/reports.py",
}
"""page → its file, as `st.Page` and `st.page_link` want it"""
NOWHERE = "app_pages/nowhere.py"
LOST = "bridge.lost"
"""session key: the last part of an address that is no page"""


def lost(pages: Collection[str]) -> str:
    """The last part of the address this session was opened with if none of `pages` has it, else nothing.

    It is kept for the session: once it is a page for Streamlit, the address is told without it. Else Streamlit says in English, whatever the language,
    that there is no such page, and shows the first one.
    """
    named = urlsplit(st.context.url or "").path.rpartition("/")[2]
    if named and named not in pages:
        st.session_state[LOST] = named
    return str(st.session_state.get(LOST, ""))


def mount(*, lang: str, place: str, names: Sequence[tuple[str, str]] = ()) -> None:
    """Put the script on the page, before the page is drawn, so that the first link works.

    `lang` tells browsers and screen readers the language of the page; the element whose `data-place` is `place` is brought into view.
    `names` (with a second name each) are offered while a question is typed.
    """
    component = st.components.v2.component("zhengmai_bridge", js=SCRIPT)
    component(key="bridge", data={"place": place, "lang": lang, "skip": t("app.skip"), "names": [list(pair) for pair in names]})
