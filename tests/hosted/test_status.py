"""Local, staging and production side by side."""

from __future__ import annotations

from support.house import House


def test_shows_the_databases_side_by_side(house: House) -> None:
    house.migration("0000_scenes", "create table public.scenes (id int);\n")
    house.ok("supabase-db-push-staging", "--yes")
    house.migration("0000_scenes", "create table public.scenes (id bigint);\n")
    house.migration("0001_next", "select 1;\n")
    report = house.ok("supabase-status", "--json").json
    states = {
        database["name"]: {entry["version"]: entry["state"] for entry in database["entries"]}
        for database in report["databases"]
    }
    assert states == {
        "local": {},
        "staging": {"0000": "edited", "0001": "pending"},
        "prod": {"0000": "pending", "0001": "pending"},
    }
    assert any("--fetch 0000" in line for line in report["advice"])


def test_a_database_that_cannot_be_read_is_a_column_with_a_problem(house: House) -> None:
    house.cloud.projects["staging"].network.down = True
    unset: dict[str, str | None] = dict.fromkeys(house.cloud.projects["prod"].environment)
    ran = house.ok("supabase-status", "--json", env=unset)
    problems = {database["name"]: database["problem"] for database in ran.json["databases"]}
    assert problems["local"] == "not running"
    assert "connection" in problems["staging"]
    assert problems["prod"] == "not configured"


def test_a_renumbered_migration_is_repaired_by_the_commands_that_status_gives(house: House) -> None:
    house.pushed("staging", "0001_first", "create table public.first (id int);\n")
    house.pushed("staging", "0002_mine", "create table public.mine (id int);\n")
    (house.migrations / "0002_mine.sql").rename(house.migrations / "0003_mine.sql")
    house.migration("0002_other", "create table public.other (id int);\n")
    error = house.refused("supabase-db-push-staging", "--yes")
    assert "0002_mine.sql ran there; its file is now 0003_mine.sql" in error["cause"]
    commands = error["next_step"].split(" && ")
    assert commands == [
        "inv supabase-migration-repair-staging --status applied --version 0003",
        "inv supabase-migration-repair-staging --status reverted --version 0002",
    ]
    for command in commands:
        house.ok(*command.split()[1:], "--yes")
    assert house.ledger("staging") == ["0001", "0003"]
    house.ok("supabase-db-push-staging", "--yes", "--include-all")
    assert house.ledger("staging") == ["0001", "0002", "0003"]
    assert house.query("staging", "select to_regclass('public.other') is not null") == [(True,)]
