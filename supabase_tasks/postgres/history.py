"""Databases that hold a replayed history, kept as templates named by the content of every file replayed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import progress
from supabase_tasks.cli.find import major as installed_major
from supabase_tasks.errors import MigrationError
from supabase_tasks.files import digest
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.splitting import Major
from supabase_tasks.locking import hold_lock
from supabase_tasks.postgres import (
    clone_pool,
    created_databases,
    global_objects,
    global_restoring,
    kept_templates,
    local_roles,
    platform,
    replay,
    roles,
    tidying,
)
from supabase_tasks.postgres.cloning import copy_database
from supabase_tasks.postgres.global_objects import GlobalObjects
from supabase_tasks.postgres.kept_templates import KeptTemplate
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

_WORK = "building_history_"
# Two for the present history, the rest for other branches and for editing an older file.
_KEPT = 8


def history_template(server: Server, settings: Settings, files: Sequence[MigrationFile]) -> str:
    """The name of a database that is a fresh Supabase database with roles.sql and `files` applied; without any of them the
    platform itself.

    The longest prefix that was replayed before is the starting point, so one new file costs one clone and itself. The
    result and the state before the last file are kept. Clone it, never change it. Raises `MigrationError` for the first
    file that does not apply, `DatabaseError` when the server fails.
    """
    platform_template = platform.platform_template(server, settings)
    base = _base(platform_template, settings)
    if not files and base == platform_template:
        with server.admin() as connection:
            roles.show_only(connection, {})
        return base
    major = installed_major(settings)
    names = _names(base, files, major) or [base]
    with hold_lock(server.folder / "templates.lock"), server.admin() as connection:
        kept = kept_templates.read_all(connection)
        if base not in (platform_template, *kept):
            _lay_base(server, connection, platform_template, base, settings, _next_serial(kept))
            kept = kept_templates.read_all(connection)
        if names[-1] not in kept:
            _replay(server, connection, base, names, files, kept, major)
            kept = kept_templates.read_all(connection)
            _forget(connection, kept, keep={base, *names[-2:]})
        roles.show_only(connection, kept[names[-1]].roles)
    return names[-1]


def promote_to_template(
    server: Server, settings: Settings, files: Sequence[MigrationFile], database: str
) -> str | None:
    """Let `database` be the template of `files`, all of which were applied to it as a replay does; returns its new name.

    None when there is such a template already, or somebody stays connected: the database is left as it is then.
    """
    import psycopg

    name = template_name(server, settings, files)
    with hold_lock(server.folder / "templates.lock"), server.admin() as connection:
        kept = kept_templates.read_all(connection)
        if name in kept:
            return None
        before = next((kept[one] for one in reversed(_names_before(server, settings, files)) if one in kept), None)
        try:
            # A plan alters nothing that belongs to the server, which may be as another history left it.
            _keep(connection, database, name, _next_serial(kept), before.globals if before else None)
        except psycopg.errors.ObjectInUse:
            return None
        base = _base(platform.template_name(server, settings), settings)
        _forget(
            connection,
            kept_templates.read_all(connection),
            keep={base, *_names(base, files, installed_major(settings))[-2:]},
        )
    return name


def global_objects_of(server: Server, settings: Settings, files: Sequence[MigrationFile]) -> GlobalObjects:
    """What belongs to the server as `files` left it. Roles stay as visible as they are, unless the files have to be replayed.
    Raises what `history_template` raises."""
    name = template_name(server, settings, files)
    with server.admin() as connection:
        replayed = name.startswith(kept_templates.PREFIX)
        known = name in kept_templates.read_all(connection) if replayed else platform.exists(connection, name)
    name = name if known else history_template(server, settings, files)
    with server.admin() as connection:
        kept = kept_templates.read_all(connection).get(name)
        found = kept.globals if kept else global_objects.of_fresh_project()
        return global_objects.of_used(found, connection, name)


def _names_before(server: Server, settings: Settings, files: Sequence[MigrationFile]) -> list[str]:
    base = _base(platform.template_name(server, settings), settings)
    return [base, *_names(base, files, installed_major(settings))[:-1]]


def template_name(server: Server, settings: Settings, files: Sequence[MigrationFile]) -> str:
    """What `history_template` calls the database of `files`, whether it exists or not."""
    base = _base(platform.template_name(server, settings), settings)
    return _names(base, files, installed_major(settings))[-1] if files else base


def _base(platform_template: str, settings: Settings) -> str:
    """The template that the first migration meets: with supabase/roles.sql, which the CLI runs before it."""
    text = local_roles.text(settings)
    return kept_templates.PREFIX + digest(platform_template, text)[:24] if text else platform_template


def _lay_base(
    server: Server,
    connection: psycopg.Connection[Any],
    platform_template: str,
    name: str,
    settings: Settings,
    serial: int,
) -> None:
    roles.show_only(connection, {})
    global_restoring.restore(connection, global_objects.of_fresh_project())
    work = f"{_WORK}{os.getpid()}"
    copy_database(connection, platform_template, work)
    try:
        with server.migrator(work) as migrator:
            local_roles.apply(migrator, settings)
        _keep(connection, work, name, serial)
    finally:
        connection.execute(f'DROP DATABASE IF EXISTS "{work}" WITH (FORCE)')


def _next_serial(kept: dict[str, KeptTemplate]) -> int:
    return max((item.serial for item in kept.values()), default=0) + 1


def _names(base: str, files: Sequence[MigrationFile], major: Major) -> list[str]:
    # The majors of the CLI do not cut every text alike; to know which ones, all would have to be read.
    names, link = [], digest(base, major)
    for file in files:
        link = digest(link, file.version, file.name, file.digest)
        names.append(kept_templates.PREFIX + link[:24])
    return names


def _replay(
    server: Server,
    connection: psycopg.Connection[Any],
    base: str,
    names: list[str],
    files: Sequence[MigrationFile],
    kept: dict[str, KeptTemplate],
    major: Major,
) -> None:
    done = next((count for count in range(len(names), 0, -1) if names[count - 1] in kept), 0)
    start = names[done - 1] if done else base
    roles.show_only(connection, kept[start].roles if start in kept else {})
    global_restoring.restore(connection, kept[start].globals if start in kept else global_objects.of_fresh_project())
    serial = _next_serial(kept)
    tidying.tidy(connection)
    work = f"{_WORK}{os.getpid()}"
    copy_database(connection, start, work)
    created = created_databases.created_by(files[done:])
    created_databases.drop(connection, created)
    try:
        if done < len(files) - 1 and _kept_before_last(
            server, connection, work, names[done:-1], files[done:-1], serial, major
        ):
            copy_database(connection, names[-2], work)
            done = len(files) - 1
        elif done < len(files) - 1:
            copy_database(connection, start, work)
        _apply_and_keep(server, connection, work, names[done:], files[done:], serial + 1, major)
    finally:
        connection.execute(f'DROP DATABASE IF EXISTS "{work}" WITH (FORCE)')
        created_databases.drop(connection, created)


def _kept_before_last(
    server: Server,
    connection: psycopg.Connection[Any],
    work: str,
    names: Sequence[str],
    files: Sequence[MigrationFile],
    serial: int,
    major: Major,
) -> bool:
    """Whether the state before the last file could be kept: not where a transaction of an earlier file is still open, which
    the last one may end."""
    try:
        _apply_and_keep(server, connection, work, names, files, serial, major)
    except MigrationError as error:
        if error.code != "transaction-open":
            raise
        connection.execute(f'DROP DATABASE IF EXISTS "{work}" WITH (FORCE)')
        return False
    return True


def _apply_and_keep(
    server: Server,
    connection: psycopg.Connection[Any],
    work: str,
    names: Sequence[str],
    files: Sequence[MigrationFile],
    serial: int,
    major: Major,
) -> None:
    applied = 0
    try:
        with server.migrator(work) as migrator:
            for file in files:
                progress.step("replaying migrations", applied + 1, len(files))
                replay.apply_file(
                    migrator,
                    file.text,
                    version=file.version,
                    name=file.name,
                    major=major,
                    last=applied == len(files) - 1,
                )
                applied += 1
    except MigrationError as error:
        # A file that fails is corrected and tried again: what went well before it is not replayed a second time.
        divided = any(replay.is_divided(file.text, major) for file in files[:applied])
        whole = error.code != "transaction-open" and not divided and not replay.leaves_parts(files[applied].text)
        if applied and whole:
            _keep(connection, work, names[applied - 1], serial)
        raise
    _keep(connection, work, names[-1], serial)


def _keep(
    connection: psycopg.Connection[Any], work: str, name: str, serial: int, found: GlobalObjects | None = None
) -> None:
    """`found` is what belongs to the server; without it the server is asked."""
    from psycopg import sql

    # A database of that name whose note cannot be read is in the way.
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    found = found or global_objects.read(connection, work)
    note = kept_templates.note_of(serial, roles.foreign(connection), found)
    work_id = sql.Identifier(work)
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(work_id, sql.Literal(note)))
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(work_id, sql.Identifier(name)))


def _forget(connection: psycopg.Connection[Any], kept: dict[str, KeptTemplate], *, keep: set[str]) -> None:
    old = sorted((item for item in kept.values() if item.name not in keep), key=lambda item: -item.serial)
    for item in old[_KEPT - len(keep) :]:
        tidying.drop_unused(connection, item.name)
        tidying.drop_unused(connection, clone_pool.name_of(item.name))
