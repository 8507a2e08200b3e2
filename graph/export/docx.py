"""The links with their quotes as a Word document (ECMA-376, WordprocessingML), numbered sources at its end.

Every run names its font for Chinese (`w:eastAsia`): a run that names only a Latin font is set in whatever the theme says, often a Japanese one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import BinaryIO

from lxml import etree

from graph.export.material import Material, printable
from graph.export.stable_zip import add
from graph.records import FactorView

__all__ = ["write"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "宋体", "cs": "Times New Roman"}
_HALF_POINTS = {"Normal": 24, "Heading1": 32, "Quote": 22}
_TYPES = {"driver": "动因", "dilemma": "困境", "countermeasure": "对策", "goal": "目标"}
_LINKS = {"addressed_by": "应对", "caused_by": "成因", "achieves": "达成", "drives": "驱动", "part_of": "从属", "limited_by": "受限于"}
_BASES = {"stated": "明述", "aligned": "对应"}
_CONTENT_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""


def write(material: Material, out: BinaryIO) -> None:
    """A heading a document, below it each link with the sentences that say it; statements without a link last; sources by GB/T 7714—2015."""
    date = material.manifest.date
    with zipfile.ZipFile(out, "w") as archive:
        add(archive, "[Content_Types].xml", _CONTENT_TYPES.encode(), date)
        add(archive, "_rels/.rels", _relations("officeDocument", "word/document.xml"), date)
        add(archive, "word/document.xml", _document(material), date)
        add(archive, "word/_rels/document.xml.rels", _relations("styles", "styles.xml"), date)
        add(archive, "word/styles.xml", _styles(), date)


def _document(material: Material) -> bytes:
    whole = io.BytesIO()
    with etree.xmlfile(whole, encoding="UTF-8") as file:
        file.write_declaration(standalone=True)
        with file.element(f"{{{_W}}}document", nsmap={"w": _W}), file.element(f"{{{_W}}}body"):
            for number, document in enumerate(material.documents(), 1):
                factors, linked = document.factors(), set()
                file.write(_paragraph([f"{document.title} [{number}]"], "Heading1"))
                for link in document.view.links:
                    one, other = factors[link.source], factors[link.target]
                    linked |= {one.id, other.id}
                    file.write(_paragraph([f"{_named(one)} —{_LINKS[link.type]}（{_BASES[link.basis]}）→ {_named(other)} [{number}]"]))
                    for sentence in dict.fromkeys((one.sentence, other.sentence)):
                        file.write(_paragraph([sentence], "Quote"))
                for factor in factors.values():
                    if factor.id not in linked:
                        file.write(_paragraph([f"{_named(factor)} [{number}]"]))
                        file.write(_paragraph([factor.sentence], "Quote"))
            file.write(_paragraph(["来源 Sources"], "Heading1"))
            for number, document in enumerate(material.documents(), 1):
                file.write(_paragraph([f"[{number}] {document.citation}"]))
            for line in material.manifest.lines():
                file.write(_paragraph([line], "Quote"))
            section = etree.Element(f"{{{_W}}}sectPr")
            _with(section, "pgSz", w="11906", h="16838")
            file.write(section)
    return whole.getvalue()


def _named(factor: FactorView) -> str:
    return f"{_TYPES[factor.type]}：{factor.text}"


def _paragraph(runs: Sequence[str], style: str = "Normal") -> etree._Element:
    paragraph = etree.Element(f"{{{_W}}}p")
    _with(_with(paragraph, "pPr"), "pStyle", val=style)
    for words in runs:
        run = _with(paragraph, "r")
        _with(_with(run, "rPr"), "rFonts", **_FONTS, hint="eastAsia")
        text = _with(run, "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = " ".join(printable(words).split("\n"))
    return paragraph


def _styles() -> bytes:
    styles = etree.Element(f"{{{_W}}}styles", nsmap={"w": _W})
    defaults = _with(_with(_with(styles, "docDefaults"), "rPrDefault"), "rPr")
    _with(defaults, "rFonts", **_FONTS)
    _with(defaults, "lang", val="en-US", eastAsia="zh-CN")
    for name, size in _HALF_POINTS.items():
        style = _with(styles, "style", type="paragraph", styleId=name, **({"default": "1"} if name == "Normal" else {}))
        _with(style, "name", val={"Heading1": "heading 1"}.get(name, name))
        if name == "Quote":
            _with(_with(style, "pPr"), "ind", left="480")
        look = _with(style, "rPr")
        _with(look, "rFonts", **_FONTS)
        if name == "Heading1":
            _with(look, "b")
        _with(look, "sz", val=str(size))
    return bytes(etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with(parent: etree._Element, name: str, **values: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_W}}}{name}", {f"{{{_W}}}{key}": value for key, value in values.items()})


def _relations(kind: str, target: str) -> bytes:
    made = etree.Element("Relationships", nsmap={None: f"{_PACKAGE}/relationships"})
    etree.SubElement(made, "Relationship", Id="rId1", Type=f"{_OFFICE}/{kind}", Target=target)
    return bytes(etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True))
