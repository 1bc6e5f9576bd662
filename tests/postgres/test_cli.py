"""The real CLI, both majors, against the embedded local database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import clis

from supabase_tasks import postgres, process
from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger.files import read
from supabase_tasks.ledger.splitting import split
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.usefixtures("both_clis")

FIRST = """create extension if not exists pg_trgm with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension vector; create extension pg_cron; create extension pgmq; create extension if not exists pg_net;
create extension postgis;
create table public.things (
  id uuid primary key default extensions.uuid_generate_v4(), owner uuid references auth.users, e vector(3));
alter table public.things enable row level security;
create policy own on public.things for select to authenticated using (owner = auth.uid());
create function public.on_user() returns trigger language plpgsql as $$ begin return new; end; $$;
create trigger on_auth_user_created after insert on auth.users for each row execute function public.on_user();
create policy seen on storage.objects for select to anon using (bucket_id = 'x');
alter publication supabase_realtime add table public.things;
create schema app; create table app.x (a int); create type public.mood as enum ('a;', 'b');
create view public.v with (security_invoker = true) as select id from things;
create materialized view public.mv as select 1 as a;
select cron.schedule('j', '* * * * *', 'select 1'), pgmq.create('q');
create function public.two() returns int language sql begin atomic select 1; select 2; end;
create domain public.dom as text -- a; comment
"""


def run(major: str, settings: Settings, server: postgres.Server, *words: str) -> process.CompletedProgram:
    where = [f"--remote={server.url()}"] if major == "3" else ["--db-url", server.url()]
    environment = {**clis.ENVIRONMENT, "PGPASSWORD": server.password}
    return process.run(
        [str(clis.path(major)), *words, *where, "--yes"], cwd=settings.root, env=environment, check=False, timeout=60
    )


def dump(server: postgres.Server) -> str:
    return "\n".join(line for line in server.dump_schema("postgres").splitlines() if "restrict" not in line)


@pytest.mark.parametrize("major", clis.VERSIONS)
def test_push_list_and_reset_by_the_cli(make_project: Callable[..., Settings], major: str) -> None:
    settings = make_project(f"cli{major}")
    (settings.migrations / "0000_a.sql").write_text(FIRST)
    (settings.migrations / "0001_b.sql").write_text("create index concurrently i on public.things (owner);")
    (settings.migrations / "0002_c.sql").write_text("-- only; a comment\nselect 1;;\n;")
    server = postgres.local(settings)

    pushed = run(major, settings, server, "db", "push")
    assert pushed.code == 0, pushed.output
    first = dump(server)
    with server.connect() as connection:
        rows = connection.execute(
            "select version, name, statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()
    files = read(settings)
    assert rows == [(file.version, file.name, [item.text for item in split(file.text)]) for file in files]

    shadow = postgres.shadow(settings)
    template = postgres.history_template(shadow, settings, files)
    with shadow.scratch(template) as clone:
        ours = "\n".join(line for line in shadow.dump_schema(clone).splitlines() if "restrict" not in line)
    assert ours == first

    listed = run(major, settings, server, "migration", "list")
    assert listed.code == 0 and listed.stdout.count("0001") >= 2

    reset = run(major, settings, server, "db", "reset")
    assert reset.code == 0, reset.output
    assert dump(server) == first
    postgres.recreate_local(server, settings)
    again = run(major, settings, server, "db", "reset")
    assert again.code == 0, again.output
    assert dump(server) == first


@pytest.mark.parametrize("major", clis.VERSIONS)
def test_a_file_fails_here_where_it_fails_there(make_project: Callable[..., Settings], major: str) -> None:
    settings = make_project(f"fails{major}")
    (settings.migrations / "0000_a.sql").write_text("create table public.a (x int);\nselect ((1); 2);\n")
    server = postgres.local(settings)
    pushed = run(major, settings, server, "db", "push")
    assert pushed.code != 0
    shadow = postgres.shadow(settings)
    with pytest.raises(MigrationError) as caught:
        postgres.history_template(shadow, settings, read(settings))
    data = caught.value.data
    assert f"SQLSTATE {data['sqlstate']}" in pushed.output
    assert data["postgres_message"] in pushed.output
    assert f"At statement: {data['statement_index']}" in pushed.output
