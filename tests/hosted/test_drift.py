"""What a target has outside its migrations: seen, undone on paper, pulled into a migration."""

from __future__ import annotations

import pytest
from support.house import House

DRIFT, PULL, PUSH = "supabase-db-drift-staging", "supabase-db-pull-staging", "supabase-db-push-staging"
TABLE = "create table public.scenes (id int primary key, label text);\n"
BY_HAND = """
set role postgres;
alter table public.scenes add column views int not null default 0;
create table public.tags (id int primary key, scene int references public.scenes);
alter table public.tags enable row level security;
create policy tags_read on public.tags for select to authenticated using (scene > 0);
create policy uploads on storage.objects for select using (bucket_id = 'public');
create function public.greet() returns text language sql as 'select ''hi''';
"""


@pytest.fixture
def pushed(house: House) -> House:
    house.pushed("staging", "0000_scenes", TABLE)
    return house


def change(house: House, sql: str) -> None:
    with house.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute(sql)


def test_no_drift_is_success_and_pending_migrations_are_none(pushed: House) -> None:
    pushed.migration("0001_pending", "create table public.pending (id int);\n")
    ran = pushed.ok(DRIFT, "--json")
    assert ran.json["drift"] is False


def test_drift_is_exit_2_with_sql_both_ways_that_works(pushed: House) -> None:
    change(pushed, BY_HAND)
    ran = pushed.run(DRIFT, "--json")
    assert ran.code == 2
    report = ran.json
    assert report["drift"] is True
    capture = "\n".join(file["sql"] for file in report["capture"]["files"])
    for part in ("ADD COLUMN views", "CREATE TABLE public.tags", "POLICY tags_read", "POLICY uploads", "greet()"):
        assert part in capture
    undo = "\n".join(file["sql"] for file in report["undo"]["files"])
    change(pushed, "set role postgres;" + undo)
    assert pushed.ok(DRIFT, "--json").json["drift"] is False


def test_a_new_mandatory_column_and_a_rename_are_shown_without_questions(pushed: House) -> None:
    change(pushed, "alter table public.scenes rename label to title; alter table public.scenes add n int not null")
    ran = pushed.run(DRIFT)
    assert ran.code == 2, ran.stderr
    assert "ADD COLUMN title" in ran.stdout
    assert "/* a value for existing rows */" in ran.stdout


def test_a_pull_writes_a_proven_migration_and_records_it(both: House) -> None:
    both.pushed("staging", "0000_scenes", TABLE)
    change(both, BY_HAND)
    report = both.ok(PULL, "--yes", "--json").json
    (written,) = report["recorded"]
    assert (both.migrations / written).is_file()
    assert both.ledger("staging") == ["0000", written.partition("_")[0]]
    assert both.ok(DRIFT, "--json").json["drift"] is False
    # The other direction of the same truth: production gets it by the file.
    both.ok("supabase-db-push-prod", "--confirm", both.cloud.projects["prod"].ref)
    assert both.query("prod", "select to_regclass('public.tags') is not null") == [(True,)]


def test_a_pull_asks_about_renames_and_takes_the_answer(pushed: House) -> None:
    change(pushed, "alter table public.scenes rename label to title")
    assert "--rename public.scenes.label:public.scenes.title" in pushed.refused(PULL, "--yes")["next_step"]
    assert pushed.ledger("staging") == ["0000"]
    pushed.ok(PULL, "--yes", "--rename", "public.scenes.label:public.scenes.title")
    (pulled,) = pushed.migrations.glob("0001_*.sql")
    assert "RENAME COLUMN label TO title" in pulled.read_text()


def test_an_unconfirmed_pull_writes_nothing(pushed: House) -> None:
    change(pushed, BY_HAND)
    assert pushed.refused(PULL)["code"] == "not-confirmed"
    pushed.ok(PULL, "--dry-run")
    assert [path.name for path in pushed.migrations.iterdir()] == ["0000_scenes.sql"]
    assert pushed.ledger("staging") == ["0000"]


def test_a_pull_that_ended_before_recording_is_finished_by_the_next(pushed: House) -> None:
    change(pushed, "create table public.tags (id int primary key); alter table public.tags owner to postgres")
    pushed.ok(PULL, "--yes")
    (pulled,) = pushed.migrations.glob("0001_*.sql")
    change(pushed, "delete from supabase_migrations.schema_migrations where version = '0001'")
    report = pushed.ok(PULL, "--yes", "--json").json
    assert report["recorded"] == [pulled.name]
    assert pushed.ledger("staging") == ["0000", "0001"]


def test_a_pull_is_refused_while_other_migrations_are_pending(pushed: House) -> None:
    change(pushed, BY_HAND)
    pushed.migration("0001_pending", "create table public.pending (id int);\n")
    assert pushed.refused(PULL, "--yes")["code"] == "pending-first"


def test_a_dump_goes_to_the_documented_place(pushed: House) -> None:
    pushed.ok("supabase-db-dump-staging-public")
    text = (pushed.root / "supabase" / "sql" / "staging_public_schema.sql").read_text()
    assert "CREATE TABLE public.scenes" in text
    assert "restrict" not in text
    first = text
    pushed.ok("supabase-db-dump-staging-public")
    assert (pushed.root / "supabase" / "sql" / "staging_public_schema.sql").read_text() == first
