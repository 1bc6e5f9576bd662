"""Two real databases that differ, and their dumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from supabase_tasks import postgres, settings

BEFORE = """
create schema shop;
create type shop.status as enum ('draft', 'published');
create table shop.scenes (id bigint generated always as identity primary key, title varchar(80), owner uuid not null,
  status shop.status not null default 'draft');
create table shop.old_notes (id int primary key, body text);
alter table shop.scenes enable row level security;
create policy "owners read" on shop.scenes for select to authenticated using (owner = auth.uid());
create function shop.touch() returns trigger language plpgsql as
  $$ begin new.title := trim(new.title); return new; end $$;
create index scenes_owner on shop.scenes (owner);
"""
AFTER = """
create schema shop;
create type shop.status as enum ('draft', 'in review', 'published');
create table shop.scenes (id bigint generated always as identity primary key, title text not null, owner uuid not null,
  status shop.status not null default 'draft', views bigint not null default 0);
alter table shop.scenes enable row level security;
create policy "owners read" on shop.scenes for select to authenticated using (owner = (select auth.uid()) or views < 9);
create policy "owners write" on shop.scenes for update to authenticated using (owner = (select auth.uid()));
create function shop.touch() returns trigger language plpgsql as
  $$ begin new.title := lower(trim(new.title)); return new; end $$;
create trigger scenes_touch before update on shop.scenes for each row execute function shop.touch();
create index scenes_owner on shop.scenes (owner);
create table shop."order & <items>" (id int primary key, scene bigint references shop.scenes on delete cascade);
grant select on shop.scenes to anon;
comment on table shop.scenes is 'Who & <what>';
"""


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """`pg_dump` of the schema before and after, from a real server."""
    root = tmp_path_factory.mktemp("drawn")
    (root / "supabase").mkdir()
    (root / "supabase" / "config.toml").write_text('project_id = "drawn"\n')
    loaded = settings.load(root)
    server = postgres.shadow(loaded)
    texts = []
    try:
        for sql in (BEFORE, AFTER):
            with server.scratch(postgres.platform_template(server, loaded)) as name:
                with server.connect(name) as connection:
                    connection.execute(sql)
                texts.append(server.dump_schema(name))
    finally:
        postgres.stop(loaded)
    yield texts[0], texts[1]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")
