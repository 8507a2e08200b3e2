"""Tables of the SQLite store and their version.

Whole numbers stand for words that repeat in every row (`graph._codes`).
A node of a document has the id `document << BITS | place in the document`, so all rows of a document lie side by side in every table
and go by one range; shared nodes (concepts, entities) have ids below `1 << BITS`.

An edge lies with the node of its document: `takes` and `faces` lead from the actor, and stand in `edge` the other way round (`FLIPPED`).
`document`, `sentence`, `factor`, `edge` … are the graph; the tables of `_derived` and `words` are made from them, for the documents
that answers use, so that an answer is one walk along the rows of its concepts.
"""

from __future__ import annotations

__all__ = ["ACCESS", "ANSWERS", "APPLICATION", "CHANGED", "EDGE_BACK", "IN_ORDER", "NO_MERGING", "SCHEMA", "SHELF", "TABLES"]

APPLICATION = 0x5A4D4731
"""`PRAGMA application_id` of a graph of ours: ZMG1"""
SCHEMA = 8

EDGE_BACK = "CREATE INDEX edge_back ON edge (target, type, source) WHERE type NOT IN (6, 9);"
"""the way back along an edge, but for `about` (that is `factor_answer`) and `mentions` (the full-text index finds a name)"""

ACCESS = "access INTEGER NOT NULL DEFAULT 0"
CHANGED = "changed INTEGER NOT NULL DEFAULT 0"
"""the version of the graph that brought the document in, or into the answers or out of them, last"""
IN_ORDER = "CREATE INDEX document_in_order ON document (age, tie, changed);"
SHELF = "shelf INTEGER GENERATED ALWAYS AS (sample + 2 * (access = 2)) VIRTUAL"
"""what is never answered together by itself: 0 added, 1 sample, 2 internal, 3 an internal sample"""

NO_MERGING = "INSERT INTO words (words, rank) VALUES ('deletemerge', 0);"
"""what is deleted is only marked, and goes when parts of the index are merged because of what is added: merging for its own sake took a
fifth of a second of every tenth deletion"""

# Rows of a concept lie in the order of their documents, not in that of an answer: a document that is added touches one page a concept
# and not one a row, which is what adding costs. Sorting the rows of the commonest concept of ten thousand documents takes milliseconds.
ANSWERS = """
CREATE TABLE link_answer (
    concept INTEGER NOT NULL, type INTEGER NOT NULL, side INTEGER NOT NULL,
    weak INTEGER NOT NULL, basis INTEGER NOT NULL, doubt INTEGER NOT NULL, age INTEGER NOT NULL, tie INTEGER NOT NULL,
    source INTEGER NOT NULL, target INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, work INTEGER NOT NULL, kind INTEGER NOT NULL, shelf INTEGER NOT NULL, review INTEGER NOT NULL, confidence REAL NOT NULL,
    force INTEGER NOT NULL, voice INTEGER NOT NULL, dims INTEGER NOT NULL, actors INTEGER NOT NULL,
    PRIMARY KEY (concept, type, side, source, target, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE factor_answer (
    concept INTEGER NOT NULL, type INTEGER NOT NULL, answered INTEGER NOT NULL,
    weak INTEGER NOT NULL, doubt INTEGER NOT NULL, age INTEGER NOT NULL, tie INTEGER NOT NULL, factor INTEGER NOT NULL,
    document INTEGER NOT NULL, work INTEGER NOT NULL, kind INTEGER NOT NULL, shelf INTEGER NOT NULL, review INTEGER NOT NULL, confidence REAL NOT NULL,
    force INTEGER NOT NULL, voice INTEGER NOT NULL, dims INTEGER NOT NULL, actors INTEGER NOT NULL,
    PRIMARY KEY (concept, type, factor)
) STRICT, WITHOUT ROWID;

CREATE TABLE concept_document (
    concept INTEGER NOT NULL, document INTEGER NOT NULL,
    work INTEGER NOT NULL, age INTEGER NOT NULL, kind INTEGER NOT NULL, shelf INTEGER NOT NULL,
    drivers INTEGER NOT NULL, dilemmas INTEGER NOT NULL, measures INTEGER NOT NULL, goals INTEGER NOT NULL, gaps INTEGER NOT NULL,
    PRIMARY KEY (concept, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE concept_link (
    one INTEGER NOT NULL, type INTEGER NOT NULL, other INTEGER NOT NULL,
    basis INTEGER NOT NULL, doubt INTEGER NOT NULL, age INTEGER NOT NULL, tie INTEGER NOT NULL,
    source INTEGER NOT NULL, target INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, work INTEGER NOT NULL, kind INTEGER NOT NULL, shelf INTEGER NOT NULL, review INTEGER NOT NULL, confidence REAL NOT NULL,
    force INTEGER NOT NULL, voice INTEGER NOT NULL, dims INTEGER NOT NULL, actors INTEGER NOT NULL,
    PRIMARY KEY (one, source, target, ordinal, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_link_back ON concept_link (other, source, target, ordinal, one);

CREATE TABLE document_sums (document INTEGER PRIMARY KEY, named BLOB NOT NULL, counts BLOB NOT NULL, entities BLOB NOT NULL) STRICT;
CREATE TABLE document_factors (document INTEGER PRIMARY KEY, first INTEGER NOT NULL, rows BLOB NOT NULL) STRICT;
CREATE TABLE document_links (document INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;
CREATE TABLE document_ends (document INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;
CREATE TABLE document_about (document INTEGER PRIMARY KEY, rows BLOB NOT NULL) STRICT;
"""

TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    file TEXT NOT NULL, title TEXT NOT NULL, authors TEXT NOT NULL,
    year INTEGER, date TEXT, kind INTEGER NOT NULL, issuer TEXT, level INTEGER,
    sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
    work INTEGER NOT NULL, work_key TEXT NOT NULL,
    age INTEGER NOT NULL, tie INTEGER NOT NULL,
    in_force TEXT, expires TEXT,
    supersedes TEXT, live INTEGER NOT NULL CHECK (live IN (0, 1)),
    sentences INTEGER NOT NULL, factors INTEGER NOT NULL, links INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    {ACCESS}, {CHANGED}, {SHELF}
) STRICT;
{IN_ORDER}
CREATE INDEX document_supersedes ON document (supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE document_text (document INTEGER PRIMARY KEY, clean_text TEXT NOT NULL, blocks BLOB NOT NULL) STRICT;
CREATE TABLE place (document INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (document, name)) STRICT, WITHOUT ROWID;

CREATE TABLE section (id INTEGER PRIMARY KEY, key TEXT NOT NULL, path TEXT NOT NULL, level INTEGER NOT NULL, zone TEXT,
    start INTEGER NOT NULL, stop INTEGER NOT NULL) STRICT;
CREATE TABLE sentence (id INTEGER PRIMARY KEY, key TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, section INTEGER) STRICT;

CREATE TABLE factor (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, type INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL CHECK (stop > start),
    sentence INTEGER NOT NULL, section INTEGER,
    scope TEXT NOT NULL, dim TEXT, force TEXT, voice TEXT NOT NULL, spots TEXT NOT NULL, moment TEXT,
    confidence REAL NOT NULL, runner_up TEXT, author TEXT NOT NULL,
    review INTEGER NOT NULL, answered INTEGER NOT NULL, actors INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX factor_sentence ON factor (sentence);

CREATE TABLE entity (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE concept (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, english TEXT, documents INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE edge (
    source INTEGER NOT NULL, type INTEGER NOT NULL, target INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, key TEXT NOT NULL,
    basis INTEGER, confidence REAL NOT NULL, author TEXT NOT NULL, evidence TEXT NOT NULL,
    review INTEGER NOT NULL, live INTEGER NOT NULL, weak INTEGER NOT NULL, role TEXT,
    PRIMARY KEY (source, type, target, ordinal)
) STRICT, WITHOUT ROWID;
{EDGE_BACK}

CREATE TABLE outcome (document INTEGER NOT NULL, ordinal INTEGER NOT NULL, decision TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, target TEXT,
    PRIMARY KEY (document, ordinal)) STRICT, WITHOUT ROWID;

{ANSWERS}
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
{NO_MERGING}

-- a graph that is made anew never has a version that the one before it had: what was computed for that one does not hold
INSERT INTO meta VALUES ('version', (random() & 0x3fffffff) << 24);
"""
