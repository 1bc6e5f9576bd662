"""Tables with keys, indexes, partitions and parents of every form, whose columns have the types of a world."""

from __future__ import annotations

from collections.abc import Callable

from support.generator.place import Place, Statements


def _referring(at: Place) -> Statements:
    deed = at.pick(
        "ON DELETE CASCADE",
        "ON DELETE SET NULL (b)",
        "ON UPDATE CASCADE ON DELETE SET DEFAULT",
        "MATCH FULL",
        "DEFERRABLE INITIALLY DEFERRED",
        "NOT VALID",
    )
    width = at.pick("integer", "bigint")
    return [
        f"CREATE TABLE public.{at.name} (a {width}, b {width}, up {width}, c {at.extra.type}, PRIMARY KEY (a, b))",
        f"CREATE TABLE public.{at.name}_o (a {width} DEFAULT 1, b {width} DEFAULT 1, n integer REFERENCES {at.table})",
        f"ALTER TABLE public.{at.name} ADD CONSTRAINT {at.name}_s FOREIGN KEY (a, up) REFERENCES public.{at.name}",
        f"ALTER TABLE public.{at.name}_o ADD CONSTRAINT {at.name}_k FOREIGN KEY (a, b) REFERENCES public.{at.name} {deed}",
        f"INSERT INTO public.{at.name} VALUES (1, 1, NULL, {at.world.literal(at.extra.type)}), (1, 2, 1, NULL)",
        f"INSERT INTO public.{at.name}_o VALUES (1, 1), (1, 2)",
    ]


def _around(at: Place) -> Statements:
    """Two tables that refer to each other."""
    name, kind = at.name, at.pick("integer", "bigint", "integer")
    late = at.pick("", "DEFERRABLE", "ON DELETE CASCADE")
    return [
        f"CREATE TABLE public.{name}_a (id {kind} PRIMARY KEY, b_id {kind}, c {at.extra.type})",
        f"CREATE TABLE public.{name}_b (id {kind} PRIMARY KEY, a_id {kind} REFERENCES public.{name}_a {late})",
        f"ALTER TABLE public.{name}_a ADD FOREIGN KEY (b_id) REFERENCES public.{name}_b {late}",
        f"INSERT INTO public.{name}_a VALUES (1, NULL, {at.world.literal(at.extra.type)})",
        f"INSERT INTO public.{name}_b VALUES (1, 1)",
    ]


def _indexed(at: Place) -> Statements:
    form = at.pick(
        "USING hash (t)",
        "USING brin (n) WITH (pages_per_range = 16)",
        "USING gin (ts)",
        "(t text_pattern_ops DESC NULLS LAST) INCLUDE (n) WITH (fillfactor = 80)",
        '(t COLLATE "C", (n + 1)) WHERE c IS NULL',
        "USING gist (rs)",
    )
    key = at.pick("UNIQUE (n)", "UNIQUE NULLS NOT DISTINCT (n)", "UNIQUE (n) INCLUDE (t)", "CHECK (n > 0) NO INHERIT")
    return [
        f"CREATE TABLE public.{at.name} (n integer, t text, ts text[], rs int4range, c {at.extra.type},"
        f" CONSTRAINT {at.name}_k {key})",
        f"CREATE INDEX {at.name}_i ON public.{at.name} {form}",
        f"CREATE UNIQUE INDEX {at.name}_u ON public.{at.name} (n, t)",
        *([f"ALTER TABLE public.{at.name} CLUSTER ON {at.name}_u"] if at.extra.turn % 2 else []),
        *([f"ALTER INDEX public.{at.name}_i ALTER COLUMN 2 SET STATISTICS 50"] if at.extra.turn == 4 else []),
        f"INSERT INTO public.{at.name} VALUES (1, 'x', '{{a}}', '[1,2)', {at.world.literal(at.extra.type)})",
    ]


