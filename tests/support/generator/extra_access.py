"""Privileges, owners and policies that hang on a world."""

from __future__ import annotations

from collections.abc import Callable

from support.generator.place import Place, Statements


def _granted(at: Place) -> Statements:
    text = at.pick(
        "GRANT SELECT ON {} TO anon",
        "GRANT SELECT, INSERT ON {} TO anon, authenticated",
        "GRANT ALL ON {} TO authenticated WITH GRANT OPTION",
        f"GRANT SELECT, UPDATE ({at.column}) ON {{}} TO anon WITH GRANT OPTION",
        "GRANT TRUNCATE ON {} TO PUBLIC",
        "REVOKE INSERT ON {} FROM postgres",
    )
    return [text.format(at.table)]


def _executed(at: Place) -> Statements:
    call = f"public.{at.name}(a {at.column_type})"
    body = f"LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$ SELECT {at.extra.turn} > 1 $$"
    whom = at.pick("anon", "authenticated", "anon, authenticated", "authenticated WITH GRANT OPTION")
    signature = f"public.{at.name}({at.column_type})"
    return [
        f"CREATE FUNCTION {call} RETURNS boolean {body}",
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {signature} TO {whom}",
        f"CREATE POLICY {at.name} ON {at.table} USING (public.{at.name}({at.column}))",
    ]


def _schema(at: Place) -> Statements:
    """A schema with privileges that what is made in it gets by itself."""
    kinds = at.pick("SELECT ON TABLES", "ALL ON TABLES", "USAGE ON SEQUENCES", "EXECUTE ON FUNCTIONS", "USAGE ON TYPES")
    late = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {at.name} GRANT {kinds} TO anon"
    made = [
        f"CREATE TABLE {at.name}.t (id serial PRIMARY KEY, c {at.extra.type})",
        f"CREATE FUNCTION {at.name}.f() RETURNS {at.extra.type} LANGUAGE sql AS $$ SELECT NULL::{at.extra.type} $$",
        f"CREATE VIEW {at.name}.v AS SELECT t.c, x.id FROM {at.name}.t, {at.table} x",
    ]
    use = f"GRANT USAGE{at.pick('', ', CREATE')} ON SCHEMA {at.name} TO anon"
    first = at.extra.turn % 2
    return [f"CREATE SCHEMA {at.name}", use, *([late] if first else []), *made, *([] if first else [late])]


def _owned(at: Place) -> Statements:
    owner = at.pick("postgres", "authenticated", "anon")
    made = [
        f"CREATE SCHEMA {at.name}",
        f"GRANT ALL ON SCHEMA {at.name} TO authenticated, anon",
        f"CREATE TABLE {at.name}.t (id integer PRIMARY KEY, c {at.extra.type})",
        f"CREATE TYPE {at.name}.e AS ENUM ('a', 'b')",
        f"CREATE FUNCTION {at.name}.f() RETURNS integer LANGUAGE sql AS $$ SELECT {at.extra.turn} $$",
        f"CREATE VIEW {at.name}.v AS SELECT id FROM {at.name}.t",
        f"CREATE SEQUENCE {at.name}.s",
    ]
    names = ("TABLE {}.t", "TYPE {}.e", "FUNCTION {}.f()", "VIEW {}.v", "SEQUENCE {}.s")
    chosen = names if at.extra.turn > 2 else names[:1]
    return [*made, *(f"ALTER {name.format(at.name)} OWNER TO {owner}" for name in chosen)]


def _restricted(at: Place) -> Statements:
    test = f"({at.column} IS NOT NULL)"
    text = at.pick(
        f"AS RESTRICTIVE USING {test}",
        f"FOR INSERT TO anon WITH CHECK {test}",
        f"FOR UPDATE TO anon, authenticated USING {test} WITH CHECK (id > 1)",
        f"AS RESTRICTIVE FOR DELETE TO authenticated USING {test}",
        f"FOR SELECT USING ((SELECT auth.uid()) IS NULL OR {test})",
        f"FOR ALL TO service_role USING {test} WITH CHECK (true)",
    )
    forced = [f"ALTER TABLE {at.table} FORCE ROW LEVEL SECURITY"] if at.extra.turn % 2 else []
    return [f"CREATE POLICY {at.name} ON {at.table} {text}", *forced]


def _told(at: Place) -> Statements:
    """Comments on what has no other place for them."""
    text = f"'{at.name} {at.extra.turn}'"
    what = at.pick(
        f"TABLE {at.table}",
        f"CONSTRAINT {at.extra.table}_pkey ON {at.table}",
        f"INDEX public.{at.extra.table}_pkey",
        "FUNCTION public.touch()",
        "SCHEMA public",
        f"COLUMN {at.table}.{at.column}",
    )
    return [f"COMMENT ON {what} IS {text}"]


KINDS: dict[str, Callable[[Place], Statements]] = {
    "granted": _granted,
    "executed": _executed,
    "schema": _schema,
    "owned": _owned,
    "restricted": _restricted,
    "told": _told,
}
