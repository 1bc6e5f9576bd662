"""`migrations-squash`: proven to leave the same database, and no target's ledger left behind."""

from __future__ import annotations

import pytest
from support.house import House

SQUASH = "migrations-squash"
FIRST = """\
create type public.state as enum ('draft');
create table public.scenes (id bigint primary key, old_title text, state public.state);
alter table public.scenes enable row level security;
"""
SECOND = """\
alter table public.scenes rename column old_title to title;
create policy "read" on public.scenes for select to authenticated using (true);
grant select on public.scenes to authenticated;
insert into storage.buckets (id, name) values ('models', 'models');
insert into public.scenes values (1, 'first', 'draft');
"""
THIRD = "create index scenes_title on public.scenes (title);\n"


@pytest.fixture
def history(house: House) -> House:
    house.migration("0000_first", FIRST)
    house.migration("0001_second", SECOND)
    house.migration("0002_third", THIRD)
    return house


def names(house: House) -> list[str]:
    return sorted(path.name for path in house.migrations.iterdir())


def test_one_migration_takes_the_place_of_many_and_applies(history: House) -> None:
    report = history.ok(SQUASH, "--fresh", "staging,prod", "--to", "0001", "--name", "core", "--json").json
    assert report["replaced"] == ["0000_first.sql", "0001_second.sql"]
    assert report["tables_with_rows"] == ["public.scenes", "storage.buckets"]
    assert names(history) == ["0001_core.sql", "0002_third.sql"]
    text = (history.migrations / "0001_core.sql").read_text()
    assert text.startswith("-- squashes 0000_first.sql sha256:")
    history.ok("supabase-db-push-staging", "--yes")
    assert history.ledger("staging") == ["0001", "0002"]
    assert history.query("staging", "select title, state::text from public.scenes") == [("first", "draft")]


def test_a_dry_run_shows_the_sql_and_writes_nothing(history: House) -> None:
    done = history.ok(SQUASH, "--fresh", "staging,prod", "--dry-run")
    assert "CREATE TABLE public.scenes" in done.stdout
    assert names(history) == ["0000_first.sql", "0001_second.sql", "0002_third.sql"]


def test_roles_that_no_dump_of_a_database_holds_are_carried_over(house: House) -> None:
    house.migration("0000_role", "create role reporting nologin;\n")
    house.migration("0001_view", "create table public.a (id int);\ngrant select on public.a to reporting;\n")
    house.ok(SQUASH, "--fresh", "staging,prod")
    assert "create role reporting nologin;" in (house.migrations / "0001_squashed.sql").read_text()


def test_what_a_target_has_run_is_refused_with_the_way_out(history: House) -> None:
    history.ok("supabase-db-push-staging", "--yes")
    error = history.refused(SQUASH, "--fresh", "prod")
    assert error["code"] == "squash-applied"
    assert "--repair staging" in error["next_step"]
    assert len(names(history)) == 3


def test_a_targets_ledger_is_repaired_in_the_same_step(history: House) -> None:
    history.ok("supabase-db-push-staging", "--yes")
    report = history.ok(SQUASH, "--fresh", "prod", "--repair", "staging", "--yes", "--json").json
    assert report["repaired"] == ["staging"]
    assert history.ledger("staging") == ["0002"]
    assert history.ok("supabase-db-push-staging", "--json").json["pushed"] == []
    assert history.query("staging", "select count(*) from public.scenes") == [(1,)]


def test_an_unconfirmed_repair_leaves_the_files_as_they_were(history: House) -> None:
    history.ok("supabase-db-push-staging", "--yes")
    error = history.refused(SQUASH, "--fresh", "prod", "--repair", "staging")
    assert error["code"] == "not-confirmed"
    assert names(history) == ["0000_first.sql", "0001_second.sql", "0002_third.sql"]
    assert history.ledger("staging") == ["0000", "0001", "0002"]


def test_a_target_that_has_run_some_of_them_is_refused(house: House) -> None:
    house.pushed("staging", "0000_first", FIRST)
    house.migration("0001_second", SECOND)
    error = house.refused(SQUASH, "--fresh", "prod", "--repair", "staging")
    assert error["code"] == "squash-partly-applied"


def test_a_target_that_ran_other_text_is_refused(house: House) -> None:
    house.pushed("staging", "0000_first", FIRST)
    house.pushed("staging", "0001_second", SECOND)
    house.migration("0001_second", SECOND + "select 1;\n")
    assert house.refused(SQUASH, "--fresh", "prod", "--repair", "staging")["code"] == "squash-edited"


def test_a_target_that_cannot_be_asked_is_not_taken_for_fresh(history: House) -> None:
    history.extra["SUPABASE_DB_PASSWORD_PROD"] = None
    history.extra["DATABASE_URL_PROD"] = None
    error = history.refused(SQUASH, "--fresh", "staging")
    assert error["code"] == "squash-unknown"
    assert any("--fresh staging,prod" in command for command in error["others"])


def test_all_targets_that_cannot_be_asked_are_named_at_once(history: House) -> None:
    history.extra |= {
        f"{name}_{kind}": None for name in ("SUPABASE_DB_PASSWORD", "DATABASE_URL") for kind in ("STAGING", "PROD")
    }
    error = history.refused(SQUASH)
    assert error["message"] == "whether staging or prod has run them is not known"
    assert any("--fresh staging,prod" in command for command in error["others"])


def test_rows_that_were_there_before_stay_out_of_it(house: House) -> None:
    house.configure('baseline = ["0000_base.sql"]\n')
    house.migration("0000_base", "create table public.a (id int);\ninsert into public.a values (1);\n")
    house.migration("0001_one", "update public.a set id = 2;\n")
    house.migration("0002_two", "create table public.b (id int);\n")
    assert house.refused(SQUASH, "--fresh", "staging,prod")["code"] == "rows-changed"


def test_a_single_migration_is_nothing_to_squash(house: House) -> None:
    house.migration("0000_first", FIRST)
    assert house.refused(SQUASH, "--fresh", "staging,prod")["code"] == "nothing-to-squash"
