"""The graph as GEXF 1.2 (gexf.net/1.2draft) with colours and sizes, as Gephi and networkx read it."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from graph.export.material import Material
from graph.export.network import COLORS, EDGE_COLUMNS, NODE_COLUMNS, Value, edges, nodes

__all__ = ["write"]

_SPACE, _VIZ = "http://www.gexf.net/1.2draft", "http://www.gexf.net/1.2draft/viz"
_TYPES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}
_SIZES = {"concept": 16, "document": 12, "actor": 8}
_OTHER_SIZE = 5
_THICK = {"stated": 2.0, "aligned": 1.0}


def write(material: Material, out: BinaryIO) -> None:
    """Nodes and edges of `graph.export.network`; links that the text states are drawn thicker than those its plan aligns."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("gexf", {"version": "1.2"}, nsmap={None: _SPACE, "viz": _VIZ}):
            meta = etree.Element("meta", lastmodifieddate=material.manifest.date[:10])
            etree.SubElement(meta, "creator").text = material.manifest.program
            etree.SubElement(meta, "description").text = "\n".join(material.manifest.lines())
            file.write(meta)
            with file.element("graph", {"defaultedgetype": "directed", "mode": "static"}):
                for owner, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
                    declared = etree.Element("attributes", {"class": owner, "mode": "static"})
                    for name, kind in columns.items():
                        if name != "label":
                            etree.SubElement(declared, "attribute", {"id": f"{owner[0]}_{name}", "title": name, "type": _TYPES[kind]})
                    file.write(declared)
                with file.element("nodes"):
                    for identity, values in nodes(material):
                        file.write(_node(identity, values))
                with file.element("edges"):
                    for identity, source, target, values in edges(material):
                        file.write(_edge(identity, source, target, values))


def _node(identity: str, values: dict[str, Value]) -> etree._Element:
    kind = str(values["kind"])
    node = etree.Element("node", {"id": identity, "label": str(values.get("label", identity))})
    _with_values(node, "n", values)
    red, green, blue = (str(int(COLORS[kind][at : at + 2], 16)) for at in (1, 3, 5))
    etree.SubElement(node, f"{{{_VIZ}}}color", {"r": red, "g": green, "b": blue})
    etree.SubElement(node, f"{{{_VIZ}}}size", {"value": str(_SIZES.get(kind, _OTHER_SIZE))})
    return node


def _edge(identity: str, source: str, target: str, values: dict[str, Value]) -> etree._Element:
    edge = etree.Element("edge", {"id": identity, "source": source, "target": target, "label": str(values["type"]), "type": "directed"})
    _with_values(edge, "e", values)
    etree.SubElement(edge, f"{{{_VIZ}}}thickness", {"value": str(_THICK.get(str(values.get("basis")), 0.5))})
    return edge


def _with_values(element: etree._Element, owner: str, values: dict[str, Value]) -> None:
    inside = etree.SubElement(element, "attvalues")
    for name, value in values.items():
        if name != "label":
            written = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
            etree.SubElement(inside, "attvalue", {"for": f"{owner}_{name}", "value": written})
