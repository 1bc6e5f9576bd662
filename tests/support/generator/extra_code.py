"""Functions, views and triggers that hang on a world, and on each other."""

from __future__ import annotations

from collections.abc import Callable

from support.generator.place import Place, Statements


def _signature(at: Place) -> Statements:
    """A function whose arguments or result change, and what calls it."""
    kind, null = at.column_type, f"NULL::{at.column_type}"
    head, body = at.pick(
        (f"(a {kind}) RETURNS {kind}", "SELECT a"),
        (f"(a {kind}, b integer DEFAULT 1) RETURNS {kind}", "SELECT a"),
        (f"(b {kind}) RETURNS {kind}", "SELECT b"),
        (f"(a {kind} DEFAULT {null}) RETURNS text", "SELECT a::text"),
        (f"(VARIADIC a {kind}[]) RETURNS integer", "SELECT 1")
        if not kind.endswith("[]")
        else (f"(a {kind}) RETURNS integer", "SELECT 1"),
        (f"(a {kind}, OUT o {kind}) RETURNS {kind}", "SELECT a"),
    )
    return [
        f"CREATE FUNCTION public.{at.name}{head} LANGUAGE sql IMMUTABLE AS $$ {body} $$",
        f"CREATE VIEW public.{at.name}_v AS SELECT id, public.{at.name}({at.column}) AS c FROM {at.table}",
        f"CREATE VIEW public.{at.name}_w AS SELECT c, count(*) AS n FROM public.{at.name}_v WHERE id > 1 GROUP BY id, c",
    ]


def _rows(at: Place) -> Statements:
    """A function that gives rows of a table, and a view of them."""
    head, body = at.pick(
        (f"RETURNS SETOF {at.table} LANGUAGE sql STABLE", f"SELECT * FROM {at.table}"),
        (
            f"RETURNS TABLE (id integer, c {at.column_type}) LANGUAGE sql STABLE",
            f"SELECT id, {at.column} FROM {at.table}",
        ),
        (
            f"RETURNS TABLE (id integer, c {at.column_type}, n bigint) LANGUAGE sql STABLE ROWS 10",
            f"SELECT id, {at.column}, 1::bigint FROM {at.table}",
        ),
        (
            f"RETURNS SETOF {at.table} LANGUAGE plpgsql SECURITY DEFINER SET search_path = public",
            f"BEGIN RETURN QUERY SELECT * FROM {at.table}; END",
        ),
    )
    return [
        f"CREATE FUNCTION public.{at.name}() {head} AS $$ {body} $$",
        f"CREATE VIEW public.{at.name}_v AS SELECT id FROM public.{at.name}()",
    ]


def _stacked(at: Place) -> Statements:
    """Views on views, of which a middle one changes."""
    middle = at.pick(
        "id, c", "id, c::text AS c", "c, id", "id, c, id + 1 AS more", "id, c, 1 AS one, 2 AS two", "c AS c, id AS id"
    )
    return [
        f"CREATE VIEW public.{at.name}_a AS SELECT id, {at.column} AS c FROM {at.table}",
        f"CREATE VIEW public.{at.name}_b AS SELECT {middle} FROM public.{at.name}_a",
        f"CREATE MATERIALIZED VIEW public.{at.name}_c AS SELECT id, c FROM public.{at.name}_b",
        f"CREATE INDEX {at.name}_i ON public.{at.name}_c (id)",
        f"CREATE FUNCTION public.{at.name}_f() RETURNS bigint LANGUAGE sql"
        f" BEGIN ATOMIC SELECT count(c) FROM public.{at.name}_b; END",
        f"GRANT SELECT ON public.{at.name}_b TO anon",
    ]


def _written(at: Place) -> Statements:
    """A view that is written through: a check option, a default, a trigger, a rule, a privilege on a column."""
    option = at.pick("", "WITH CHECK OPTION", "WITH LOCAL CHECK OPTION")
    how = at.pick(
        f"CREATE TRIGGER {at.name} INSTEAD OF INSERT ON public.{at.name} FOR EACH ROW EXECUTE FUNCTION public.touch()",
        f"ALTER VIEW public.{at.name} ALTER id SET DEFAULT {at.extra.turn}",
        f"CREATE RULE {at.name}_r AS ON DELETE TO public.{at.name} DO INSTEAD DELETE FROM {at.table} WHERE id = old.id",
        f"GRANT UPDATE (id) ON public.{at.name} TO authenticated",
    )
    if "INSTEAD" in how:
        option = ""
    return [f"CREATE VIEW public.{at.name} AS SELECT id, {at.column} AS c FROM {at.table} WHERE id > 0 {option}", how]


