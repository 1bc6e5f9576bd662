"""The reference application has what people will want to copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.flow.local import local_change
from supabase_tasks.models import Models
from supabase_tasks.models.collect import own_tables
from supabase_tasks.models.ddl import ddl_statements


def one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_the_drawing_counts_the_tables_as_the_reset_does(database: str, server: postgres.Server) -> None:
    """Partitions are parts of their table, here and there."""
    with server.connect(database) as connection:
        tables = local_change.count_tables(connection)
    drawn = (Path(__file__).parents[2] / "docs" / "schema.md").read_text()
    assert f"\n{tables} tables, " in drawn


def test_at_least_28_tables_in_six_modules(models: Models) -> None:
    tables = own_tables(models.metadata)
    modules = {models.table_origin("public", table.name).file.parent.name for table in tables}  # type: ignore[union-attr]
    assert len(tables) >= 28
    assert modules == {"auth", "billing", "consent", "core", "project"}


FEATURES = {
    "enums": "select count(*) from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace",
    "composite foreign keys": "select count(*) from pg_constraint where contype = 'f' and cardinality(conkey) > 1",
    "self references": "select count(*) from pg_constraint where contype = 'f' and conrelid = confrelid",
    "foreign keys to auth.users": "select count(*) from pg_constraint where confrelid = 'auth.users'::regclass"
    " and connamespace = 'public'::regnamespace",
    "partial indexes": "select count(*) from pg_index where indpred is not null",
    "expression indexes": "select count(*) from pg_index where indexprs is not null",
    "covering indexes": "select count(*) from pg_index where indnatts > indnkeyatts",
    "checks": "select count(*) from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace",
    "jsonb columns": "select count(*) from information_schema.columns where table_schema = 'public' and udt_name = 'jsonb'",
    "array columns": "select count(*) from information_schema.columns"
    " where table_schema = 'public' and data_type = 'ARRAY'",
    "generated columns": "select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid"
    " where attgenerated = 's' and relnamespace = 'public'::regnamespace",
    "identity columns": "select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid"
    " where attidentity <> '' and relnamespace = 'public'::regnamespace",
    "domains": "select count(*) from pg_type where typtype = 'd' and typnamespace = 'public'::regnamespace",
    "partitions": "select count(*) from pg_class where relispartition and relkind = 'r'",
    "updated_at triggers": "select count(*) from pg_trigger where tgname = 'set_updated_at'",
    "a trigger on auth.users": "select count(*) from pg_trigger where tgrelid = 'auth.users'::regclass and not tgisinternal",
    "policies on storage": "select count(*) from pg_policy where polrelid = 'storage.objects'::regclass",
    "restrictive policies": "select count(*) from pg_policy where not polpermissive",
    "column grants": "select count(*) from pg_attribute where attacl is not null and attrelid = 'public.api_keys'::regclass",
    "realtime": "select count(*) from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public'",
}


@pytest.mark.parametrize("query", FEATURES.values(), ids=FEATURES)
def test_feature(query: str, owner: psycopg.Connection[Any]) -> None:
    assert one(owner, query) > 0


def test_two_views_with_their_readers_rights(owner: psycopg.Connection[Any]) -> None:
    rows = owner.execute(
        "select relname, reloptions from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace order by 1"
    ).fetchall()
    assert rows == [
        ("organization_overview", ["security_invoker=true"]),
        ("published_scenes", ["security_invoker=true"]),
    ]


def test_every_table_has_row_level_security_and_policies(owner: psycopg.Connection[Any]) -> None:
    assert (
        one(
            owner,
            "select count(*) from pg_class where relkind in ('r', 'p') and not relrowsecurity"
            " and relnamespace = 'public'::regnamespace",
        )
        == 0
    )
    bare = owner.execute(
        "select relname from pg_class c where relkind in ('r', 'p') and not relispartition"
        " and relnamespace = 'public'::regnamespace"
        " and not exists (select from pg_policy p where p.polrelid = c.oid) order by 1"
    ).fetchall()
    assert bare == [("payment_events",)], "which is for the backend only"


def test_every_table_says_who_may_reach_it(models: Models) -> None:
    granted = {item.identity[2] for item in models.declarations if item.kind == "grant" and item.identity[0] == "table"}
    assert {table.name for table in own_tables(models.metadata)} <= granted


def test_no_function_is_for_everybody(owner: psycopg.Connection[Any]) -> None:
    open_ = owner.execute(
        "select oid::regprocedure::text from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)"
        " and has_function_privilege('anon', oid, 'execute')"
    ).fetchall()
    assert open_ == []


def test_definer_functions_pin_their_search_path(owner: psycopg.Connection[Any]) -> None:
    loose = owner.execute(
        "select proname from pg_proc where prosecdef and pronamespace in ('public'::regnamespace, 'private'::regnamespace)"
        " and not coalesce(array_to_string(proconfig, ',') like 'search_path=%', false)"
    ).fetchall()
    assert loose == []


def test_every_constraint_follows_the_naming_convention(models: Models) -> None:
    for table in own_tables(models.metadata):
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(len(str(constraint.name)) <= 63 for constraint in table.constraints), table.name


def test_the_order_of_statements_needs_no_second_try(models: Models, database: str) -> None:
    kinds = [statement.kind for statement in ddl_statements(models)]
    assert kinds.index("extension") < kinds.index("table") < kinds.index("constraint") < kinds.index("policy")
