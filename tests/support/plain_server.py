"""A PostgreSQL that knows nothing of Supabase: a superuser called `postgres`, and whatever roles a test makes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import psycopg

from supabase_tasks import process
from supabase_tasks.postgres import account

DATABASE = "case"
_API_ROLES = ("anon", "authenticated", "service_role")
# Memberships first: who granted them may not be gone before they are.
_DROP_ROLES = """
do $$ declare r record; begin
    for r in select roleid::regrole as role, member::regrole as member, grantor::regrole as grantor
        from pg_auth_members where roleid >= 16384 or member >= 16384
    loop execute format('revoke %s from %s granted by %s cascade', r.role, r.member, r.grantor); end loop;
    for r in select rolname from pg_roles where oid >= 16384 loop execute format('drop role %I', r.rolname); end loop;
end $$
"""


class PlainServer:
    """A cluster of its own below `folder`, made with the programs in `programs` and reached by its socket only."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        folder.mkdir()
        account.give(folder)
        self._run("initdb", "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        self._run(
            "pg_ctl",
            "--wait",
            f"--log={folder}/log",
            f"--options=-c listen_addresses='' -c fsync=off -k {folder}",
            "start",
        )

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), f"--pgdata={self._folder}/data", *arguments]
        process.run(command, uid=account.uid(), cwd=self._folder)

    def stop(self) -> None:
        self._run("pg_ctl", "--mode=immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str = DATABASE, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self._folder}"

    def _drop_subscriptions(self, connection: psycopg.Connection[Any]) -> None:
        """A database with one cannot be dropped."""
        if connection.execute("select from pg_database where datname = %s", (DATABASE,)).fetchone() is None:
            return
        with psycopg.connect(self.url(), autocommit=True) as inside:
            rows = inside.execute(
                "select subname from pg_subscription s join pg_database d on d.oid = s.subdbid"
                " where d.datname = current_database()"
            )
            for (name,) in rows.fetchall():
                for change in (
                    f'alter subscription "{name}" disable',
                    f'alter subscription "{name}" set (slot_name = none)',
                ):
                    inside.execute(change.encode())
                inside.execute(f'drop subscription "{name}"'.encode())

    def filled(self, sql: str, *, bare: bool = False) -> str:
        """The URL of the only database, made anew, and filled by the superuser; roles of before are gone. A `bare` one has
        none of Supabase's roles, nor its schema for extensions."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            self._drop_subscriptions(connection)
            connection.execute(f'drop database if exists "{DATABASE}" with (force)'.encode())
            connection.execute(_DROP_ROLES)
            for name in () if bare else _API_ROLES:
                connection.execute(f"create role {name}".encode())
            connection.execute(f'create database "{DATABASE}"'.encode())
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("set check_function_bodies = off")
            if not bare:
                connection.execute("create schema extensions")
            connection.execute(sql.encode())
        return self.url()
