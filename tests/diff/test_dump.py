from __future__ import annotations

import glob
from collections.abc import Callable

import pytest
from support import one_more

from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.proof import dump
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server

Make = Callable[[str], str]


def test_the_order_of_columns_means_nothing(server: Server, database: Make) -> None:
    first = database("CREATE TABLE public.t (a int, b text)")
    second = database("CREATE TABLE public.t (b text); ALTER TABLE public.t ADD COLUMN a int")
    assert dump.differences(*(dump.parse(server.dump_schema(name)) for name in (first, second))) == []


def test_what_no_kind_knows_is_seen(server: Server, database: Make) -> None:
    sql = "CREATE COLLATION public.c (locale = 'C')"
    first, second = database(""), database(sql)
    found = dump.differences(*(dump.parse(server.dump_schema(name)) for name in (first, second)))
    assert [item["object"] for item in found] == ["collation public.c"]
    assert found[0]["current"] is None


def test_platform_schemas_are_left_out_but_not_their_policies(server: Server, database: Make) -> None:
    name = database('CREATE POLICY "mine" ON storage.objects USING (owner = auth.uid())')
    entries = dump.parse(server.dump_schema(name))
    assert ("POLICY", "storage", "objects mine") in entries
    assert not [entry for entry in entries if entry[1] == "storage" and entry[0] == "TABLE"]


def test_ignored_objects_are_left_out(server: Server, database: Make) -> None:
    name = database("CREATE TABLE public.legacy_a (a int); COMMENT ON TABLE public.legacy_a IS 'x'")
    entries = dump.parse(server.dump_schema(name), Scope(("public.legacy_*",)))
    assert not [entry for entry in entries if "legacy" in entry[2]]


def test_default_privileges_are_ignored_by_their_role(server: Server, database: Make) -> None:
    name = database("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO anon")
    entry = ("DEFAULT ACL", "public", "DEFAULT PRIVILEGES FOR TABLES")
    patterns = ("default_privilege:postgres.*", "default_privilege:postgres.public.r", "default_privilege:other.*")
    seen = [entry in dump.parse(server.dump_schema(name), Scope((pattern,))) for pattern in patterns]
    assert seen == [False, False, True]


