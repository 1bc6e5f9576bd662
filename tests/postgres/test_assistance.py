from __future__ import annotations

from collections.abc import Callable

import pytest
from support import clis

from supabase_tasks import postgres, process
from supabase_tasks.ledger.files import read
from supabase_tasks.ledger.splitting import split
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.usefixtures("both_clis")

PLAIN = "create table public.t (a int);"
NEEDY = """create extension vector; create extension postgis;
create table public.docs (e vector(3), g geography(Point, 4326));
create index on public.docs using hnsw (e vector_l2_ops) with (m = 16, ef_construction = 64);
create function public.f() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger e on ddl_command_end execute function public.f();
"""


@pytest.fixture(scope="module")
def needy(make_project: Callable[..., Settings]) -> Settings:
    settings = make_project("needy")
    (settings.migrations / "0000_plain.sql").write_text(PLAIN)
    return settings


def is_superuser(server: postgres.Server) -> bool:
    with server.admin() as connection:
        row = connection.execute("select rolsuper from pg_roles where rolname = 'postgres'").fetchone()
    return bool(row and row[0])


def test_a_history_that_needs_nothing_gets_nothing(needy: Settings) -> None:
    server = postgres.local(needy)
    with postgres.cli_workspace(server, needy) as assistance:
        assert assistance.workdir == needy.root
        assert assistance.notes == ()
        assert not is_superuser(server)


def test_the_cli_applies_what_it_could_not_and_the_history_holds_the_authors_text(needy: Settings) -> None:
    (needy.migrations / "0001_needy.sql").write_text(NEEDY)
    server = postgres.local(needy)
    with postgres.cli_workspace(server, needy) as assistance:
        assert assistance.workdir != needy.root
        assert [note.split(":")[0] for note in assistance.notes] == ["0001_needy.sql", "0001_needy.sql"]
        command = [
            str(clis.path("3")),
            "--workdir",
            str(assistance.workdir),
            "db",
            "push",
            f"--remote={server.url()}",
            "--yes",
        ]
        process.run(command, env={"SUPABASE_TELEMETRY_DISABLED": "1", "PGPASSWORD": server.password}, cwd=needy.root)
    assert not assistance.workdir.exists()
    assert not is_superuser(server)
    with server.connect() as connection:
        rows = connection.execute(
            "select version, statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()
    assert rows == [(file.version, [item.text for item in split(file.text)]) for file in read(needy)]
    with postgres.cli_workspace(server, needy) as nothing_pending:
        assert nothing_pending.notes == ()


def test_no_role_becomes_superuser_meanwhile(needy: Settings) -> None:
    server = postgres.local(needy)
    (needy.migrations / "0002_more.sql").write_text("create publication everything for all tables")
    with postgres.cli_workspace(server, needy):
        assert not is_superuser(server)
    (needy.migrations / "0002_more.sql").unlink()


CODE = """create function public.setup(n text) returns void language plpgsql as $$
begin
  execute format('create foreign data wrapper %I', n);
  create publication everything for all tables;
end
$$;
select public.setup('w');
create function public.quiet(q text) returns void language plpgsql as $$
begin execute q; exception when others then null; end $$;
do $$ begin
  begin execute 'create publication s' || 1 || ' for tables in schema public'; exception when others then null; end;
end $$;
"""


def test_what_code_runs_is_lifted_for_the_cli_too(make_project: Callable[..., Settings]) -> None:
    settings = make_project("code", roles="strict")
    policy = "create policy p on storage.objects for select to authenticated using (bucket_id = 'x');"
    (settings.migrations / "0001_code.sql").write_text(CODE)
    (settings.migrations / "0002_policy.sql").write_text(policy)
    (settings.migrations / "0004_begun.sql").write_text(f"begin; {policy.replace('policy p', 'policy begun')} commit;")
    (settings.migrations / "0003_quiet.sql").write_text("select public.quiet('create publication q for all tables');")
    server = postgres.local(settings)
    with postgres.cli_workspace(server, settings) as assistance:
        command = [
            str(clis.path("3")),
            "--workdir",
            str(assistance.workdir),
            "db",
            "push",
            f"--remote={server.url()}",
            "--yes",
        ]
        process.run(command, env={"SUPABASE_TELEMETRY_DISABLED": "1", "PGPASSWORD": server.password}, cwd=settings.root)
    assert not is_superuser(server)
    with server.connect() as connection:
        rows = connection.execute("select pubname from pg_publication where pubname <> 'supabase_realtime' order by 1")
        assert [name for (name,) in rows] == ["everything", "q", "s1"]
        kept = connection.execute("select prosrc from pg_proc where proname = 'setup'").fetchone()
        assert kept == (CODE.split("$$")[1],)
        assert connection.execute("select count(*) from pg_policy where polname in ('p', 'begun')").fetchone() == (2,)
        recorded = connection.execute(
            "select statements from supabase_migrations.schema_migrations order by version"
        ).fetchall()
    assert recorded == [([item.text for item in split(file.text)],) for file in read(settings)]