def _listed(at: Place) -> Statements:
    """Partitions by the values of a type, with things of their own."""
    kind, name = at.extra.type, at.name
    value = at.world.literal(kind)
    own = at.pick(
        f"CREATE INDEX {name}_i ON public.{name}_a (n)",
        f"ALTER TABLE public.{name}_a ADD CONSTRAINT {name}_c CHECK (n > 0)",
        f"CREATE TRIGGER {name} BEFORE INSERT ON public.{name}_a FOR EACH ROW EXECUTE FUNCTION public.touch()",
        f"ALTER TABLE public.{name}_a ALTER n SET DEFAULT 4, ALTER n SET NOT NULL",
        f"CREATE POLICY {name} ON public.{name}_a USING (n > 1)",
        f"ALTER TABLE public.{name}_a ADD CONSTRAINT {name}_f FOREIGN KEY (n) REFERENCES {at.table} NOT VALID",
    )
    return [
        f"CREATE TABLE public.{name} (c {kind}, n integer, t text) PARTITION BY LIST (c)",
        f"CREATE TABLE public.{name}_a PARTITION OF public.{name} FOR VALUES IN ({value})",
        f"CREATE TABLE public.{name}_b PARTITION OF public.{name} {at.pick('DEFAULT', 'FOR VALUES IN (NULL)')}",
        f"CREATE INDEX {name}_all ON public.{name} ({at.pick('n', 't', 'n, t')})",
        own,
        f"INSERT INTO public.{name} VALUES ({value}, 1, 'x'), (NULL, 2, 'y')",
    ]


def _spanned(at: Place) -> Statements:
    """Partitions by two columns, one attached with another order of columns, and a table that refers to them."""
    name, kind = at.name, at.extra.type
    by = at.pick("RANGE (a, b)", "RANGE (a)", "HASH (a, b)")
    bound = "FOR VALUES " + at.pick("FROM (0, 0) TO (9, 9)", "FROM (0) TO (9)", "WITH (MODULUS 1, REMAINDER 0)")
    made = [f"CREATE TABLE public.{name}_p PARTITION OF public.{name} {bound}"]
    if at.extra.turn > 2:
        made = [
            f"CREATE TABLE public.{name}_p (b integer NOT NULL, c {kind}, a integer NOT NULL)",
            f"ALTER TABLE public.{name} ATTACH PARTITION public.{name}_p {bound}",
        ]
    key, deed = at.pick("PRIMARY KEY (a, b)", "PRIMARY KEY (b, a)"), at.pick("", "ON DELETE CASCADE")
    return [
        f"CREATE TABLE public.{name} (a integer, b integer, c {kind}, {key}) PARTITION BY {by}",
        *made,
        f"INSERT INTO public.{name} VALUES (1, 2, {at.world.literal(kind)})",
        f"CREATE TABLE public.{name}_r (a integer, b integer)",
        f"ALTER TABLE public.{name}_r ADD FOREIGN KEY (a, b) REFERENCES public.{name} (a, b) {deed}",
        f"INSERT INTO public.{name}_r VALUES (1, 2)",
    ]


def _family(at: Place) -> Statements:
    """A child of two parents and a grandchild, with what they inherit and what they have of their own."""
    name, kind = at.name, at.extra.type
    check = at.pick("CHECK (a > 0)", "CHECK (a > 0) NO INHERIT", "CHECK (a > 1)")
    own = at.pick(
        f"ALTER TABLE public.{name}_c ALTER a SET DEFAULT 4",
        f"ALTER TABLE public.{name}_c ALTER a SET NOT NULL",
        f"ALTER TABLE public.{name} ALTER a SET NOT NULL",
        f"ALTER TABLE public.{name}_g NO INHERIT public.{name}_c",
        f"ALTER TABLE public.{name} ADD more {kind}",
        f"ALTER TABLE public.{name}_c ADD CONSTRAINT {name}_own CHECK (b <> 'q')",
    )
    return [
        f"CREATE TABLE public.{name} (a integer, c {kind}, CONSTRAINT {name}_k {check})",
        f"CREATE TABLE public.{name}_o (a integer, b {at.pick('text', 'varchar(20)')})",
        f"CREATE TABLE public.{name}_c (z integer) INHERITS (public.{name}, public.{name}_o)",
        f"CREATE TABLE public.{name}_g () INHERITS (public.{name}_c)",
        f"INSERT INTO public.{name}_g VALUES (2, {at.world.literal(kind)}, 'b', 3)",
        own,
    ]


