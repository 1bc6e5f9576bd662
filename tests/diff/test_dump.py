from __future__ import annotations

from collections.abc import Callable

from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.proof import dump
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
