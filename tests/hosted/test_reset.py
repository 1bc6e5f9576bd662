"""Resetting a hosted target: what is lost is shown, dumped, and can be put back."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from support.house import House

from supabase_tasks.state_dir import private, project_folder

RESET = "supabase-db-reset-staging"
SCHEMA = """
create schema app;
create type public.mood as enum ('fine');
create table public.scenes (id int primary key, owner uuid references auth.users (id), mood public.mood);
create table app.parts (id serial primary key, scene int references public.scenes);
create view public.fine as select id from public.scenes where mood = 'fine';
create function public.on_user() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger on_user after insert on auth.users for each row execute function public.on_user();
create policy uploads on storage.objects for select to anon, authenticated using (bucket_id = 'x');
alter publication supabase_realtime add table public.scenes;
"""
ROWS = """
set role postgres;
insert into auth.users (id, email) values ('11111111-1111-1111-1111-111111111111', 'a@example.org');
insert into public.scenes values (1, '11111111-1111-1111-1111-111111111111', 'fine');
insert into app.parts (scene) values (1);
create table public.by_hand (id int);
insert into public.by_hand values (7);
"""
CONTENT = """
select (select count(*) from auth.users), (select count(*) from public.scenes), (select count(*) from app.parts),
       (select count(*) from pg_policies where policyname = 'uploads'),
       (select count(*) from pg_trigger where tgname = 'on_user'),
       (select count(*) from pg_publication_tables where tablename = 'scenes')
"""


def fill(house: House) -> None:
    house.pushed("staging", "0000_all", SCHEMA)
    with house.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute(ROWS)


def schema(house: House) -> list[str]:
    cluster = house.cloud.projects["staging"].cluster
    return [line for line in cluster.server.dump_schema("postgres").splitlines() if "restrict" not in line]


def test_shows_the_loss_dumps_it_resets_and_the_dump_restores_everything(both: House) -> None:
    fill(both)
    before = schema(both)
    ran = both.ok(RESET, "--confirm", both.cloud.projects["staging"].ref, "--json")
    # A reset lasts more than a second here: the CLI starts twice.
    assert re.search(r"^(dumping|resetting) staging …", ran.stderr, re.MULTILINE), ran.stderr
    report = ran.json
    assert report["auth_users"] == 1
    assert {lost["table"] for lost in report["lost"]} == {"public.scenes", "app.parts", "public.by_hand"}
    assert report["applied"] == ["0000_all.sql"]
    assert both.query("staging", CONTENT) == [(0, 0, 0, 1, 1, 1)]
    assert both.query("staging", "select to_regclass('public.by_hand')") == [(None,)]
    assert both.cloud.projects["staging"].password not in report["restore"]
    subprocess.run(["sh", "-c", report["restore"]], check=True, capture_output=True, env=both.environment)
    assert both.query("staging", CONTENT) == [(1, 1, 1, 1, 1, 1)]
    assert both.query("staging", "select id from public.by_hand") == [(7,)]
    assert both.ledger("staging") == ["0000"]
    assert schema(both) == before


def test_needs_the_ref_and_knows_no_yes(house: House) -> None:
    fill(house)
    assert house.refused(RESET)["code"] == "not-confirmed"
    assert house.refused(RESET, "--confirm", house.cloud.projects["prod"].ref)["code"] == "not-confirmed"
    assert house.run(RESET, "--yes").code != 0
    house.ok(RESET, "--dry-run")
    assert house.query("staging", CONTENT) == [(1, 1, 1, 1, 1, 1)]


def test_nothing_is_destroyed_when_the_dump_fails(house: House) -> None:
    fill(house)
    dumps = project_folder(house.settings) / "dumps"
    shutil.rmtree(dumps, ignore_errors=True)
    private(dumps.parent)
    dumps.write_text("a file where the folder belongs")
    try:
        error = house.refused(RESET, "--confirm", house.cloud.projects["staging"].ref)
    finally:
        dumps.unlink()
    assert "cannot write" in error["message"]
    assert house.query("staging", CONTENT) == [(1, 1, 1, 1, 1, 1)]


def test_the_dump_is_for_this_user_only(house: House) -> None:
    fill(house)
    report = house.ok(RESET, "--confirm", house.cloud.projects["staging"].ref, "--json").json
    assert Path(report["dump"]).stat().st_mode & 0o077 == 0


def test_production_is_reset_only_to_what_staging_ran(house: House) -> None:
    house.migration("0000_scenes", "create table public.scenes (id int);\n")
    ref = house.cloud.projects["prod"].ref
    assert house.refused("supabase-db-reset-prod", "--confirm", ref)["code"] == "not-promoted"


def test_a_failing_migration_leaves_the_way_back(house: House) -> None:
    fill(house)
    house.migration("0001_broken", "insert into public.nowhere values (1);\n")
    error = house.refused(RESET, "--confirm", house.cloud.projects["staging"].ref)
    assert error["data"]["applied"] == ["0000_all.sql"]
    assert "psql" in error["data"]["restore"]
    house.migration("0001_broken", "select 1;\n")
    house.ok(RESET, "--confirm", house.cloud.projects["staging"].ref)
    assert house.ledger("staging") == ["0000", "0001"]
