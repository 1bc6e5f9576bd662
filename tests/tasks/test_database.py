"""supabase-db-lint and supabase-db-advisors on the embedded database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import clis, local
from support.local import Place

BAD = (
    "create function public.broken() returns void language plpgsql set search_path = '' as $$\n"
    "begin\n  insert into public.nope values (1);\nend $$;\n"
)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with local.running() as made:
        made.migration("0003_broken", f"set check_function_bodies = off;\n{BAD}")
        made.ok("supabase-db-reset")
        yield made


def test_lint_says_which_check_ran_what_is_wrong_and_fails(place: Place) -> None:
    ran = place.inv("supabase-db-lint")
    assert ran.code == 1
    assert 'public.broken\n  error   42P01  line 3, SQL statement: relation "public.nope" does not exist' in ran.stdout
    assert "own check; this server has no plpgsql_check" in ran.stdout
    assert "error: db lint found 1 issue of level error or worse" in ran.stderr


def test_lint_as_json_has_the_findings_also_when_it_fails(place: Place) -> None:
    failed = place.inv("supabase-db-lint", "--json")
    data = failed.error["data"]
    assert (data["check"], data["functions"], data["unjudged"]) == ("function bodies", 1, 0)
    assert data["findings"][0]["issues"][0]["sqlState"] == "42P01"
    passed = place.ok("supabase-db-lint", "--fail-on", "none", "--json").json
    assert passed["findings"] == data["findings"]


def test_lint_of_another_schema_finds_nothing(place: Place) -> None:
    assert place.ok("supabase-db-lint", "--schema", "extensions", "--json").json["findings"] == []


@pytest.mark.parametrize("option", ["--level=eror", "--fail-on=bad"])
def test_a_misspelt_option_runs_nothing(place: Place, option: str) -> None:
    assert place.inv("supabase-db-lint", option, "--json").error["code"] == "option"


def test_advisors_find_tables_without_row_level_security(place: Place) -> None:
    place.query("grant select on public.notes to anon")
    ran = place.inv("supabase-db-advisors", "--type", "security", "--json")
    assert ran.code == 1
    assert [one["name"] for one in ran.error["data"]["findings"]] == ["rls_disabled_in_public"]
    assert place.ok("supabase-db-advisors", "--type", "security", "--fail-on", "none").stdout.startswith("error RLS")
    assert place.inv("supabase-db-advisors", "--type", "speed", "--json").error["code"] == "option"


PLPGSQL_CHECK = Path("/usr/lib/postgresql/15/lib/plpgsql_check.so")


@pytest.mark.skipif(not PLPGSQL_CHECK.is_file(), reason="apt-get install postgresql-15-plpgsql-check")
@pytest.mark.parametrize("major", ["2", "3"])
def test_where_plpgsql_check_is_real_the_cli_lints(major: str) -> None:
    """Debian's PostgreSQL 15 as the embedded server, with the real extension installed."""
    with local.running() as place:
        place.write("supabase/config.toml", local.CONFIG.replace("17", "15"))
        place.migration("0003_broken", f"set check_function_bodies = off;\n{BAD}")
        place.ok("supabase-db-reset")
        ran = place.inv("supabase-db-lint", "--json", env={"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path(major))})
        assert ran.code == 1
        data = ran.error["data"]
        assert data["check"] == "plpgsql_check"
        (finding,) = data["findings"]
        assert finding["function"] == "public.broken"
        assert finding["issues"][0]["sqlState"] == "42P01"


def test_advisors_leave_out_indexes_that_were_not_used_yet(place: Place) -> None:
    place.migration(
        "0004_indexed",
        "create table public.indexed (id int primary key, a int);\ncreate index on public.indexed (a);\n"
        "alter table public.indexed enable row level security;\n",
    )
    place.ok("supabase-db-push-local")
    ran = place.inv("supabase-db-advisors", "--type", "performance", "--json", "--fail-on", "none")
    assert not [one for one in ran.json["findings"] if one["name"] == "unused_index"]
    assert "left out that only a database in use can tell" in ran.stderr
