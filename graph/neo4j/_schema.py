"""Labels, constraints and indexes of the Neo4j store, and their version.

The graph is that of the design: `Document`, `Section`, `Sentence`, `Factor` (also `Driver`, `Dilemma`, `Countermeasure` or `Goal`),
`Actor` and the other entities (also `Entity`), `Concept`, and between them the relations of `RELATIONS`. Anybody may walk it in Cypher.
Beside it stand `Projection` (a document as it was put in, so that it can be shown, checked and copied whole) and `Answers` (rows made of
it, `graph.neo4j._prepared`), and one `ZhengmaiGraph` that says which state the graph is in. Writers queue at that node.
"""

from __future__ import annotations

from graph.projection import EdgeType
from pipeline.records import EntityType, FactorType

__all__ = ["ENTITY_LABELS", "FACTOR_LABELS", "INDEX", "OWN_LABELS", "RELATIONS", "SCHEMA", "STATEMENTS", "UPGRADES"]

SCHEMA = 2
UPGRADES = {1: "MATCH ()-[r:ANSWERS_ABOUT]->() CALL { WITH r REMOVE r.ties } IN TRANSACTIONS OF 5000 ROWS"}
"""what makes the next schema of one: in the first one, what ties a concept to others was kept once more with every concept"""
INDEX = "zhengmai_words"
"""full-text index of sentences: their tokens, folded, a blank between them (`graph._fold.index_text`), so that a phrase is found as on SQLite"""

FACTOR_LABELS: dict[FactorType, str] = {"driver": "Driver", "dilemma": "Dilemma", "countermeasure": "Countermeasure", "goal": "Goal"}
ENTITY_LABELS: dict[EntityType, str] = {
    **dict.fromkeys(("government", "office_holder", "enterprise", "public", "society"), "Actor"),
    "scholar": "Scholar",
    "place": "Place",
    "policy": "Policy",
    "case": "Case",
    "technology": "Technology",
    "concept": "Term",
}
RELATIONS: dict[EdgeType, str] = {
    "addressed_by": "ADDRESSED_BY",
    "caused_by": "CAUSED_BY",
    "achieves": "ACHIEVES",
    "drives": "DRIVES",
    "part_of": "PART_OF",
    "limited_by": "LIMITED_BY",
    "about": "ABOUT",
    "takes": "TAKES",
    "faces": "FACES",
    "mentions": "MENTIONS",
}
OWN_LABELS = ("Document", "Section", "Sentence", "Factor", "Projection", "Answers")
"""labels of nodes that belong to one document"""

STATEMENTS = (
    "CREATE CONSTRAINT zhengmai_graph IF NOT EXISTS FOR (g:ZhengmaiGraph) REQUIRE g.name IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_document IF NOT EXISTS FOR (d:Document) REQUIRE d.id IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_document_number IF NOT EXISTS FOR (d:Document) REQUIRE d.number IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_projection IF NOT EXISTS FOR (p:Projection) REQUIRE p.number IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_answers IF NOT EXISTS FOR (a:Answers) REQUIRE a.number IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_section IF NOT EXISTS FOR (s:Section) REQUIRE s.id IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_sentence IF NOT EXISTS FOR (s:Sentence) REQUIRE s.id IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_factor IF NOT EXISTS FOR (f:Factor) REQUIRE f.id IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_entity IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE",
    "CREATE CONSTRAINT zhengmai_concept IF NOT EXISTS FOR (c:Concept) REQUIRE c.id IS UNIQUE",
    "CREATE INDEX zhengmai_supersedes IF NOT EXISTS FOR (d:Document) ON (d.supersedes)",
    "CREATE INDEX zhengmai_entity_name IF NOT EXISTS FOR (e:Entity) ON (e.name)",
    "CREATE INDEX zhengmai_concept_number IF NOT EXISTS FOR (c:Concept) ON (c.number)",
    f"CREATE FULLTEXT INDEX {INDEX} IF NOT EXISTS FOR (s:Sentence) ON EACH [s.words] OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}",
)
