"""Records exported from literature databases (CNKI, Wanfang, VIP): RefWorks, RIS, EndNote and NoteExpress tags, one field a line."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.records import Role
from pipeline.structure._lines import Line
from pipeline.structure._verdicts import Verdicts

__all__ = ["export_field", "read_export"]

_REFWORKS = re.compile(
    r"(RT|SR|A1|A2|AD|T1|T2|JF|JO|YR|FD|VO|IS|OP|SP|EP|K1|AB|SN|CN|LA|DS|LK|DO|UL|PB|PP|ED|PY|AU|TI|KW|TY|N2|UR|VL|SO)(?:\s{1,4}-)?\s+(?=\S)", re.I
)
_ENDNOTE = re.compile(r"%([0ABDFGIJKLMNPRTUVWX@~9])\s+(?=\S)")
_NOTEEXPRESS = re.compile(
    r"\{(?:Reference Type|Title|Author|Author Address|Journal|Year|Volume|Issue|Pages|Keywords|Abstract|URL|DOI|Date|ISBN/ISSN|Notes|Database Provider"
    r"|Language)\}\s*[:：]\s*",
    re.I,
)
_NAMES = {
    **dict.fromkeys(("t1", "ti", "%t", "{title}"), "title"),
    **dict.fromkeys(("ab", "n2", "%x", "{abstract}"), "abstract"),
    **dict.fromkeys(("k1", "kw", "%k", "{keywords}"), "keywords"),
    **dict.fromkeys(("a1", "a2", "au", "%a", "{author}"), "authors"),
    **dict.fromkeys(("ad", "%+", "{author address}"), "affiliations"),
    **dict.fromkeys(("jf", "jo", "t2", "so", "%j", "{journal}"), "outlet"),
    **dict.fromkeys(("yr", "py", "fd", "%d", "{year}", "{date}"), "published"),
    **dict.fromkeys(("vo", "vl", "%v", "{volume}"), "volume"),
    **dict.fromkeys(("is", "%n", "{issue}"), "issue"),
    **dict.fromkeys(("op", "sp", "pp", "%p", "{pages}"), "pages"),
    **dict.fromkeys(("do", "%r", "{doi}"), "doi"),
    **dict.fromkeys(("lk", "ul", "ur", "%u", "{url}"), "url"),
}
_ROLES: dict[str, Role] = {"title": "title", "abstract": "abstract", "keywords": "keywords"}
_FEWEST = 3


def export_field(text: str) -> tuple[str, int] | None:
    """Field that the tag at the head of a line names and where its value begins: `A1 张三;;李四` → ("authors", 3)."""
    for form in (_REFWORKS, _ENDNOTE, _NOTEEXPRESS):
        if found := form.match(text):
            tag = found.group().split(":")[0].split("：")[0].strip(" -").lower()
            return _NAMES.get(tag, "other"), found.end()
    return None


def read_export(lines: list[Line], verdicts: Verdicts) -> list[Line]:
    """The lines with tags taken off title, abstract and key words, if this is such a record; all its lines are settled."""
    found = [export_field(line.text) for line in lines]
    tagged = [field for field in found if field is not None]
    if len(tagged) < _FEWEST or found[0] is None or len(tagged) * 2 < len(lines) or not any(name == "title" for name, _ in tagged):
        return lines
    out: list[Line] = []
    for i, (line, field) in enumerate(zip(lines, found, strict=True)):
        role = _ROLES.get(field[0]) if field is not None else None
        if field is not None and role is not None:
            verdicts.settle(i, role)
            out.append(replace(line, text=line.text[field[1] :], start=line.start + field[1]))
        else:
            if field is not None:
                verdicts.settle(i, "byline", "export")
            out.append(line)
    return out
