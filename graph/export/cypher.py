"""The graph as a Cypher script for an empty Neo4j 5: one statement a line, every value an escaped literal.

Labels and relations are those of the README: `(:Concept)<-[:ABOUT]-(:Factor:Dilemma)-[:ADDRESSED_BY]->(:Factor:Countermeasure)-[:STANDS_IN]->(:Document)`,
`(:Actor)-[:TAKES]->(:Factor)`. Nodes are found by their property `key`; run twice, the script makes nothing twice. A statement makes many nodes of one
label, or many edges of one relation: one a statement would take the server hours for a large corpus.
"""

from __future__ import annotations

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
_ROWS = 100
"""rows of a statement"""
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
    waiting: dict[str, list[str]] = {}
    for key, values in nodes(material):
        label = _LABELS[str(values["kind"])]
        base, _, more = label.partition(":")
        labels[key] = base
        _collect(
            out, waiting, f"MERGE (n:{base} {{key: row.key}}) SET n += row.of{f', n:{more}' if more else ''}", f"{{key: {literal(key)}, of: {_map(values)}}}"
        )
    _flush(out, waiting)
    for key, source, target, values in edges(material):
        ends = f"MATCH (a:{labels[source]} {{key: row.a}}) MATCH (b:{labels[target]} {{key: row.b}})"
        made = f"{ends} MERGE (a)-[r:{str(values['type']).upper()} {{key: row.key}}]->(b) SET r += row.of"
        _collect(out, waiting, made, f"{{key: {literal(key)}, a: {literal(source)}, b: {literal(target)}, of: {_map(values)}}}")
    _flush(out, waiting)


def _collect(out: BinaryIO, waiting: dict[str, list[str]], made: str, row: str) -> None:
    """Put a row to those of its kind, and write these once they are many."""
    rows = waiting.setdefault(made, [])
    rows.append(row)
    if len(rows) == _ROWS:
        _put(out, f"UNWIND [{', '.join(rows)}] AS row {made};")
        rows.clear()


def _flush(out: BinaryIO, waiting: dict[str, list[str]]) -> None:
    for made, rows in waiting.items():
        if rows:
            _put(out, f"UNWIND [{', '.join(rows)}] AS row {made};")
    waiting.clear()


def literal(value: Value) -> str:
    """`value` as it stands in a script: `市长's "数据"` → `'市长\\'s "数据"'`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + "".join(_ESCAPED.get(sign, sign) for sign in value) + "'"
    return repr(value)


def _map(values: dict[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in values.items()) + "}"


def _put(out: BinaryIO, line: str) -> None:
    out.write(line.encode() + b"\n")
