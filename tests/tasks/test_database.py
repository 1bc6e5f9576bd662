"""supabase-db-lint and supabase-db-advisors on the embedded database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import local
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
