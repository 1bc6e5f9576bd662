"""Another user of the machine gets into the local servers at no moment, and temporary rights are always revoked."""

from __future__ import annotations

import json
import os
import shlex
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from support import local, strangers
from support.local import Place
from support.strangers import needs_root

from supabase_tasks import postgres, state_dir
from supabase_tasks.postgres import account, cluster

KNOWN = "create role app login password 'known-password'; alter role authenticator password 'known-password';\n"


@pytest.fixture(scope="module")
def module_place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@pytest.fixture
def place(module_place: Place) -> Place:
    module_place.empty()
    return module_place


def ways(place: Place) -> tuple[tuple[int, ...], tuple[Path, ...]]:
    """The ports and socket folders of both clusters."""
    found = postgres.local(place.settings), postgres.shadow(place.settings)
    return tuple(one.port for one in found), tuple(one.socket for one in found)


def owner_gets_in(place: Place) -> bool:
    server = postgres.local(place.settings)
    with psycopg.connect(server.url(), password=server.password) as connection:
        return connection.execute("select current_user").fetchone() == ("postgres",)


@needs_root
@pytest.mark.parametrize("uid", strangers.USERS)
def test_no_other_user_gets_in_while_servers_start_reset_push_and_rest(place: Place, uid: int) -> None:
    ports, sockets = ways(place)
    with strangers.meanwhile(uid, lambda: strangers.got_in(ports, sockets)) as end:
        place.migration("0003_known", KNOWN)
        place.ok("supabase-db-reset")
        place.ok("supabase-restart")
        place.migration("0004_lifted", "alter extension pgcrypto set schema extensions;\n")
        place.ok("supabase-db-push-local")
        tried, found = end()
    assert tried > 0
    assert found == []
    assert strangers.as_user(uid, lambda: strangers.got_in(ports, sockets)) == []
    assert owner_gets_in(place)


@needs_root
def test_no_other_user_gets_in_after_a_kill(place: Place) -> None:
    place.ok("supabase-start")
    server = postgres.local(place.settings)
    pid = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    with strangers.meanwhile(strangers.USERS[1], lambda: strangers.got_in((server.port,), (server.socket,))) as end:
        place.ok("supabase-start")
        assert end()[1] == []
    assert owner_gets_in(place)


@needs_root
@pytest.mark.parametrize("uid", strangers.USERS)
def test_no_other_user_reads_the_password(place: Place, uid: int) -> None:
    place.ok("supabase-start")
    server = postgres.local(place.settings)
    paths = (server.pass_file, server.folder / "state.json", server.folder, server.folder.parents[2])

    def read() -> list[str]:
        return [str(path) for path in paths if os.access(path, os.R_OK)]

    assert strangers.as_user(uid, read) == []


def test_a_password_that_a_migration_sets_does_not_stay(place: Place) -> None:
    place.ok("supabase-db-reset")
    half = "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT08="
    place.migration(
        "0003_known",
        f"alter role postgres password 'SCRAM-SHA-256$4096:c2FsdA==${half}:{half}';\n"
        "alter role authenticator password 'known-password';\n",
    )
    ran = place.ok("supabase-db-push-local")
    assert "the password of postgres was changed back" in ran.stderr
    assert "the password of authenticator was changed back" in ran.stderr
    assert owner_gets_in(place)


def test_a_role_that_a_migration_makes_is_reached_over_the_socket_only(place: Place) -> None:
    place.migration("0003_known", KNOWN.replace("app", "tenant"))
    place.ok("supabase-db-reset")
    server = postgres.local(place.settings)
    with pytest.raises(psycopg.OperationalError, match=r"pg_hba\.conf rejects"):
        psycopg.connect(f"postgresql://tenant:known-password@127.0.0.1:{server.port}/postgres")
    with server.connect(user="tenant") as connection:
        assert connection.execute("select current_user").fetchone() == ("tenant",)


def test_a_cluster_of_the_time_before_passwords_gets_them_though_it_runs(place: Place) -> None:
    place.ok("supabase-db-reset")
    server = postgres.local(place.settings)
    with server.connect() as connection:
        connection.execute("create table public.kept (id int)")
    with server.admin() as connection:
        connection.execute("alter role postgres password null")
        (server.folder / "data" / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 trust\n")
        connection.execute("select pg_reload_conf()")
    state = server.folder / "state.json"
    known = json.loads(state.read_text())
    del known["access"]
    state.write_text(json.dumps(known))
    server.pass_file.unlink()
    place.ok("supabase-start")
    assert postgres.local(place.settings).port == server.port
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(), passfile="/nonexistent")
    assert owner_gets_in(place)
    assert place.query("select count(*) from public.kept") == [(0,)]


