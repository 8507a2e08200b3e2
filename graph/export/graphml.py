"""The graph as GraphML (Brandes and others 2002, graphml.graphdrawing.org): one declared type a column, written as a stream."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from graph.export.material import Material
from graph.export.network import EDGE_COLUMNS, NODE_COLUMNS, Value, edges, nodes

__all__ = ["write"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES: dict[type, str] = {str: "string", int: "int", float: "double", bool: "boolean"}


def write(material: Material, out: BinaryIO) -> None:
    """Nodes and edges of `graph.export.network`; the manifest stands in the description of the graph."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: _SPACE}):
            for owner, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
                for name, kind in columns.items():
                    file.write(etree.Element("key", {"id": f"{owner[0]}_{name}", "for": owner, "attr.name": name, "attr.type": _TYPES[kind]}))
            with file.element("graph", {"id": "zhengmai", "edgedefault": "directed"}):
                description = etree.Element("desc")
                description.text = "\n".join(material.manifest.lines())
                file.write(description)
                for identity, values in nodes(material):
                    file.write(_with_data(etree.Element("node", {"id": identity}), "n", values))
                for identity, source, target, values in edges(material):
                    file.write(_with_data(etree.Element("edge", {"id": identity, "source": source, "target": target}), "e", values))


def _with_data(element: etree._Element, owner: str, values: dict[str, Value]) -> etree._Element:
    for name, value in values.items():
        data = etree.SubElement(element, "data", key=f"{owner}_{name}")
        data.text = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)
    return element
