"""The graph as a Cypher script for an empty Neo4j 5: one statement a line, every value an escaped literal.

Labels and relations are those of the README: `(:Concept)<-[:ABOUT]-(:Factor:Dilemma)-[:ADDRESSED_BY]->(:Factor:Countermeasure)-[:STANDS_IN]->(:Document)`,
`(:Actor)-[:TAKES]->(:Factor)`. Nodes are found by their property `key`; run twice, the script makes nothing twice.

A statement makes many nodes of one label, or many edges of one relation, out of one flat list. Neo4j takes such a list for a parameter and plans the
statements of one kind once (Neo4j Cypher Manual, Query caches: literals are extracted); maps it would plan anew each time, a second for a hundred rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from graph.export.material import Material
from graph.export.network import Value, edges, nodes

__all__ = ["literal", "write"]

_LABELS = {
    "concept": "Concept",
    "document": "Document",
    "actor": "Actor",
    "driver": "Factor:Driver",
    "dilemma": "Factor:Dilemma",
    "countermeasure": "Factor:Countermeasure",
    "goal": "Factor:Goal",
}
_ROWS = 200
"""rows of a statement"""
_Row = tuple[tuple[str, ...], dict[str, Value]]
"""what a row is found by, and its properties"""
# a backslash is written by its code: `\\u` in front of digits would be read as a sign of the script itself before strings are looked at
_ESCAPED = {"'": "\\'", "\\": "\\u005C\\u005C", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}


def write(material: Material, out: BinaryIO) -> None:
    """The manifest as comments, constraints, then a statement a node and a statement an edge."""
    for line in material.manifest.lines():
        # a comment ends with its line, whatever the line says
        _put(out, "// " + " ".join(line.replace("\\", "/").split()))
    for label in ("Concept", "Document", "Factor", "Actor"):
        _put(out, f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE;")
    labels: dict[str, str] = {}
    waiting: dict[tuple[str, str], list[_Row]] = {}
    for key, values in nodes(material):
        base, _, more = _LABELS[str(values["kind"])].partition(":")
        labels[key] = base
        made = f"MERGE (n:{base} {{key: v[i]}})" + (f" SET n:{more}" if more else "")
        _collect(out, waiting, (made, "n"), ((key,), values))
    _flush(out, waiting)
    for key, source, target, values in edges(material):
        ends = f"MATCH (a:{labels[source]} {{key: v[i + 1]}}) MATCH (b:{labels[target]} {{key: v[i + 2]}})"
        made = f"{ends} MERGE (a)-[r:{str(values['type']).upper()} {{key: v[i]}}]->(b)"
        _collect(out, waiting, (made, "r"), ((key, source, target), values))
    _flush(out, waiting)


def _collect(out: BinaryIO, waiting: dict[tuple[str, str], list[_Row]], made: tuple[str, str], row: _Row) -> None:
    """Put a row to those of its kind, and write these once they are many."""
    rows = waiting.setdefault(made, [])
    rows.append(row)
    if len(rows) == _ROWS:
        _put(out, _statement(*made, rows))
        rows.clear()


def _flush(out: BinaryIO, waiting: dict[tuple[str, str], list[_Row]]) -> None:
    for made, rows in waiting.items():
        if rows:
            _put(out, _statement(*made, rows))
    waiting.clear()


def _statement(made: str, variable: str, rows: Sequence[_Row]) -> str:
    """All rows in one list; what a row does not have is null there, which is no property."""
    names = list(dict.fromkeys(name for _, values in rows for name in values))
    first = len(rows[0][0])
    flat = ", ".join(literal(value) for found_by, values in rows for value in (*found_by, *(values.get(name) for name in names)))
    properties = ", ".join(f"{variable}.{name} = v[i + {first + n}]" for n, name in enumerate(names))
    return f"WITH [{flat}] AS v UNWIND range(0, size(v) - 1, {first + len(names)}) AS i {made} SET {properties};"


def literal(value: Value | None) -> str:
    """`value` as it stands in a script: `市长's "数据"` → `'市长\\'s "数据"'`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + "".join(_ESCAPED.get(sign, sign) for sign in value) + "'"
    return repr(value)


def _put(out: BinaryIO, line: str) -> None:
    out.write(line.encode() + b"\n")