# What one side has more than the other, and the patterns that leave it out.
LEFT_OUT = {
    "a column with all that it may have": (
        """ALTER TABLE public.t ADD COLUMN "Old, one" serial NOT NULL CHECK ("Old, one" > 0);
        ALTER TABLE public.t ADD COLUMN plain text DEFAULT 'a, b';
        ALTER TABLE public.t ALTER COLUMN plain SET STORAGE EXTERNAL, ALTER COLUMN plain SET STATISTICS 7;
        COMMENT ON COLUMN public.t.plain IS 'x'; GRANT SELECT (plain) ON public.t TO anon; CREATE INDEX i ON public.t (plain);""",
        ("public.t.plain", "column:public.t.Old*", "public.t_Old*", "constraint:public.t.*", "index:public.i"),
    ),
    "a constraint within a table": (
        'ALTER TABLE public.t ADD CONSTRAINT "by hand" CHECK (a > 0), ADD CONSTRAINT u UNIQUE (a)',
        ("public.t.by hand", "constraint:public.t.u"),
    ),
    "a column of a foreign table": (
        "CREATE EXTENSION postgres_fdw SCHEMA extensions; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;"
        'CREATE FOREIGN TABLE public.f ("A" int, b text) SERVER s',
        ("extension:postgres_fdw", "foreign_server:s", "public.f*"),
    ),
    "what an extension made": (
        "CREATE EXTENSION citext SCHEMA public; CREATE EXTENSION pg_net SCHEMA extensions;"
        "GRANT EXECUTE ON FUNCTION public.citext_eq(public.citext, public.citext) TO anon;"
        "REVOKE USAGE ON TYPE public.citext FROM PUBLIC",
        ("extension:*",),
    ),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_ignored_makes_no_difference(server: Server, database: Make, case: str) -> None:
    sql, patterns = LEFT_OUT[case]
    ground = "CREATE TABLE public.t (a int NOT NULL, z text);"
    one, other = database(ground), database(f"{ground} {sql}")
    scope = Scope(patterns)
    assert dump.differences(dump.take(server, one, scope), dump.take(server, other, scope)) == []
    with server.connect(one) as first, server.connect(other) as second:
        assert read_snapshot(first, scope).items == read_snapshot(second, scope).items
    for missing in range(len(patterns)):
        fewer = Scope(patterns[:missing] + patterns[missing + 1 :])
        assert dump.differences(dump.take(server, one, fewer), dump.take(server, other, fewer)) != [], patterns[missing]


WORDS = """
CREATE SCHEMA app;
CREATE FUNCTION app."F g"(a double precision, "b c" text DEFAULT 'x, y', VARIADIC z timestamptz[] DEFAULT '{}') RETURNS int
    LANGUAGE sql AS 'select 1';
COMMENT ON FUNCTION app."F g" IS 'x';
REVOKE ALL ON FUNCTION app."F g" FROM PUBLIC;
CREATE PROCEDURE app.pr(IN a int, INOUT b numeric) LANGUAGE sql AS 'select 1';
COMMENT ON PROCEDURE app.pr IS 'y';
GRANT EXECUTE ON PROCEDURE app.pr TO anon;
CREATE OPERATOR app.!!! (RIGHTARG = int, FUNCTION = int4abs);
COMMENT ON OPERATOR app.!!! (NONE, int) IS 'q';
CREATE TABLE app."T x" ("a b" int, c text, "d.e" int, CONSTRAINT "k k" CHECK (c <> ''), CONSTRAINT "u u" UNIQUE ("a b"));
CREATE POLICY "p p" ON app."T x";
COMMENT ON POLICY "p p" ON app."T x" IS 'z';
COMMENT ON COLUMN app."T x"."a b" IS 'c';
COMMENT ON CONSTRAINT "k k" ON app."T x" IS 'c';
GRANT SELECT ("a b", "d.e") ON app."T x" TO anon;
CREATE VIEW app."v v" AS SELECT 1 AS "x y";
COMMENT ON COLUMN app."v v"."x y" IS 'o';
GRANT SELECT ON app."v v" TO anon;
CREATE TYPE app."E e" AS ENUM ('a');
GRANT USAGE ON TYPE app."E e" TO anon;
COMMENT ON TYPE app."E e" IS 'e';
CREATE TABLE app.ident (id int GENERATED ALWAYS AS IDENTITY, s serial);
CREATE RULE "ru le" AS ON DELETE TO app."T x" DO ALSO NOTIFY x;
CREATE STATISTICS app."s s" ON "a b", c FROM app."T x";
CREATE TEXT SEARCH DICTIONARY app."d d" (TEMPLATE = pg_catalog.simple);
CREATE PUBLICATION "pu b" FOR TABLE app.ident;
CREATE PUBLICATION "al l" FOR TABLES IN SCHEMA app;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO anon;
"""
SIDES = {
    "names of several words": ("", WORDS),
    "everything": ("", one_more.GROUND),
    "one more of everything": (one_more.GROUND, ";\n".join([one_more.GROUND, *one_more.PLANNED])),
}


# What pg_dump's entries do not say the owner of: the column of a sequence, the table of a key's index; and clauses that are part
# of their object's entry (CLUSTER ON, DEPENDS ON EXTENSION, ENABLE TRIGGER of a partition's).
UNSAID: dict[str, set[str]] = {
    "everything": set(),
    "names of several words": set(),
    "one more of everything": {
        *(
            "acl app.SEQUENCE t_id_seq",
            "comment app.SEQUENCE t_id_seq",
            "comment app.INDEX part1_pkey",
            "comment app.INDEX s_key",
        ),
        *("constraint app.kid kid_pkey", "index app.mv_id", "procedure app.p(integer)", "table app.part1"),
    },
}


@pytest.mark.parametrize("case", SIDES)
def test_what_leaves_an_object_out_of_the_snapshot_leaves_it_out_of_the_dump(
    server: Server, database: Make, case: str
) -> None:
    one, other = (database(f"SET check_function_bodies = off; {sql}") for sql in SIDES[case])
    with server.connect(one) as first, server.connect(other) as second:
        items, others = read_snapshot(first).items, read_snapshot(second).items
    differing = [key for key in items.keys() | others.keys() if items.get(key) != others.get(key)]
    scope = Scope(tuple(f"{kind}:{glob.escape('.'.join(identity))}" for kind, identity in differing))
    found = dump.differences(dump.take(server, one, scope), dump.take(server, other, scope))
    assert {str(item["object"]) for item in found} == UNSAID[case], found