EXCESSIVE = {
    "superuser": ("create role evil superuser login password 'known-password'", "was dropped"),
    "superuser-with-objects": (
        "create role evil superuser login; create table public.its (id int); alter table public.its owner to evil",
        "lost its rights",
    ),
    "replication": ("create role evil replication login", "was dropped"),
    "bypassrls": ("create role evil bypassrls login", "was dropped"),
    "programs": ("create role evil login; grant pg_execute_server_program to evil", "pg_execute_server_program"),
    "files": ("create role evil login; grant pg_read_server_files to evil with admin option", "pg_read_server_files"),
    "member": ("create role evil login; grant supabase_admin to evil", "a member of supabase_admin"),
    "platform": ("create role evil; alter role anon superuser", "the role anon was a superuser"),
    "postgres": ("create role evil; alter role postgres superuser", "the role postgres was a superuser"),
}
LEFT = (
    "select rolname from pg_roles where rolsuper and rolname <> 'supabase_admin'"
    " union all select rolname from pg_roles where rolname = 'evil' and (rolreplication or rolbypassrls)"
    " union all select m.member::regrole::name from pg_auth_members m join pg_roles r on r.oid = m.roleid"
    " where m.member <> 'pg_monitor'::regrole and r.rolname in"
    " ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'supabase_admin')"
)


def test_roles_with_more_rights_than_any_may_have_are_named_and_lose_them(place: Place) -> None:
    place.ok("supabase-db-reset")
    server = postgres.local(place.settings)
    for made, said in EXCESSIVE.values():
        with server.admin() as connection:
            connection.execute("drop table if exists public.its")
            connection.execute("drop role if exists evil")
            connection.execute(made.encode())
        lines = postgres.secure(server)
        assert any(said in line for line in lines), (made, lines)
        assert place.query(LEFT) == [], made
        assert postgres.secure(server) == ()
    attributes = (
        "select rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = 'postgres'"
    )
    assert place.query(attributes) == [(True, True, True, True)]


@pytest.mark.parametrize("command", ["supabase-restart", "supabase-db-push-local"])
def test_a_start_and_a_push_name_a_superuser_that_they_find(place: Place, command: str) -> None:
    place.ok("supabase-db-reset")
    with postgres.local(place.settings).admin() as connection:
        connection.execute("drop role if exists evil")
        connection.execute("create role evil superuser login")
    assert "the role evil was a superuser: it was dropped" in place.ok(command).stderr
    assert place.query("select count(*) from pg_roles where rolname = 'evil'") == [(0,)]


def test_a_role_that_postgres_may_make_stays(place: Place) -> None:
    place.migration("0003_worker", "create role worker login bypassrls createrole;\n")
    ran = place.ok("supabase-db-reset")
    assert "the role worker" not in ran.stderr
    assert place.query("select rolbypassrls, rolcreaterole from pg_roles where rolname = 'worker'") == [(True, True)]


def test_the_printed_command_connects(place: Place) -> None:
    *_, heading, command = place.ok("supabase-start").stdout.splitlines()
    assert heading == "connect:"
    server = postgres.local(place.settings)
    path = f"{server.bin}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", f"{command} -Atc 'select current_user'"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "postgres", done.stderr
    assert server.password not in command


def test_the_line_for_an_env_file_connects_and_is_the_only_place_that_shows_the_password(place: Place) -> None:
    place.ok("supabase-start")
    server = postgres.local(place.settings)
    (line,) = place.ok("supabase-status", "--env").stdout.splitlines()
    assert shlex.split(line) == [line]
    name, _, url = line.partition("=")
    assert name == "DATABASE_URL"
    assert url == f"postgresql://postgres:{server.password}@127.0.0.1:{server.port}/postgres"
    assert unquote(urlsplit(url).password or "") == server.password
    with psycopg.connect(url) as connection:
        assert connection.execute("select current_user").fetchone() == ("postgres",)
    for command in (["supabase-status", "--json"], ["supabase-start", "--json"], ["supabase-status"]):
        ran = place.ok(*command)
        assert server.password not in ran.stdout + ran.stderr
    ran = place.inv("supabase-status", "--env", "--json")
    assert ran.code == 1
    assert server.password not in ran.stdout + ran.stderr


def test_the_line_for_an_env_file_starts_nothing(place: Place) -> None:
    place.ok("supabase-stop")
    ran = place.inv("supabase-status", "--env")
    assert (ran.code, ran.stdout) == (1, "")
    assert "inv supabase-start" in ran.stderr
    assert not any(one.running for one in postgres.status(place.settings))


@pytest.mark.parametrize("mask", [0o000, 0o077], ids=["umask-000", "umask-077"])
def test_what_is_kept_is_closed_to_others_whatever_the_umask(place: Place, mask: int) -> None:
    state = place.root.parent / f"state-{mask}"
    before = os.umask(mask)
    try:
        place.ok("supabase-db-reset", env={state_dir.ROOT_VARIABLE: str(state)})
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(state_dir.ROOT_VARIABLE, str(state))
            root = cluster._root(place.settings)
            postgres.stop(place.settings)
    finally:
        os.umask(before)
    passed = 0o710 if account.server_account() else 0o700
    for path in (state, *(path for path in state.rglob("*") if not _given(path.relative_to(state)))):
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert not mode & ~(passed if path.is_dir() else 0o600), f"{path}: {mode:o}"
    assert root.is_relative_to(state)


def _given(path: Path) -> bool:
    """Below a folder that is closed itself: what the server's user has, and PostgreSQL's own files by link."""
    return path.is_symlink() or any(part in ("data", "installations") for part in path.parts[:-1])
