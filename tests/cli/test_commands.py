"""Both majors of the real CLI against a real server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.local import NOTES, Place

from supabase_tasks import postgres
from supabase_tasks.cli import Database, SupabaseCli, at_url
from supabase_tasks.errors import CliError

pytestmark = pytest.mark.server


@pytest.fixture
def database(place: Place) -> Database:
    server = postgres.local(place.settings)
    postgres.recreate_local(server, place.settings)
    return at_url(server.url(), password=server.password)


def test_push_applies_once_and_a_dry_run_nothing(cli: SupabaseCli, database: Database, place: Place) -> None:
    assert "0001_notes.sql" in cli.push(database, dry_run=True).output
    assert place.query("select to_regclass('public.notes') is null") == [(True,)]
    assert "Applying migration 0002_tags.sql" in cli.push(database, include_seed=True).output
    assert place.query("select body from public.notes") == [("seeded",)]
    assert "up to date" in cli.push(database).output


def test_reset_rebuilds_and_seeds(cli: SupabaseCli, database: Database, place: Place) -> None:
    cli.reset(database)
    place.query("insert into public.notes values (2, 'mine')")
    cli.reset(database, seed=False)
    assert place.query("select count(*) from public.notes") == [(0,)]
    cli.reset(database, version="0001")
    assert place.query("select version from supabase_migrations.schema_migrations") == [("0001",)]


def test_history_can_be_listed_repaired_and_fetched(cli: SupabaseCli, database: Database, place: Place) -> None:
    cli.push(database)
    cli.repair(database, ["0002"], status="reverted")
    assert place.query("select version from supabase_migrations.schema_migrations") == [("0001",)]
    assert "0002" in cli.migrations(database).stdout
    cli.repair(database, ["0002"], status="applied")
    path = place.root / "supabase" / "migrations" / "0001_notes.sql"
    path.unlink()
    cli.fetch(database)
    assert path.read_text().strip().rstrip(";") == NOTES.strip().rstrip(";")


def test_diff_of_two_databases_is_sql_and_empty_when_equal(cli: SupabaseCli, database: Database, place: Place) -> None:
    assert cli.diff_urls(database, database) == ""
    server = postgres.local(place.settings)
    with server.scratch(postgres.platform_template(server, place.settings)) as other:
        cli.push(database)
        assert "notes" in cli.diff_urls(at_url(server.url(other), password=server.password), database).lower()


def test_types(cli: SupabaseCli, database: Database) -> None:
    cli.push(database)
    assert "notes" in cli.types(database)


def test_advisors_report_json(cli: SupabaseCli, database: Database, place: Place) -> None:
    cli.push(database)
    assert cli.advisors(database, kind="security").stdout == ""
    place.migration("0003_open", "grant all on public.notes to anon;\n")
    cli.push(database)
    found = json.loads(cli.advisors(database, kind="security").stdout)
    assert [one["name"] for one in found] == ["rls_disabled_in_public"]
    with pytest.raises(CliError):
        cli.advisors(database, fail_on="error")


def test_output_is_followed_as_it_comes(cli: SupabaseCli, database: Database, place: Place) -> None:
    seen: list[str] = []
    SupabaseCli(cli.binary, place.root, on_line=seen.append).push(database)
    assert "Applying migration 0001_notes.sql..." in seen


def refused(call: object) -> CliError:
    with pytest.raises(CliError) as caught:
        call()  # type: ignore[operator]
    return caught.value


def test_a_failing_migration_names_file_statement_and_postgres_message(
    cli: SupabaseCli, database: Database, place: Place
) -> None:
    place.migration("0003_bad", "create table public.c (id int);\nselect nope(1);\n")
    error = refused(lambda: cli.push(database))
    assert error.code == "migration-failed"
    assert "0003_bad.sql failed: function nope(integer) does not exist" in error.message
    assert (error.data["file"], error.data["sqlstate"], error.data["statement"]) == ("0003_bad.sql", "42883", 1)
    assert "select nope(1)" in (error.cause or "")


def test_a_failing_seed_names_the_file(cli: SupabaseCli, database: Database, place: Place) -> None:
    place.write("supabase/seed.sql", "insert into public.nope values (1);\n")
    error = refused(lambda: cli.reset(database))
    assert (error.code, error.data["file"]) == ("seed-failed", "supabase/seed.sql")


def test_a_migration_before_the_last_applied_one(cli: SupabaseCli, database: Database, place: Place) -> None:
    cli.push(database)
    place.migration("0000_late", "select 1;")
    error = refused(lambda: cli.push(database))
    assert (error.code, error.next_step) == ("out-of-order", "inv migrations-renumber")
    cli.push(database, include_all=True)


def test_a_history_that_the_folder_lacks(cli: SupabaseCli, database: Database, place: Place) -> None:
    cli.push(database)
    (place.root / "supabase" / "migrations" / "0002_tags.sql").unlink()
    error = refused(lambda: cli.push(database))
    assert error.code == "history-mismatch"
    # The CLI's own advice is to repair the history, blindly: that is not ours.
    assert "repair --status" not in (error.next_step or "")


def test_without_a_listener(cli: SupabaseCli) -> None:
    error = refused(lambda: cli.push(at_url("postgresql://postgres@127.0.0.1:9/postgres?sslmode=disable")))
    assert error.code == "connection-refused"


def test_a_database_that_is_not_there(cli: SupabaseCli, database: Database) -> None:
    error = refused(
        lambda: cli.push(at_url((database.url or "").replace("/postgres?", "/nodb?"), password=database.password))
    )
    assert error.code == "wrong-database"


def test_config_that_cannot_be_read(cli: SupabaseCli, database: Database, place: Place) -> None:
    place.write("supabase/config.toml", "project_id = = 1\n")
    assert refused(lambda: cli.push(database)).code == "config"


@pytest.mark.parametrize("command", ["start", "stop"])
def test_what_needs_docker_says_so_where_there_is_none(
    cli: SupabaseCli, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock")
    error = refused(getattr(cli, command))
    assert error.code == "docker-missing"
    assert "embedded" in (error.next_step or "")


def test_link_without_an_access_token(cli: SupabaseCli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SUPABASE_ACCESS_TOKEN", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert refused(lambda: cli.link("abcdefghijklmnopqrst")).code == "access-token"


def test_a_password_reaches_the_server_and_no_argument(cli: SupabaseCli, database: Database, place: Place) -> None:
    """A fake in place of the binary records what the real one would have been given."""
    fake = place.write("fake-supabase", '#!/bin/sh\nfor a in "$@"; do echo "arg:$a"; done; echo "env:$PGPASSWORD"\n')
    fake.chmod(0o755)
    from dataclasses import replace

    recorded = SupabaseCli(replace(cli.binary, path=fake), place.root).push(
        at_url("postgresql://u:p%40ss%2Fword@127.0.0.1:1/db")
    )
    arguments = [line for line in recorded.stdout.splitlines() if line.startswith("arg:")]
    assert "env:p@ss/word" in recorded.stdout
    assert not any("p@ss" in line or "p%40ss" in line for line in arguments)
