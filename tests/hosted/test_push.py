"""Pushing to a hosted target with the real CLI."""

from __future__ import annotations

import json

import pytest
from support.house import House

PUSH = "supabase-db-push-staging"
PROD = "supabase-db-push-prod"
TABLE = "create table public.scenes (id int primary key);\n"
COLUMN = "alter table public.scenes add column title text;\n"


def test_pushes_what_is_pending_and_shows_it_first(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    ran = both.ok(PUSH, "--yes")
    staging = both.cloud.projects["staging"]
    assert TABLE.strip() in ran.stdout
    assert f"Vectreal staging ({staging.ref})" in ran.stdout
    assert staging.record.db_host in ran.stdout
    assert both.ledger("staging") == ["0000"]
    assert both.ledger("prod") == []


def test_links_as_documented_and_leaves_the_own_link_as_it_is(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    temp = both.root / "supabase" / ".temp"
    temp.mkdir()
    (temp / "project-ref").write_text(both.cloud.projects["prod"].ref)
    both.ok(PUSH, "--yes")
    asked = [request.path for request in both.cloud.api.requests]
    assert f"/v1/projects/{both.cloud.projects['staging'].ref}" in asked
    assert (temp / "project-ref").read_text() == both.cloud.projects["prod"].ref
    assert not (temp / "pooler-url").exists()


def test_a_project_id_in_the_shell_does_not_redirect_the_push(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    both.ok(PUSH, "--yes", env={"SUPABASE_PROJECT_ID": both.cloud.projects["prod"].ref})
    assert both.ledger("staging") == ["0000"]
    assert both.ledger("prod") == []


def test_says_so_when_nothing_is_pending(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    report = house.ok(PUSH, "--json").json
    assert report["pushed"] == []
    assert report["pending"] == []


def test_a_dry_run_shows_the_sql_and_changes_nothing(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    report = house.ok(PUSH, "--dry-run", "--json").json
    assert report["pending"][0]["sql"] == TABLE
    assert report["project"] == "Vectreal staging"
    assert house.ledger("staging") == []


def test_the_plan_carries_the_hazards_of_the_sql(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE + COLUMN)
    house.migration("0001_drop", "alter table public.scenes drop column title;\n")
    hazards = house.ok(PUSH, "--dry-run", "--json").json["pending"][0]["hazards"]
    assert {hazard["code"] for hazard in hazards} == {"lock", "data-loss", "incompatible"}


def test_without_a_terminal_staging_needs_yes(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    error = house.refused(PUSH)
    assert error["code"] == "not-confirmed"
    assert "--yes" in error["next_step"]
    assert house.ledger("staging") == []


def test_production_needs_its_ref_and_yes_is_not_enough(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    refused = house.refused(PROD, "--yes")
    assert refused["code"] == "not-confirmed"
    assert "--yes is not enough" in refused["message"]
    wrong = house.refused(PROD, "--confirm", house.cloud.projects["staging"].ref)
    assert "does not match" in wrong["message"]
    assert house.ledger("prod") == []
    house.ok(PROD, "--confirm", house.cloud.projects["prod"].ref)
    assert house.ledger("prod") == ["0000"]


@pytest.mark.parametrize(
    ("ran", "now", "reason"),
    [
        (None, TABLE, "absent"),
        (TABLE, "create table public.scenes (id int primary key, x int);\n", "different"),
        (TABLE, "create table public.scenes (id int /* key */ primary key);\n", "formatting"),
    ],
)
def test_production_accepts_only_what_staging_ran_byte_for_byte(
    house: House, ran: str | None, now: str, reason: str
) -> None:
    if ran is not None:
        house.pushed("staging", "0000_scenes", ran)
    house.migration("0000_scenes", now)
    ref = house.cloud.projects["prod"].ref
    error = house.refused(PROD, "--confirm", ref)
    assert error["code"] == "not-promoted"
    assert error["data"]["unpromoted"] == [{"file": "0000_scenes.sql", "reason": reason}]
    assert house.ledger("prod") == []
    house.ok(PROD, "--confirm", ref, "--without-staging", "hotfix of the login")
    assert house.ledger("prod") == ["0000"]
    journal = house.journal()
    assert journal[-2]["event"] == "push begun"
    assert journal[-2]["waiver"] == "hotfix of the login"


def test_an_empty_reason_waives_nothing(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    error = house.refused(PROD, "--confirm", house.cloud.projects["prod"].ref, "--without-staging", "  ")
    assert "a reason is needed" in error["message"]
    assert "--without-staging" in error["fix"] and "--without-staging" not in error["next_step"]


def test_a_failing_migration_says_what_ran_and_a_second_push_finishes(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    both.migration("0001_broken", "create table public.half (id int);\ninsert into public.nowhere values (1);\n")
    both.migration("0002_title", COLUMN)
    error = both.refused(PUSH, "--yes")
    assert "0001_broken.sql" in error["message"]
    assert error["data"]["applied"] == ["0000_scenes.sql"]
    assert error["data"]["remaining"] == ["0001_broken.sql", "0002_title.sql"]
    assert both.ledger("staging") == ["0000"]
    assert both.query("staging", "select to_regclass('public.half')") == [(None,)]
    both.migration("0001_broken", "select 1;\n")
    both.ok(PUSH, "--yes")
    assert both.ledger("staging") == ["0000", "0001", "0002"]


def test_contradictions_are_named_all_at_once_with_their_repairs(house: House) -> None:
    house.pushed("staging", "0001_scenes", TABLE)
    gone = house.pushed("staging", "0002_gone", COLUMN)
    house.migration("0001_scenes", TABLE.replace("id int", "id bigint"))
    house.migration("0000_late", "select 1;\n")
    gone.unlink()
    error = house.refused(PUSH, "--yes")
    assert error["code"] == "history-mismatch"
    entries = {entry["version"]: entry for entry in error["data"]["entries"]}
    assert {version: entry["state"] for version, entry in entries.items()} == {
        "0000": "out-of-order",
        "0001": "edited",
        "0002": "missing",
    }
    assert "+create table public.scenes (id bigint primary key);" in entries["0001"]["difference"]
    assert any("--fetch 0002" in repair for repair in entries["0002"]["repairs"])
    assert "inv migrations-renumber" in entries["0000"]["repairs"][0]


def test_an_older_migration_goes_in_with_include_all(both: House) -> None:
    both.pushed("staging", "0001_scenes", TABLE)
    both.migration("0000_late", "select 1;\n")
    assert both.refused(PUSH, "--yes")["code"] == "history-mismatch"
    both.ok(PUSH, "--yes", "--include-all")
    assert both.ledger("staging") == ["0000", "0001"]


def test_other_comments_make_an_applied_migration_edited_and_blanks_between_statements_do_not(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE + COLUMN)
    house.migration("0000_scenes", f"\n{TABLE}\r\n;\n\n{COLUMN.strip()}")
    assert house.ok(PUSH, "--json").json["pushed"] == []
    house.migration("0000_scenes", f"-- the scenes\n{TABLE}{COLUMN}")
    error = house.refused(PUSH, "--yes")
    assert error["code"] == "history-mismatch"
    assert "(other comments or blanks only)" in error["cause"]


def test_a_byte_order_mark_is_pushed_and_compared_as_the_cli_does(house: House) -> None:
    path = house.migration("0000_scenes", TABLE)
    path.write_bytes(f"\ufeff{TABLE}{COLUMN}".replace("\n", "\r\n").encode())
    assert len(house.ok(PUSH, "--yes", "--json").json["pushed"]) == 1
    assert house.ok(PUSH, "--json").json["pending"] == []


def test_missing_variables_are_named_all_at_once(house: House) -> None:
    names = ("SUPABASE_PROJECT_REF_STAGING", "SUPABASE_DB_PASSWORD_STAGING")
    error = house.refused(PUSH, env=dict.fromkeys(names))
    assert error["data"]["missing"] == list(names)
    assert str(house.root / ".env.development") in error["cause"]


def test_variables_may_come_from_the_env_file_but_not_from_a_tracked_one(house: House) -> None:
    staging = house.cloud.projects["staging"]
    house.migration("0000_scenes", TABLE)
    env_file = house.root / ".env.development"
    password = json.dumps(staging.password, ensure_ascii=False)
    env_file.write_text(f"SUPABASE_PROJECT_REF_STAGING={staging.ref}\nSUPABASE_DB_PASSWORD_STAGING={password}\n")
    unset: dict[str, str | None] = dict.fromkeys(staging.environment)
    house.ok(PUSH, "--dry-run", env=unset)
    house.git("init", "-q")
    house.git("add", "-f", ".env.development")
    assert house.refused(PUSH, "--dry-run", env=unset)["code"] == "secret-tracked"


def test_staging_and_production_must_not_be_one_project(house: House) -> None:
    ref = house.cloud.projects["prod"].ref
    assert house.refused(PUSH, env={"SUPABASE_PROJECT_REF_STAGING": ref})["code"] == "same-project"


def test_a_url_must_belong_to_the_ref(house: House) -> None:
    host = house.cloud.projects["prod"].record.db_host
    error = house.refused(PUSH, env={"DATABASE_URL_STAGING": f"postgresql://postgres:pw@{host}:5432/postgres"})
    assert error["code"] == "ref-mismatch"


def test_a_given_url_is_the_way_the_push_goes(both: House) -> None:
    staging = both.cloud.projects["staging"]
    both.migration("0000_scenes", TABLE)
    pooler = f"postgresql://postgres.{staging.ref}@{staging.record.pooler_host}:5432/postgres"
    ran = both.ok(PUSH, "--yes", env={"DATABASE_URL_STAGING": pooler})
    assert staging.record.pooler_host in ran.stdout
    assert both.ledger("staging") == ["0000"]


def test_a_third_target_has_its_tasks_and_variables(house: House) -> None:
    house.configure("[tool.supabase-tasks.targets.preview]\n")
    listed = house.ok("--list").stdout
    for name in (
        "db-push-preview",
        "db-reset-preview",
        "db-pull-preview",
        "db-dump-preview-public",
        "db-drift-preview",
    ):
        assert f"supabase-{name}" in listed
    assert "supabase-migration-repair-preview" in listed
    staging = house.cloud.projects["staging"]
    house.migration("0000_scenes", TABLE)
    unset: dict[str, str | None] = dict.fromkeys(staging.environment)
    renamed = {name.replace("STAGING", "PREVIEW"): value for name, value in staging.environment.items()}
    house.ok("supabase-db-push-preview", "--yes", env={**unset, **renamed})
    assert house.ledger("staging") == ["0000"]
