"""The graph as a Cypher script for an empty Neo4j 5: one statement a line, every value an escaped literal.

Labels and relations are those of the README: `(:Concept)<-[:ABOUT]-(:Factor:Dilemma)-[:ADDRESSED_BY]->(:Factor:Countermeasure)-[:STANDS_IN]->(:Document)`,
`(:Actor)-[:TAKES]->(:Factor)`. Nodes are found by their property `key`; run twice, the script makes nothing twice.
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
    for key, values in nodes(material):
        wanted = _LABELS[str(values["kind"])]
        base, _, more = wanted.partition(":")
        labels[key] = base
        _put(out, f"MERGE (n:{base} {{key: {literal(key)}}}) SET n += {_map(values)}{f', n:{more}' if more else ''};")
    for key, source, target, values in edges(material):
        kind = str(values["type"]).upper()
        ends = f"MATCH (a:{labels[source]} {{key: {literal(source)}}}), (b:{labels[target]} {{key: {literal(target)}}})"
        _put(out, f"{ends} MERGE (a)-[r:{kind} {{key: {literal(key)}}}]->(b) SET r += {_map(values)};")


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
