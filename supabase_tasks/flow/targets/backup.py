"""A dump of what a reset of a target destroys, as one SQL file that puts it back.

`supabase db reset` of a database by URL (2.122.1 and 3.1.0) empties `public`, drops every other schema of the
project, all extensions but the default ones and every policy, and truncates the tables of `auth`: the users are gone
too. Storage's rows stay. The file is meant for `psql --single-transaction`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from supabase_tasks import process, supabase_config
from supabase_tasks.errors import DatabaseError, TaskError
from supabase_tasks.flow.targets.hosted_target import HostedTarget
from supabase_tasks.state_dir import project_folder

if TYPE_CHECKING:
    import psycopg

# Platform schemas whose rows a reset truncates, and what in them belongs to the platform's own migrations.
_TRUNCATED = ("auth", "supabase_migrations")
_PLATFORM_OWN = "auth.schema_migrations"
# The default privileges of other roles survive a reset, and only those roles may set them.
_FOREIGN_DEFAULTS = re.compile(r"^ALTER DEFAULT PRIVILEGES FOR ROLE (?!postgres\b).*\n", re.MULTILINE)
_CREATE_SCHEMA = re.compile(r"^CREATE SCHEMA (?!IF NOT EXISTS)", re.MULTILINE)

_EMPTY_SCHEMAS = """\
do $$
declare one record;
begin
  for one in
    select format('drop %%s if exists %%s cascade',
             case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
               when 'f' then 'foreign table' else 'table' end, c.oid::regclass) as statement
      from pg_class c
     where c.relnamespace::regnamespace::text = any (%(schemas)s) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                        and d.deptype in ('e', 'i', 'a'))
    union all
    select format('drop routine if exists %%s cascade', p.oid::regprocedure) from pg_proc p
     where p.pronamespace::regnamespace::text = any (%(schemas)s)
       and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                        and d.deptype = 'e')
    union all
    select format('drop type if exists %%s cascade', t.oid::regtype) from pg_type t
     where t.typnamespace::regnamespace::text = any (%(schemas)s) and t.typtype in ('e', 'd', 'r')
       and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid
                        and d.deptype = 'e')
  loop
    begin
      execute one.statement;
    exception when undefined_table or undefined_function or undefined_object then null;  -- gone by a cascade
    end;
  end loop;
end $$;
"""

# Objects of the project that live on tables of the platform: a dump of the project's schemas does not hold them.
_ON_PLATFORM = """\
select format('drop policy if exists %%I on %%I.%%I;', policyname, schemaname, tablename) || E'\\n' ||
       format('create policy %%I on %%I.%%I as %%s for %%s to %%s%%s%%s;', policyname, schemaname, tablename,
         permissive, cmd,
         (select string_agg(case when r = 'public' then r else quote_ident(r) end, ', ') from unnest(roles) r),
         ' using (' || qual || ')', ' with check (' || with_check || ')')
  from pg_policies where schemaname in ('auth', 'storage', 'realtime')
union all
select format('drop trigger if exists %%I on %%s;', t.tgname, t.tgrelid::regclass)
       || E'\\n' || pg_get_triggerdef(t.oid) || ';'
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
 where not t.tgisinternal and c.relnamespace::regnamespace::text in ('auth', 'storage', 'realtime')
   and p.pronamespace::regnamespace::text = any (%(schemas)s)
union all
select format('alter publication %%I add table only %%I.%%I;', pubname, schemaname, tablename)
  from pg_publication_tables where pubname like 'supabase_realtime%%' and schemaname = any (%(schemas)s)
"""


@dataclass(frozen=True, slots=True)
class Backup:
    """The file and the command that restores it. The command names the variable that holds the password."""

    path: Path
    restore: str


def dump(hosted: HostedTarget) -> Backup:
    """Writes the dump, readable for this user only, into the project's state folder.

    Raises `DatabaseError` when `pg_dump` fails or is older than the server, `TaskError` when the file cannot be
    written. Nothing is destroyed without one.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = project_folder(hosted.settings) / "dumps" / f"{hosted.target.name}-{hosted.target.ref}-{stamp}.sql"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:
            for part in _parts(hosted):
                file.write(part)
    except OSError as error:
        raise TaskError(
            f"cannot write {path}", cause=error.strerror or str(error), next_step=f"make room in {path.parent}"
        ) from error
    return Backup(path, _command(hosted, path))


