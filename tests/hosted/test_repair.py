"""Repairing a target's ledger, never blindly."""

from __future__ import annotations

import pytest
from support.house import House

REPAIR, PUSH = "supabase-migration-repair-staging", "supabase-db-push-staging"
TABLE = "create table public.scenes (id int primary key);\n"
EDITED = "create table public.scenes (id bigint primary key);\n"


@pytest.fixture
def pushed(house: House) -> House:
    house.pushed("staging", "0000_scenes", TABLE)
    return house


def recorded(house: House, version: str) -> list[str]:
    rows = house.query(
        "staging", f"select statements from supabase_migrations.schema_migrations where version = '{version}'"
    )
    return list(rows[0][0])


def test_without_versions_it_says_what_is_wrong(pushed: House) -> None:
    pushed.migration("0000_scenes", EDITED)
    error = pushed.refused(REPAIR)
    assert error["code"] == "no-version"
    assert "0000_scenes.sql was edited after it ran there" in error["cause"]


def test_accepts_an_edited_file_as_what_ran(both: House) -> None:
    both.pushed("staging", "0000_scenes", TABLE)
    both.migration("0000_scenes", EDITED)
    shown = both.ok(REPAIR, "--version", "0000", "--dry-run", "--json").json
    assert shown["entries"][0]["state"] == "edited"
    assert recorded(both, "0000") == [TABLE.strip().rstrip(";")]
    both.ok(REPAIR, "--version", "0000", "--yes")
    assert recorded(both, "0000") == [EDITED.strip().rstrip(";")]
    assert both.ok(PUSH, "--json").json["pushed"] == []


def test_marks_a_pending_migration_as_applied_and_says_that_it_does_not_run(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    report = both.ok(REPAIR, "--version", "0000", "--yes", "--json").json
    assert "the SQL is not run" in report["entries"][0]["effect"]
    assert both.ledger("staging") == ["0000"]
    assert both.query("staging", "select to_regclass('public.scenes')") == [(None,)]


def test_removes_a_version_from_the_history(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    both.ok(REPAIR, "--version", "0000", "--yes")
    both.ok(REPAIR, "--version", "0000", "--status", "reverted", "--yes")
    assert both.ledger("staging") == []


def test_a_repair_that_fails_is_in_the_journal_as_that(pushed: House) -> None:
    refuse = "create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$"
    with pushed.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute(refuse)
        connection.execute(
            "create trigger t before delete on supabase_migrations.schema_migrations"
            " for each row execute function refuse()"
        )
    pushed.refused(REPAIR, "--version", "0000", "--status", "reverted", "--yes")
    begun, failed = pushed.journal()[-2:]
    assert (begun["event"], failed["event"]) == ("repair begun", "repair failed")
    assert begun["versions"] == failed["versions"] == ["0000"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--version", "0009"), "unknown-version"),
        (("--version", "0001", "--status", "reverted"), "senseless-repair"),
        (("--version", "0000"), "not-confirmed"),
    ],
)
def test_refuses_what_makes_no_sense(pushed: House, options: tuple[str, ...], code: str) -> None:
    pushed.migration("0001_pending", "select 1;\n")
    assert pushed.refused(REPAIR, *options)["code"] == code
    assert pushed.ledger("staging") == ["0000"]


def test_production_needs_its_ref(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    assert house.refused("supabase-migration-repair-prod", "--version", "0000", "--yes")["code"] == "not-confirmed"
    assert house.ledger("prod") == []


def test_fetches_a_missing_file_and_puts_an_edited_one_back(pushed: House) -> None:
    path = pushed.migrations / "0000_scenes.sql"
    path.unlink()
    pushed.ok(REPAIR, "--fetch", "0000")
    assert path.read_text() == TABLE
    path.write_text(EDITED)
    assert pushed.refused(REPAIR, "--fetch", "0000")["code"] == "not-confirmed"
    assert path.read_text() == EDITED
    pushed.ok(REPAIR, "--fetch", "0000", "--yes")
    assert path.read_text() == TABLE
    assert pushed.refused(REPAIR, "--fetch", "0007")["code"] == "nothing-to-fetch"
