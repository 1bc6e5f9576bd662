"""Local, staging and production side by side."""

from __future__ import annotations

from support.house import House


def test_shows_every_database_beside_the_others(house: House) -> None:
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
