"""The import itself: read the source, draft the modules, prove them, write them."""

from __future__ import annotations

from pathlib import Path

from supabase_tasks import postgres, progress
from supabase_tasks.errors import SettingsError, TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.importing import gathered, line_length, plain
from supabase_tasks.flow.importing.drafting import Draft
from supabase_tasks.flow.importing.proving import ImportResult, Proof, missing_between
from supabase_tasks.flow.schema import schema_diff
from supabase_tasks.settings import Settings


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

            snapshot = read_snapshot(connection, Scope(settings.ignore))
        progress.step("reading the schema")
        plan = missing_between(server, settings, template, database, compare_dumps=False)
        found = gathered.gather(snapshot)
        if not found:
            raise SettingsError(f"{source} holds no table to import", next_step="inv schema-import --help")
        others = plain.others(plan, server.dump_schema(template), server.dump_schema(database))
        draft = Draft(settings, snapshot, plan, found, package, sql, line_length.of(settings.root))
        return Proof(server, template, database, draft, others).imported()


def write(root: Path, imported: ImportResult) -> None:
    """Write the files. Raises `TaskError` before the first when one exists with another content."""
    taken = [name for name, text in imported.files.items() if _differs(root / name, text)]
    if taken:
        raise TaskError(
            f"{len(taken)} files are there already: {', '.join(taken[:5])}",
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
