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
    stamp TEXT NOT NULL
) STRICT;
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
    review INTEGER NOT NULL, answered INTEGER NOT NULL
) STRICT;

CREATE TABLE entity (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type INTEGER NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE concept (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, english TEXT) STRICT;

CREATE TABLE edge (
    source INTEGER NOT NULL, type INTEGER NOT NULL, target INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, key TEXT NOT NULL,
    basis INTEGER, confidence REAL NOT NULL, author TEXT NOT NULL, evidence TEXT NOT NULL,
    review INTEGER NOT NULL, live INTEGER NOT NULL, weak INTEGER NOT NULL, role TEXT,
    PRIMARY KEY (source, type, target, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_back ON edge (target, type, source);

CREATE TABLE outcome (document INTEGER NOT NULL, ordinal INTEGER NOT NULL, decision TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, target TEXT,
    PRIMARY KEY (document, ordinal)) STRICT, WITHOUT ROWID;

CREATE TABLE link_answer (
    concept INTEGER NOT NULL, type INTEGER NOT NULL, side INTEGER NOT NULL,
    weak INTEGER NOT NULL, basis INTEGER NOT NULL, doubt INTEGER NOT NULL, age INTEGER NOT NULL, tie INTEGER NOT NULL,
    source INTEGER NOT NULL, target INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    document INTEGER NOT NULL, work INTEGER NOT NULL, kind INTEGER NOT NULL, sample INTEGER NOT NULL, review INTEGER NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (concept, type, side, weak, basis, doubt, age, tie, source, target, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE factor_answer (
    concept INTEGER NOT NULL, type INTEGER NOT NULL, answered INTEGER NOT NULL,
    weak INTEGER NOT NULL, doubt INTEGER NOT NULL, age INTEGER NOT NULL, tie INTEGER NOT NULL, factor INTEGER NOT NULL,
    document INTEGER NOT NULL, work INTEGER NOT NULL, kind INTEGER NOT NULL, sample INTEGER NOT NULL, review INTEGER NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (concept, type, answered, weak, doubt, age, tie, factor)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');

INSERT INTO meta VALUES ('version', 0);
