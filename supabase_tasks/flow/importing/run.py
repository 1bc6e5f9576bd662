"""The import itself: read the source, draft the modules, prove them, write them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import postgres, progress, wording
from supabase_tasks.errors import DiffError, SettingsError, TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.importing import gathered, left_out, line_length, plain, sequence_grants
from supabase_tasks.flow.importing.drafting import Draft
from supabase_tasks.flow.importing.proving import ImportResult, Proof, missing_between
from supabase_tasks.flow.schema import schema_diff
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.diff.plan.result import Plan


def import_schema(settings: Settings, source: str, package: str, sql: str) -> ImportResult:
    """Import `source` (`migrations`, a target, `local` or a PostgreSQL URL) as the package `package`.

    `package` is a dotted name below the project's root, `sql` the folder for plain SQL, relative to it. Nothing is
    written into the project. Raises what reading the source raises, `SettingsError` when it holds no table.
    """
    server = postgres.shadow(settings)
    # The models' owner is whoever applies the migrations.
    with schema_diff.side(settings, server, source, owners=False) as (database, _):
        template = postgres.platform_template(server, settings)
        with server.connect(database) as connection:
            from supabase_tasks.diff.catalog.scope import Scope
            from supabase_tasks.diff.reader import read_snapshot

            scope = Scope(settings.ignore)
            snapshot = read_snapshot(connection, scope)
            if settings.ignore:
                with server.scratch(template) as fresh, server.connect(fresh) as platform:
                    left_out.demand_needed(read_snapshot(connection), read_snapshot(platform), scope)
        progress.step("reading the schema")
        plan = missing_between(server, settings, template, database, compare_dumps=False)
        with server.connect(database) as connection:
            _demand_membership(connection, plan)
            usual = sequence_grants.usual(connection)
        found = gathered.gather(snapshot)
        if not found:
            raise SettingsError(f"{source} holds no table to import", next_step="inv schema-import --help")
        others = plain.others(plan, server.dump_schema(template), server.dump_schema(database), usual)
        draft = Draft(settings, snapshot, plan, found, package, sql, line_length.of(settings.root))
        imported = Proof(server, template, database, draft, others).import_models()
    unsaid = _of_the_server(settings, source)
    if source == schema_diff.MIGRATIONS:
        # They go on saying it, before and after the models are there.
        return replace(
            imported, notes=(*imported.notes, *(f"no model says {one}: the migrations do" for one in unsaid))
        )
    return replace(imported, of_the_server=unsaid)


def _of_the_server(settings: Settings, source: str) -> tuple[str, ...]:
    """What the source's server has that no model says: attributes and memberships of roles, and what is set for them or the
    database."""
    from supabase_tasks.postgres import global_objects

    has = schema_diff.global_objects_of(settings, source)
    return schema_diff.global_differences(settings, global_objects.of_fresh_project_with(has), has)


def _demand_membership(connection: psycopg.Connection[Any], plan: Plan) -> None:
    """Raises `DiffError` for default privileges of a role that the migrations' role is no member of: only
    its members may set them, so that no migration could."""
    roles = {identity[0] for (kind, identity), _ in plain.operations(plan) if kind == "default_privilege"}
    query = b"select rolname from pg_roles where rolname = any(%s) and not pg_has_role('postgres', oid, 'member')"
    foreign = sorted(str(row[0]) for row in connection.execute(query, [list(roles)]))
    if foreign:
        patterns = [f"default_privilege:{role}.*" for role in foreign]
        raise DiffError(
            f"the default privileges of {', '.join(foreign)} cannot come from a migration",
            cause="migrations run as postgres, which is no member of that role (ALTER DEFAULT PRIVILEGES FOR ROLE …)",
            next_step=f"add to [tool.supabase-tasks] ignore = {patterns!r}".replace("'", '"'),
            code="import-not-permitted",
            data={"roles": foreign},
        )


def write(root: Path, imported: ImportResult) -> None:
    """Write the files. Raises `TaskError` before the first when one exists with another content."""
    taken = [name for name, text in imported.files.items() if _differs(root / name, text)]
    if taken:
        raise TaskError(
            f"{wording.count(len(taken), 'file')} would be overwritten: {', '.join(taken[:5])}",
            cause="schema-import never overwrites",
            next_step="inv schema-import --into another.package --sql another/folder",
            code="file-exists",
            data={"files": taken},
        )
    for name, text in imported.files.items():
        if not (root / name).exists():
            write_atomic(root / name, text, exclusive=True)


def _differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") != text