def _union(at: Place) -> Statements:
    other = f"public.{at.extra.other}"
    text = at.pick(
        f"SELECT id, '{at.name}'::text AS c FROM {at.table} UNION ALL SELECT id, NULL FROM {other}",
        f"WITH RECURSIVE r(id) AS (SELECT id FROM {at.table} UNION SELECT r.id + 1 FROM r WHERE r.id < 3) SELECT id FROM r",
        f"SELECT DISTINCT ON (a.id) a.id, a.{at.column} IS NULL AS c FROM {at.table} a JOIN {other} b USING (id) ORDER BY a.id",
        f"SELECT id, row_number() OVER (ORDER BY id) AS n FROM {at.table} WHERE EXISTS (SELECT FROM {other})",
        f"SELECT a.id, b.* FROM {at.table} a LEFT JOIN LATERAL (SELECT count(*) AS n FROM {other} o WHERE o.id = a.id) b ON true",
    )
    return [f"CREATE VIEW public.{at.name} AS {text}"]


def _all_columns(at: Place) -> Statements:
    """A view of all columns of a table, and a view and a function of its rows."""
    return [
        f"CREATE VIEW public.{at.name} AS SELECT * FROM {at.table}",
        f"CREATE VIEW public.{at.name}_w AS SELECT {at.pick('v', 'v.id', 'to_jsonb(v) AS j')} FROM public.{at.name} v",
        f"CREATE FUNCTION public.{at.name}_f(r public.{at.name}) RETURNS integer LANGUAGE sql STABLE AS $$ SELECT r.id $$",
    ]


def _fired(at: Place) -> Statements:
    what = at.pick(
        f"AFTER INSERT ON {at.table} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        f"BEFORE INSERT OR UPDATE OF {at.column} ON {at.table} FOR EACH ROW WHEN (new.{at.column} IS NOT NULL)",
        f"AFTER DELETE ON {at.table} FOR EACH ROW",
        f"AFTER TRUNCATE ON {at.table} FOR EACH STATEMENT",
    )
    state = at.pick("", "DISABLE", "ENABLE REPLICA", "")
    made = [f"CREATE TRIGGER {at.name} {what} EXECUTE FUNCTION public.touch('{at.extra.turn}')"]
    return [*made, *([f"ALTER TABLE {at.table} {state} TRIGGER {at.name}"] if state else [])]


def _label(at: Place) -> Statements:
    """A type's value in every place where an expression may have it."""
    kind = at.extra.type
    value, name = at.world.literal(kind), at.name
    if kind in ("jsonb", "json"):
        value = f"'{{}}'::{kind}"
    return [
        f"CREATE TABLE public.{name} (id integer PRIMARY KEY, c {kind} DEFAULT {value}, cs {kind}[] DEFAULT ARRAY[{value}],"
        f" is_one boolean GENERATED ALWAYS AS (c = {value}) STORED,"
        f" CONSTRAINT {name}_one CHECK (c = {value} OR id > {at.extra.turn}))",
        f"CREATE INDEX {name}_i ON public.{name} (id) WHERE c = {value}",
        f"CREATE INDEX {name}_j ON public.{name} ((c = {value}))",
        f"CREATE POLICY {name} ON public.{name} USING (c IN ({value}, NULL))",
        f"CREATE FUNCTION public.{name}_f(a {kind} DEFAULT {value}) RETURNS boolean LANGUAGE sql IMMUTABLE"
        f" {at.pick('RETURN', 'BEGIN ATOMIC SELECT')} a = {value}{at.pick('', '; END')}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON public.{name} FOR EACH ROW WHEN (old.c = {value})"
        " EXECUTE FUNCTION public.touch()",
        f"CREATE VIEW public.{name}_v AS SELECT CASE c WHEN {value} THEN 1 END AS n FROM public.{name} WHERE c = {value}",
        f"INSERT INTO public.{name} (id) VALUES (1)",
    ]


def _computed(at: Place) -> Statements:
    """A generated column that calls a function, an index and a view of it."""
    kind = at.extra.type
    return [
        f"CREATE FUNCTION public.{at.name}_f(a {kind}) RETURNS {at.pick('integer', 'bigint', 'text')} LANGUAGE sql IMMUTABLE"
        f" AS $$ SELECT {at.pick('1', '2', _quoted('x'))} $$",
        f"CREATE TABLE public.{at.name} (id integer PRIMARY KEY, c {kind},"
        f" g {at.pick('integer', 'bigint', 'text')} GENERATED ALWAYS AS (public.{at.name}_f(c)) STORED)",
        f"CREATE INDEX {at.name}_i ON public.{at.name} (g)",
        f"CREATE VIEW public.{at.name}_v AS SELECT g FROM public.{at.name}",
        f"INSERT INTO public.{at.name} VALUES (1, {at.world.literal(kind)}), (2, NULL)",
    ]


def _quoted(text: str) -> str:
    return f"'{text}'::text"


KINDS: dict[str, Callable[[Place], Statements]] = {
    "signature": _signature,
    "rows": _rows,
    "stacked": _stacked,
    "written": _written,
    "union": _union,
    "all_columns": _all_columns,
    "fired": _fired,
    "label": _label,
    "computed": _computed,
}
