"""The files of supabase/: the seed fills every table, the snippets run, the baseline may run again."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.models import Models
from supabase_tasks.models.collect import own_tables
from supabase_tasks.settings import Settings

ROOT = Path(__file__).parents[2]
SNIPPETS = sorted((ROOT / "supabase" / "sql").glob("*.sql"))


def test_the_seed_has_rows_for_every_table(models: Models, owner: psycopg.Connection[Any]) -> None:
    empty = [
        table.name
        for table in own_tables(models.metadata)
        if owner.execute(f"select from public.{table.name} limit 1").fetchone() is None
    ]
    assert empty == []


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)
def test_a_snippet_runs(path: Path, server: postgres.Server, database: str) -> None:
    with server.scratch(database) as name, server.migrator(name) as connection:
        postgres.apply_file(connection, path.read_text(), version="1", name=path.stem)


@pytest.mark.parametrize("name", ["unindexed_foreign_keys", "slow_policies"])
def test_a_report_finds_nothing_to_complain_about(name: str, owner: psycopg.Connection[Any]) -> None:
    assert owner.execute((ROOT / "supabase" / "sql" / f"{name}.sql").read_text()).fetchall() == []


def test_every_snippet_is_in_the_list() -> None:
    listed = (ROOT / "supabase" / "sql" / "README.md").read_text()
    assert [path.name for path in SNIPPETS if f"`{path.name}`" not in listed] == []


def test_the_baseline_may_run_again_and_leaves_nothing_open(server: postgres.Server, settings: Settings) -> None:
    text = (settings.migrations / "0000_security_hardening.sql").read_text()
    with server.scratch(postgres.platform_template(server, settings)) as name, server.connect(name) as connection:
        connection.execute(text)
        connection.execute(text)
        connection.execute("create table t (); create function f() returns int language sql as 'select 1'")
        open_ = connection.execute(
            "select role from unnest(array['anon', 'authenticated', 'service_role']) as role"
            " where has_table_privilege(role, 'public.t', 'select, insert, truncate')"
            " or has_function_privilege(role, 'public.f()', 'execute')"
            " or has_schema_privilege(role, 'public', 'create')"
        ).fetchall()
    assert open_ == []


def test_config_toml_is_what_the_cli_expects() -> None:
    config = tomllib.loads((ROOT / "supabase" / "config.toml").read_text())
    assert config["db"]["major_version"] == 17
    assert config["db"]["seed"]["sql_paths"] == ["./seed.sql"]


def test_env_files_hold_no_secrets() -> None:
    values = [
        line.partition("=")[2]
        for line in (ROOT / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert set(values) == {""}
    assert "PASSWORD" not in (ROOT / ".env.development").read_text()