def _command(hosted: HostedTarget, path: Path) -> str:
    variable = hosted.target.settings.password_variable
    password = f'"${variable}"' if hosted.environment.get(variable) else "'<the database password>'"
    psql = [str(program(hosted, "psql")), "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={path}"]
    return f"PGPASSWORD={password} {shlex.join([*psql, hosted.address.url])}"


def _parts(hosted: HostedTarget) -> Iterator[bytes]:
    from psycopg import ClientCursor

    reader = hosted.connection
    with reader.transaction():
        reader.execute("set transaction isolation level repeatable read, read only")
        # An empty search path makes PostgreSQL qualify every name that it prints.
        reader.execute("set local search_path = ''")
        snapshot = _one(reader, "select pg_export_snapshot()")
        schemas = user_schemas(reader)
        cursor = ClientCursor(reader)
        yield b"set session_replication_role = replica;\nset check_function_bodies = off;\n"
        yield cursor.mogrify(_EMPTY_SCHEMAS, {"schemas": schemas}).encode()
        yield _truncate(reader).encode()
        yield _extensions(reader).encode()
        before = _pg_dump(hosted, snapshot, ["--section=pre-data", *_flags(schemas)])
        yield _CREATE_SCHEMA.sub("CREATE SCHEMA IF NOT EXISTS ", before.decode()).encode()
        platform = [*_flags(_TRUNCATED), f"--exclude-table={_PLATFORM_OWN}"]
        yield _pg_dump(hosted, snapshot, ["--data-only", *platform])
        yield _pg_dump(hosted, snapshot, ["--section=data", *_flags(schemas)])
        after = _pg_dump(hosted, snapshot, ["--section=post-data", *_flags(schemas)])
        yield _FOREIGN_DEFAULTS.sub("", after.decode()).encode()
        for (statement,) in reader.execute(_ON_PLATFORM, {"schemas": schemas}).fetchall():
            yield f"{statement}\n".encode()


def user_schemas(connection: psycopg.Connection[Any]) -> list[str]:
    """The project's own schemas: everything that is not the platform's."""
    from supabase_tasks.diff.catalog import scope

    rows = connection.execute(f"select n.nspname from pg_namespace n where {scope.user_schema('n')} order by 1")
    return [name for (name,) in rows.fetchall()]


def _truncate(connection: psycopg.Connection[Any]) -> str:
    rows = connection.execute(
        "select c.oid::regclass::text from pg_class c where c.relkind = 'r'"
        " and c.relnamespace::regnamespace::text = any (%s) and c.oid::regclass::text <> %s order by 1",
        (list(_TRUNCATED), _PLATFORM_OWN),
    ).fetchall()
    return f"truncate {', '.join(name for (name,) in rows)} cascade;\n" if rows else ""


def _extensions(connection: psycopg.Connection[Any]) -> str:
    rows = connection.execute(
        "select format('create extension if not exists %I with schema %I;', extname, extnamespace::regnamespace)"
        " from pg_extension where extname <> 'plpgsql' order by 1"
    ).fetchall()
    return "".join(f"{statement}\n" for (statement,) in rows)


def _flags(schemas: Sequence[str]) -> list[str]:
    return [f'--schema="{name}"' for name in schemas]


def _one(connection: psycopg.Connection[Any], query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""


def program(hosted: HostedTarget, name: str) -> Path:
    """The path of `pg_dump` or `psql`, of the major version in config.toml."""
    from supabase_tasks.postgres import installation

    major = supabase_config.load(hosted.settings).major_version
    return installation.find(hosted.settings, major).bin / name


def _pg_dump(hosted: HostedTarget, snapshot: str, flags: Sequence[str]) -> bytes:
    with TemporaryDirectory(prefix="supabase-tasks-") as folder:
        file = Path(folder) / "part.sql"
        pg_dump(hosted, ["--no-owner", f"--snapshot={snapshot}", f"--file={file}", *flags])
        return file.read_bytes()


def pg_dump(hosted: HostedTarget, flags: Sequence[str]) -> None:
    """`pg_dump` of the target with these flags. Raises `DatabaseError` when it fails."""
    address = hosted.address
    try:
        process.run(
            [str(program(hosted, "pg_dump")), *flags, f"--dbname={address.libpq_url}"],
            env={"PGPASSWORD": hosted.target.password, "PGCLIENTENCODING": "UTF8", "PGOPTIONS": None},
        )
    except process.ProcessError as error:
        raise DatabaseError(
            f"{hosted.target.name} cannot be dumped",
            cause=error.cause,
            next_step="set major_version in supabase/config.toml to the project's, then run the same command again",
            code="dump-failed",
        ) from error
