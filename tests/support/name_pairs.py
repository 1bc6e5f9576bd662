"""Objects that take each other's names: one statement for each kind, and databases in which one kind's give them to another's."""

from __future__ import annotations

from collections.abc import Mapping

# `n` is the name, `g` a table with two columns, `number` one of the pair's own.
MAKERS: Mapping[str, str] = {
    "table": "CREATE TABLE app.{n} (id int)",
    "partitioned": "CREATE TABLE app.{n} (id int) PARTITION BY LIST (id)",
    "partition": "CREATE TABLE app.{n} PARTITION OF app.parts FOR VALUES IN ({number})",
    "view": "CREATE VIEW app.{n} AS SELECT 1 AS a",
    "matview": "CREATE MATERIALIZED VIEW app.{n} AS SELECT 1 AS a",
    "sequence": "CREATE SEQUENCE app.{n}",
    "owned": "CREATE SEQUENCE app.{n} OWNED BY app.{g}.a",
    "identity": "ALTER TABLE app.{g} ALTER i ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME app.{n})",
    "index": "CREATE INDEX {n} ON app.{g} (a)",
    "unique": "ALTER TABLE app.{g} ADD CONSTRAINT {n} UNIQUE (a)",
    "key": "ALTER TABLE app.{g} ADD CONSTRAINT {n} PRIMARY KEY (i)",
    "exclusion": "ALTER TABLE app.{g} ADD CONSTRAINT {n} EXCLUDE (a WITH =)",
    "composite": "CREATE TYPE app.{n} AS (a int)",
    "foreign": "CREATE FOREIGN TABLE app.{n} (id int) SERVER srv",
    "enum": "CREATE TYPE app.{n} AS ENUM ('a')",
    "domain": "CREATE DOMAIN app.{n} AS int",
    "range": "CREATE TYPE app.{n} AS RANGE (subtype = int4, multirange_type_name = app.m{n})",
    "multirange": "CREATE TYPE app.r{n} AS RANGE (subtype = int4, multirange_type_name = app.{n})",
    "function": "CREATE FUNCTION app.{n}(int, int) RETURNS int LANGUAGE sql AS 'select 1'",
    "procedure": "CREATE PROCEDURE app.{n}(int, int) LANGUAGE sql AS 'select 1'",
    "aggregate": "CREATE AGGREGATE app.{n}(int, int) (SFUNC = app.three, STYPE = int)",
    "check": "ALTER TABLE app.{g} ADD CONSTRAINT {n} CHECK (a > 0)",
    "constraint_trigger": "CREATE CONSTRAINT TRIGGER {n} AFTER INSERT ON app.{g} FOR EACH ROW EXECUTE FUNCTION app.tick()",
    "foreign_key": "ALTER TABLE app.{g} ADD CONSTRAINT {n} FOREIGN KEY (a) REFERENCES app.target",
}
GROUND = """
CREATE SCHEMA app;
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER srv FOREIGN DATA WRAPPER w;
CREATE FUNCTION app.three(int, int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 1';
CREATE FUNCTION app.tick() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TABLE app.target (id int PRIMARY KEY);
CREATE TABLE app.parts (id int) PARTITION BY LIST (id);
"""
# What a rename is asked for, by the word before the names; the others are renamed by themselves.
_ASKED = {"partitioned": "table", "partition": "table", "foreign": "foreign_table"}
_ASKED |= {name: name for name in ("table", "sequence", "composite", "enum", "domain", "range")}
# One of each sort of name, and those that belong to no object of their own.
_GONE = ("table", "identity", "unique", "multirange", "function", "constraint_trigger")
_ON_TABLES = ("check", "constraint_trigger", "foreign_key")


def exchanged() -> tuple[str, str]:
    """Two databases: what had a name in the first is gone in the second, where every other kind's object has that name."""
    before, after = GROUND, GROUND
    for number, (gone, new) in enumerate((gone, new) for gone in MAKERS for new in MAKERS if gone != new):
        place = {"n": f"n_{gone}_{new}", "g": f"g_{gone}_{new}", "number": str(number)}
        table = "CREATE TABLE app.{g} (a int, i int NOT NULL);\n".format(**place)
        before += f"{table}{MAKERS[gone].format(**place)};\n"
        after += f"{table}{MAKERS[new].format(**place)};\n"
    return before, after


def renamed(without: tuple[str, ...] = ()) -> tuple[str, str, tuple[str, ...]]:
    """Two databases: each kind's object has got the name of another kind's, which is gone; and the answers that say so."""
    before, after, answers = GROUND, GROUND, []
    kinds = [kind for kind in MAKERS if kind not in ("multirange", *without)]
    for number, (kind, gone) in enumerate((kind, gone) for kind in kinds for gone in _GONE):
        old, new = f"m_{kind}_{gone}", f"n_{kind}_{gone}"
        place = {"n": new, "g": f"g_{kind}_{gone}", "number": str(number)}
        other = {**place, "g": place["g"] if kind in _ON_TABLES else f"h_{kind}_{gone}", "number": str(1000 + number)}
        tables = "".join(f"CREATE TABLE app.{letter}_{kind}_{gone} (a int, i int NOT NULL);\n" for letter in "gh")
        before += f"{tables}{MAKERS[kind].format(**{**place, 'n': old})};\n{MAKERS[gone].format(**other)};\n"
        after += f"{tables}{MAKERS[kind].format(**place)};\n"
        answers += [f"{_ASKED[kind]}:app.{old}:app.{new}"] if kind in _ASKED else []
    return before, after, tuple(answers)
