"""The links beside a quote: cite or keep it, report it as wrong; and how such an act stands in the address (`?…&do=cite&of=d1:3-9`).

Being links, they work by keyboard and Back closes what they open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import urljoin, urlsplit

import streamlit as st

from app_pages._parts.address import DocumentAddress
from app_pages._parts.html import Html, el, join
from app_pages._parts.language import here, t, to
from app_pages._parts.query import Query, choice, one

Act = Literal["", "cite", "wrong"]
DO, OF, ABOUT = "do", "of", "about"
PARAMETERS = (DO, OF, ABOUT)
ACTS: tuple[Act, ...] = ("", "cite", "wrong")

LABEL = 24
"""characters of a quote in the name of its links"""
_PLACE = re.compile(r"([^:]{1,100}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act at a place of a document; `about`: the id of the factor or link that is meant, if it is one."""

    act: Act
    document: str
    at: tuple[int, int]
    about: str

    @classmethod
    def read(cls, query: Query) -> Self | None:
        """What the address asks for; none where it is no act or no place."""
        act = choice(query, DO, ACTS)
        place = _PLACE.fullmatch(one(query, OF))
        if not act or place is None or int(place[2]) >= int(place[3]):
            return None
        return cls(act=act, document=place[1], at=(int(place[2]), int(place[3])), about=one(query, ABOUT)[:100])


def links(document: str, start: int, end: int, *, words: str, about: str = "", cite: bool = True) -> Html:
    """The two links beside a quote; each is named by the quote, for who hears the page. Without `cite`: that of reporting alone."""
    short = words if len(words) <= LABEL else words[: LABEL - 1] + "…"
    of = f"{document}:{start}-{end}"
    first = el("a", t("quote.cite"), href=here({DO: "cite", OF: of}), aria_label=t("quote.cite_label", words=short), cls="zm-act")
    wrong = el("a", t("quote.wrong"), href=here({DO: "wrong", OF: of, ABOUT: about}), aria_label=t("quote.wrong_label", words=short), cls="zm-act")
    return join([first if cite else "", wrong])


def close() -> None:
    """Take the act out of the address."""
    for name in PARAMETERS:
        st.query_params.pop(name, None)


def absolute(link: str) -> str:
    """A link of the page with host, as it can be pasted into a text: `http://127.0.0.1:8501/document?doc=…`."""
    parts = urlsplit(st.context.url or "")
    return urljoin(f"{parts.scheme}://{parts.netloc}/", link) if parts.netloc else link


def document_link(document: str, at: tuple[int, int]) -> str:
    """Address of a place of a document."""
    return to("document", DocumentAddress(doc=document, at=at).params())