def _typed(at: Place) -> Statements:
    kind = at.extra.type.removeprefix("public.")
    if kind not in at.world.composites:
        return []
    first = next(iter(at.world.composites[kind]))
    rest = at.pick(
        "", f" ({first} DEFAULT {at.world.literal(at.world.composites[kind][first])})", f" ({first} NOT NULL)"
    )
    return [f"CREATE TABLE public.{at.name} OF public.{kind}{rest}"]


def _numbered(at: Place) -> Statements:
    number = at.pick(
        "integer NOT NULL",
        "serial",
        "integer GENERATED ALWAYS AS IDENTITY",
        "bigint GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 2)",
        "bigserial",
        "smallint GENERATED BY DEFAULT AS IDENTITY (MAXVALUE 99 CYCLE)",
    )
    return [
        f"CREATE TABLE public.{at.name} (n {number}, c {at.extra.type}, CONSTRAINT {at.name}_k PRIMARY KEY (n))",
        f"INSERT INTO public.{at.name} {at.pick('(n) ', '', '', '', '', '')}{at.pick('VALUES (1)', *['DEFAULT VALUES'] * 5)}",
    ]


def _lent(at: Place) -> Statements:
    """A sequence that belongs to one column and numbers another."""
    name = at.name
    owner = at.pick(f"public.{name}.a", f"public.{name}.b", "NONE")
    return [
        f"CREATE SEQUENCE public.{name}_s {at.pick('', 'INCREMENT 5', 'AS integer')}",
        f"CREATE TABLE public.{name} (a integer DEFAULT nextval('public.{name}_s'), b integer, c {at.extra.type})",
        f"ALTER SEQUENCE public.{name}_s OWNED BY {owner}",
        f"INSERT INTO public.{name} (b) VALUES (1), (2)",
    ]


def _kept(at: Place) -> Statements:
    """How values are stored."""
    form = at.pick("PLAIN", "EXTERNAL", "MAIN", "EXTENDED")
    options = at.pick("autovacuum_enabled = false", "fillfactor = 50", "toast.autovacuum_enabled = false")
    return [
        f"CREATE TABLE public.{at.name} (t text {at.pick('', 'COMPRESSION pglz')}, c {at.extra.type})",
        f"ALTER TABLE public.{at.name} ALTER t SET STORAGE {form}, ALTER t SET (n_distinct = {at.extra.turn + 1})",
        f"ALTER TABLE public.{at.name} SET ({options})",
        f"INSERT INTO public.{at.name} VALUES ('x', {at.world.literal(at.extra.type)})",
    ]


def _searched(at: Place) -> Statements:
    words = at.pick("t", "t || ' ' || u", "coalesce(u, t)")
    return [
        f"CREATE TABLE public.{at.name} (id integer, t text, u text, c {at.extra.type},"
        f" s tsvector GENERATED ALWAYS AS (to_tsvector('{at.pick('english', 'simple')}', {words})) STORED)",
        f"CREATE INDEX {at.name}_i ON public.{at.name} USING gin (s)",
        f"INSERT INTO public.{at.name} VALUES (1, 'x', 'y', {at.world.literal(at.extra.type)})",
    ]


def _wrapped(at: Place) -> Statements:
    """A domain over a type of the world, with a default and NOT NULL, in a table and in a table of its arrays."""
    kind, name = at.extra.type, at.name
    rest = at.pick("", f"DEFAULT {at.world.literal(kind)}", "NOT NULL", f"CHECK (VALUE::text <> '{at.extra.turn}')")
    return [
        f"CREATE DOMAIN public.{name}_d AS {kind} {rest}",
        f"CREATE TABLE public.{name} (id integer, c public.{name}_d{at.pick('', ' NOT NULL')})",
        f"INSERT INTO public.{name} VALUES (1, {at.world.literal(kind)})",
        f"CREATE FUNCTION public.{name}_f(a public.{name}_d) RETURNS public.{name}_d LANGUAGE sql AS $$ SELECT a $$",
        f"CREATE VIEW public.{name}_v AS SELECT public.{name}_f(c) AS c FROM public.{name}",
    ]


KINDS: dict[str, Callable[[Place], Statements]] = {
    "referring": _referring,
    "around": _around,
    "indexed": _indexed,
    "listed": _listed,
    "spanned": _spanned,
    "family": _family,
    "typed": _typed,
    "numbered": _numbered,
    "lent": _lent,
    "kept": _kept,
    "searched": _searched,
    "wrapped": _wrapped,
}
