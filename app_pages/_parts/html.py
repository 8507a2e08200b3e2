"""HTML built from parts: whatever is not HTML yet is escaped, so that forgetting it is not possible.

`shown` is the one place where document text becomes HTML; nothing of a document is ever given to Markdown, to a label or to a script.
"""

from __future__ import annotations

from collections.abc import Iterable

_INERT: dict[int, int | str] = {
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **{code: 0xFFFD for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys((0x7F, 0xFFFE, 0xFFFF), 0xFFFD),
    **{code: f"&#{code};" for code in (0x22, 0x26, 0x27, 0x3C, 0x3E)},
    # a line end inside HTML would be touched by Streamlit's dedent
    **{code: f"&#{code};" for code in (0x0A, 0x0D)},
}


class Html(str):
    """A piece of HTML that was built here."""

    __slots__ = ()


def shown(text: str) -> Html:
    """Text as HTML that nothing can be made of: `5~7 <b> :red[文件]` comes out as those very characters.

    Characters that no page can hold (NUL, lone surrogates, controls) are shown as U+FFFD; the text itself stays as it is.
    """
    return text if isinstance(text, Html) else Html(text.translate(_INERT))


def join(parts: Iterable[str]) -> Html:
    """Parts one after another, escaped where they are not HTML yet."""
    return Html("".join(map(shown, parts)))


def el(name: str, *children: str, cls: str = "", **attributes: str) -> Html:
    """An element: `el("a", "数据孤岛", href="?q=1&b")` → `<a href="?q=1&#38;b">数据孤岛</a>`.

    Empty attributes are left out; an underscore in a name becomes a hyphen (`data_place`).
    """
    given = {"class": cls, **attributes}
    written = "".join(f' {key.replace("_", "-")}="{Html(value.translate(_INERT))}"' for key, value in given.items() if value)
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def block(*parts: str, cls: str = "") -> Html:
    """Parts as one block of a page; `zm` is what the style sheet and the link script look for."""
    return el("div", *parts, cls=f"zm {cls}".strip())
