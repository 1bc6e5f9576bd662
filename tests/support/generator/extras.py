"""What hangs on the tables, columns and types of a world: an extra has a kind, what it names, and a turn of the dice.

Its SQL is written anew whenever the world is, so that it goes with what it names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from support.generator import extra_access, extra_code, extra_tables
from support.generator.place import Extra, Place, Statements

if TYPE_CHECKING:
    from support.generator.world import World


def _procedure(at: Place) -> Statements:
    body = f"LANGUAGE plpgsql AS $$ BEGIN b := {at.extra.turn}; END $$"
    return [f"CREATE PROCEDURE public.{at.name}(a {at.extra.type}, INOUT b integer DEFAULT {at.extra.turn}) {body}"]


def _aggregate(at: Place) -> Statements:
    kind, step = at.extra.type, f"public.{at.name}_step"
    return [
        f"CREATE FUNCTION {step}(a {kind}, b {kind}) RETURNS {kind} LANGUAGE sql IMMUTABLE AS $$ SELECT a $$",
        f"CREATE AGGREGATE public.{at.name}({kind}) (SFUNC = {step}, STYPE = {kind}{at.pick('', ', PARALLEL = SAFE')})",
    ]


def _taker(at: Place) -> Statements:
    call = f"public.{at.name}({at.column})"
    return [
        f"CREATE FUNCTION {call.replace(at.column, f'a {at.column_type}', 1)} RETURNS integer LANGUAGE sql IMMUTABLE"
        f" AS $$ SELECT {at.extra.turn} $$",
        f"ALTER TABLE {at.table} ADD CONSTRAINT {at.name}_check CHECK ({call} >= 0)",
        f"CREATE INDEX {at.name}_index ON {at.table} ({call}{at.pick('', ' DESC')})",
    ]


def _atomic(at: Place) -> Statements:
    text = f"SELECT count({at.column}) FROM {at.table} WHERE id > {at.extra.turn}"
    return [f"CREATE FUNCTION public.{at.name}() RETURNS bigint LANGUAGE sql BEGIN ATOMIC {text}; END"]


def _rule(at: Place) -> Statements:
    text = at.pick(
        f"DELETE TO {at.table} WHERE old.{at.column} IS NULL DO INSTEAD NOTHING",
        f"UPDATE TO {at.table} WHERE old.id > 5 AND new.{at.column} IS NULL DO INSTEAD NOTHING",
        f"INSERT TO {at.table} DO ALSO NOTIFY one",
    )
    return [f"CREATE RULE {at.name} AS ON {text}"]


def _exclusion(at: Place) -> Statements:
    late = at.pick("", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED")
    text = f"EXCLUDE USING btree (id WITH =) WHERE ({at.column} IS NOT NULL) {late}"
    return [f"ALTER TABLE {at.table} ADD CONSTRAINT {at.name} {text}"]


def _unique(at: Place) -> Statements:
    word, late = at.pick("", "NULLS NOT DISTINCT"), at.pick("", "", "DEFERRABLE")
    return [f"ALTER TABLE {at.table} ADD CONSTRAINT {at.name} UNIQUE {word} (id, {at.column}) {late}"]


def _pair(at: Place) -> Statements:
    deed = at.pick("", "ON DELETE CASCADE", "DEFERRABLE INITIALLY DEFERRED")
    key = f"FOREIGN KEY (id, c) REFERENCES {at.table} (id, {at.column}) {deed}"
    return [
        f"ALTER TABLE {at.table} ADD CONSTRAINT {at.name}_u UNIQUE (id, {at.column})",
        f"CREATE {at.logged}TABLE public.{at.name} (id integer PRIMARY KEY, c {at.column_type}, {key})",
        f"INSERT INTO public.{at.name} SELECT id, {at.column} FROM {at.table}",
    ]


def _child(at: Place) -> Statements:
    if at.is_partitioned:
        return []
    made = [f"CREATE TABLE public.{at.name} (own integer DEFAULT {at.extra.turn}) INHERITS ({at.table})"]
    plain = at.column != "id" and at.world.tables[at.extra.table].columns[at.column].mode == "plain"
    own = f"ALTER TABLE public.{at.name} ALTER {at.column}"
    if plain and at.extra.turn:
        made.append(f"{own} {at.pick('', 'SET STATISTICS 40', f'SET DEFAULT {at.world.literal(at.column_type)}')}")
    return made


def _by_value(at: Place) -> Statements:
    kind = at.extra.type
    way, bound = at.pick("LIST|DEFAULT", "HASH|FOR VALUES WITH (MODULUS 1, REMAINDER 0)").split("|")
    return [
        f"CREATE TABLE public.{at.name} (id integer, c {kind}) PARTITION BY {way} (c)",
        f"CREATE TABLE public.{at.name}_a PARTITION OF public.{at.name} {bound}",
        f"INSERT INTO public.{at.name} VALUES (1, {at.world.literal(kind)})",
    ]


def _deep(at: Place) -> Statements:
    kind = at.extra.type
    return [
        f"CREATE TABLE public.{at.name} (id integer, c {kind}) PARTITION BY RANGE (id)",
        f"CREATE TABLE public.{at.name}_a PARTITION OF public.{at.name} DEFAULT PARTITION BY HASH (id)",
        f"CREATE TABLE public.{at.name}_b PARTITION OF public.{at.name}_a FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
        f"CREATE INDEX {at.name}_i ON public.{at.name} ((c IS NULL){at.pick('', ', id')})",
        f"INSERT INTO public.{at.name} VALUES (1, {at.world.literal(kind)}), (2, NULL)",
    ]


def _published(at: Place) -> Statements:
    if at.logged or (at.column != "id" and at.world.tables[at.extra.table].columns[at.column].mode == "generated"):
        return []
    columns = "(id)" if at.column == "id" else f"(id, {at.column})"
    text = at.pick(columns, f"{columns} WHERE (id > 1)", "WHERE (id > 2)")
    return [f"CREATE PUBLICATION {at.name} FOR TABLE {at.table} {text} WITH (publish_via_partition_root = true)"]


def _foreign(at: Place) -> Statements:
    return [
        f"CREATE FOREIGN DATA WRAPPER {at.name}_wrapper",
        f"CREATE SERVER {at.name}_server FOREIGN DATA WRAPPER {at.name}_wrapper",
        f"CREATE FOREIGN TABLE public.{at.name} (id integer, c {at.extra.type}) SERVER {at.name}_server"
        f" OPTIONS (page '{at.extra.turn}')",
    ]


def _collation(at: Place) -> Statements:
    locale = at.pick("libc, locale = 'C'", "libc, locale = 'POSIX'", "builtin, locale = 'C.UTF-8'")
    return [
        f"CREATE COLLATION public.{at.name} (provider = {locale})",
        f"CREATE TABLE public.{at.name}_t (id integer, c text COLLATE public.{at.name})",
        f"CREATE INDEX {at.name}_i ON public.{at.name}_t (c)",
    ]


def _search(at: Place) -> Statements:
    return [
        f"CREATE TEXT SEARCH DICTIONARY public.{at.name}_d (TEMPLATE = simple, ACCEPT = {at.pick('true', 'false')})",
        f"CREATE TEXT SEARCH CONFIGURATION public.{at.name} (COPY = simple)",
        f"ALTER TEXT SEARCH CONFIGURATION public.{at.name} ALTER MAPPING FOR asciiword WITH public.{at.name}_d",
        f"CREATE INDEX {at.name}_i ON {at.table} USING gin (to_tsvector('public.{at.name}', id::text))",
    ]


def _operator(at: Place) -> Statements:
    kind, sign = at.extra.type, "~#" * (1 + int(at.name.strip("abcdefghijklmnopqrstuvwxyz")) % 9)
    call = f"public.{at.name}"
    return [
        f"CREATE FUNCTION {call}(a {kind}, b {kind}) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$",
        f"CREATE OPERATOR public.{sign} (LEFTARG = {kind}, RIGHTARG = {kind}, FUNCTION = {call}"
        f"{at.pick('', ', RESTRICT = eqsel')})",
        f"CREATE VIEW public.{at.name}_v AS SELECT {at.world.literal(kind)} OPERATOR(public.{sign})"
        f" {at.world.literal(kind)} AS yes",
    ]


def _cast(at: Place) -> Statements:
    kind = at.extra.type
    if not kind.startswith("public.") or kind.endswith("[]"):
        return []
    head = f"CREATE FUNCTION public.{at.name}(a {kind}) RETURNS pg_lsn LANGUAGE sql IMMUTABLE"
    cast = f"CREATE CAST ({kind} AS pg_lsn) WITH FUNCTION public.{at.name}({kind}) {at.pick('', 'AS ASSIGNMENT')}"
    return [
        f"{head} AS $$ SELECT NULL::pg_lsn $$",
        *([] if kind.removeprefix("public.") in at.world.domains else [cast]),
    ]


def _grouped(at: Place) -> Statements:
    source, other = at.table, f"public.{at.extra.other}"
    options = at.pick("", "WITH (security_invoker = true)", "WITH (security_barrier = true)")
    text = f"SELECT a.id, a.{at.column} AS c, count(b.id) AS n FROM {source} a LEFT JOIN {other} b ON b.id = a.id"
    return [
        f"CREATE VIEW public.{at.name} {options} AS {text} GROUP BY a.id",
        f"COMMENT ON COLUMN public.{at.name}.c IS '{at.extra.turn}'",
    ]


def _whole_rows(at: Place) -> Statements:
    return [
        f"CREATE {at.logged}TABLE public.{at.name} (id integer, r {at.table}, rs {at.table}[])",
        f"INSERT INTO public.{at.name} SELECT id, x, ARRAY[x] FROM {at.table} x",
        f"CREATE VIEW public.{at.name}_v AS SELECT x FROM {at.table} x",
        f"CREATE FUNCTION public.{at.name}_f(a {at.table}) RETURNS {at.table} LANGUAGE sql AS $$ SELECT a $$",
    ]


def _stored(at: Place) -> Statements:
    return [
        f"CREATE MATERIALIZED VIEW public.{at.name} AS SELECT id, {at.column} AS c FROM {at.table}",
        f"CREATE UNIQUE INDEX {at.name}_i ON public.{at.name} (id)",
        f"ALTER MATERIALIZED VIEW public.{at.name} ALTER c SET STATISTICS {at.extra.turn * 10}",
    ]


def _allowed(at: Place) -> Statements:
    kind = at.extra.type
    if not kind.startswith("public.") or kind.endswith(("[]", "_multirange")):
        return []
    word = "DOMAIN" if kind.removeprefix("public.") in at.world.domains else "TYPE"
    return [
        f"GRANT USAGE ON TYPE {kind} TO anon{at.pick('', ', authenticated')}",
        f"COMMENT ON {word} {kind} IS '{at.name} {at.extra.turn}'",
    ]


def _when(at: Place) -> Statements:
    what = f"AFTER UPDATE OF {at.column} ON {at.table}"
    head = at.pick("CREATE TRIGGER", "CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER")
    when = f"WHEN (old.{at.column} IS NOT NULL) EXECUTE FUNCTION public.touch()"
    found = [f"{head} {at.name} {what} {at.pick('', '', 'DEFERRABLE')} FOR EACH ROW {when}"]
    return [*found, *([f"ALTER TABLE {at.table} ENABLE ALWAYS TRIGGER {at.name}"] if at.extra.turn % 3 == 1 else [])]


def _ndistinct(at: Place) -> Statements:
    return [
        f"CREATE STATISTICS public.{at.name} (ndistinct) ON id, ({at.column} IS NULL) FROM {at.table}",
        f"ALTER STATISTICS public.{at.name} SET STATISTICS {at.extra.turn * 10}",
    ]


def _replicated(at: Place) -> Statements:
    if at.is_partitioned:
        return []
    how = at.pick("FULL", "NOTHING", f"USING INDEX {at.name}")
    by_index = how.startswith("USING")
    if by_index and at.column == "id":
        return []
    index = f"CREATE UNIQUE INDEX {at.name} ON {at.table} (id) INCLUDE ({at.column})"
    return [*([index] if by_index else []), f"ALTER TABLE {at.table} REPLICA IDENTITY {how}"]


def _looking(at: Place) -> Statements:
    test = f"SELECT FROM public.{at.extra.other} x WHERE x.id > {at.extra.turn}"
    return [f"CREATE POLICY {at.name} ON {at.table} USING ({at.column} IS NULL OR EXISTS ({test}))"]


def _serial(at: Place) -> Statements:
    kind = at.extra.type
    number = at.pick("serial", "bigserial", "bigint GENERATED ALWAYS AS IDENTITY")
    return [
        f"CREATE TABLE public.{at.name} (id {number} PRIMARY KEY, c {kind} DEFAULT {at.world.literal(kind)})",
        f"INSERT INTO public.{at.name} DEFAULT VALUES",
    ]


def _odd(at: Place) -> Statements:
    name, kind = f'public."{at.name} Ödd.x:y"', at.extra.type
    long = f"{'lang' * 14}_{at.name}"[:63]
    return [
        f'CREATE TABLE {name} ("k.{at.name}:A" {kind} NOT NULL, "sel""ect" integer DEFAULT {at.extra.turn}, {long} {kind})',
        f'CREATE INDEX {long} ON {name} ("sel""ect") WHERE "k.{at.name}:A" IS NOT NULL',
        f'INSERT INTO {name} ("k.{at.name}:A") VALUES ({at.world.literal(kind)})',
    ]


KINDS: dict[str, Callable[[Place], Statements]] = {
    "procedure": _procedure,
    "aggregate": _aggregate,
    "taker": _taker,
    "atomic": _atomic,
    "rule": _rule,
    "exclusion": _exclusion,
    "unique": _unique,
    "pair": _pair,
    "child": _child,
    "by_value": _by_value,
    "deep": _deep,
    "published": _published,
    "foreign": _foreign,
    "collation": _collation,
    "search": _search,
    "operator": _operator,
    "cast": _cast,
    "grouped": _grouped,
    "whole_rows": _whole_rows,
    "stored": _stored,
    "allowed": _allowed,
    "when": _when,
    "ndistinct": _ndistinct,
    "replicated": _replicated,
    "looking": _looking,
    "serial": _serial,
    "odd": _odd,
    **extra_access.KINDS,
    **extra_code.KINDS,
    **extra_tables.KINDS,
}


def statements(world: World, name: str, extra: Extra) -> Statements:
    """The SQL of an extra."""
    return KINDS[extra.kind](Place(world, name, extra))


def stands(world: World, extra: Extra) -> bool:
    """Whether all that it names is there."""
    if extra.table not in world.tables or extra.other not in world.tables or extra.type not in world.types():
        return False
    return extra.column == "id" or extra.column in world.tables[extra.table].columns
