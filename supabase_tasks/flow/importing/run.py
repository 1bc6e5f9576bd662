"""The import itself: read, write the sources, prove them, and add what they do not say as plain SQL."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from supabase_tasks import postgres, progress
from supabase_tasks.errors import SettingsError, TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.importing import modules, names, plain, tables
from supabase_tasks.flow.importing.sqltypes import Names
from supabase_tasks.flow.importing.tables import Context, TableSource
from supabase_tasks.flow.schema import schema_diff
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.models.declaration import Models

_FILE_REST = "rest"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import writes: relative path to text. `left` is what the result still lacks (SQL, or the names of
    objects that no SQL could be planned for): nothing, if proven."""

    files: Mapping[str, str]
    tables: int
    left: tuple[str, ...]


def import_schema(settings: Settings, source: str, package: str, sql: str) -> Imported:
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
        plan = _plan(settings, server, template, database)
        found = tables.gather(snapshot)
        if not found:
            raise SettingsError(f"{source} holds no table to import", next_step="inv schema-import --help")
        files = _files(settings, snapshot, plan, found, package, sql)
        others = plain.others(plan, server.dump_schema(template), server.dump_schema(database))
        files |= {f"{sql}/others.sql": others} if others else {}
        return _proven(settings, server, template, database, Imported(files, len(found), ()), package, sql)


def write(root: Path, imported: Imported) -> None:
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


def _plan(settings: Settings, server: postgres.Server, start: str, goal: str) -> Plan:
    """What turns a copy of `start` into `goal`; nothing is a rename, losses are wanted."""
    from supabase_tasks.diff.options import PlanOptions
    from supabase_tasks.diff.plan.build import build_plan

    options = PlanOptions(
        allow=frozenset({"data-loss"}), ask=lambda question: None, ignore=settings.ignore, lock_timeout="0"
    )
    with server.scratch(start) as clone, server.connect(clone) as current, server.connect(goal) as desired:
        return build_plan(current, desired, None, options)


def _files(
    settings: Settings, snapshot: Snapshot, plan: Plan, found: Sequence[TableSource], package: str, sql: str
) -> dict[str, str]:
    said: set[plain.Key] = set()
    _take_grants(plan, found, said)
    known = _enum_names(snapshot, found)
    said |= {("enum", identity) for identity in known}
    context = Context(
        Names(known), _exposed(settings), frozenset({*(one.identity for one in found), *_platform_tables()})
    )
    python = _python(snapshot, found, context, known, package)
    for one in found:
        said |= one.said
    folder = package.replace(".", "/")
    files = {f"{folder}/{name}.py": text for name, text in python.items()}
    files |= {f"{sql}/{name}.sql": text for name, text in plain.files(plan, said).items()}
    return files


def _python(
    snapshot: Snapshot,
    found: Sequence[TableSource],
    context: Context,
    known: Mapping[tuple[str, ...], tuple[str, str]],
    package: str,
) -> dict[str, str]:
    taken = {class_name for _, class_name in known.values()}
    files: dict[str, str] = {}
    for module, members in modules.groups(found).items():
        bodies = []
        for one in members:
            class_name = names.class_name(one.table.name, taken)
            taken.add(class_name)
            bodies.append(tables.write(one, class_name, context))
        files[module] = modules.module(f"Tables: {module}.", bodies, package)
    listed = sorted(files)
    if known:
        labels = {item.identity: item.values for item in snapshot.of("enum") if item.identity in known}
        files["enums"] = modules.enums(labels, known)
    if any("types.SqlType(" in text for text in files.values()):
        files["types"] = modules.types()
    files["__init__"] = modules.package(listed, package)
    return files


def _take_grants(plan: Plan, found: Sequence[TableSource], said: set[plain.Key]) -> None:
    """Gives each table the GRANT and REVOKE statements on it, where all of them can be said in its definition."""
    from supabase_tasks.flow.importing import parts

    statements: dict[tuple[str, ...], list[str]] = {}
    for (kind, identity), texts in plain.operations(plan):
        if kind == "grant":
            statements.setdefault(identity, []).extend(texts)
    for one in found:
        own = statements.get(("table", *one.identity), [])
        if own and all(parts.grant(text) is not None for text in own):
            one.grants = own
            said.add(("grant", ("table", *one.identity)))


def _enum_names(snapshot: Snapshot, found: Sequence[TableSource]) -> dict[tuple[str, ...], tuple[str, str]]:
    """The variable and class of each enum that a column has; the others stay plain SQL."""
    from supabase_tasks.flow.importing.sqltypes import identity_of

    used = {identity_of(column.type.removesuffix("[]")) for one in found for column in one.columns}
    known: dict[tuple[str, ...], tuple[str, str]] = {}
    for item in snapshot.of("enum"):
        if item.identity in used and item.values:
            classes = {class_name for _, class_name in known.values()}
            variables = {variable for variable, _ in known.values()}
            variable = names.variable(item.name)
            variable = f"{item.schema}_{variable}" if variable in variables else variable
            known[item.identity] = (variable, names.class_name(item.name, classes))
    return known


def _exposed(settings: Settings) -> Sequence[str]:
    from supabase_tasks.models.loading import exposed_schemas

    return exposed_schemas(settings)


def _platform_tables() -> list[tuple[str, str]]:
    from supabase_tasks.models.language.platform import PLATFORM_TABLES

    return [(str(table.schema), table.name) for table in PLATFORM_TABLES.values()]


def _proven(
    settings: Settings, server: postgres.Server, template: str, goal: str, draft: Imported, package: str, sql: str
) -> Imported:
    """The import with what its first realisation lacked as plain SQL; `left` holds what it lacks even then."""
    folder = Path(tempfile.mkdtemp(prefix="supabase-tasks-import-"))
    try:
        progress.step("proving the models")
        models, copy = _loaded(settings, folder, draft, package, sql)
        missing = _missing(copy, server, template, goal, models)
        lacking = _statements(missing)
        if not lacking:
            return dataclasses.replace(draft, left=missing.unmodelled)
        rest = "".join(f"{text.rstrip().rstrip(';')};\n\n" for text in lacking).rstrip("\n") + "\n"
        name = f"{sql}/{_FILE_REST}.sql"
        text = "\n".join(part for part in (draft.files.get(name), rest) if part)
        added = _with_statements(models, rest, folder / name)
        missing = _missing(copy, server, template, goal, added)
        return Imported({**draft.files, name: text}, draft.tables, (*_statements(missing), *missing.unmodelled))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _loaded(settings: Settings, folder: Path, draft: Imported, package: str, sql: str) -> tuple[Models, Settings]:
    """The drafted models, loaded from a folder of their own, and the settings that go with it."""
    from supabase_tasks.models import loading

    for name, text in draft.files.items():
        write_atomic(folder / name, text)
    for above in Path(package.replace(".", "/")).parents:
        # Without it Python prefers a package of the project that has one, wherever on its path that lies.
        if above != Path():
            (folder / above / "__init__.py").touch()
    (folder / sql).mkdir(parents=True, exist_ok=True)
    copy = dataclasses.replace(settings, root=folder, models=package, sql=folder / sql, baseline=())
    with _own_modules_aside(package):
        return loading.load(copy), copy


@contextmanager
def _own_modules_aside(package: str) -> Iterator[None]:
    """What the project imported under the package's first name is put away: the draft in its own folder is what counts."""
    import sys

    top = package.partition(".")[0]

    def taken() -> dict[str, ModuleType]:
        return {name: module for name, module in sys.modules.items() if name == top or name.startswith(f"{top}.")}

    before, path = taken(), list(sys.path)
    for name in before:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in taken():
            del sys.modules[name]
        sys.modules.update(before)
        sys.path[:] = path


def _missing(settings: Settings, server: postgres.Server, template: str, goal: str, models: Models) -> Plan:
    """What turns the realised models into the source; an empty plan rests on equal dumps, or names what differs."""
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.proof import equality
    from supabase_tasks.models import desired

    realised = desired.build_desired(server, settings, models, template)
    try:
        plan = _plan(settings, server, realised, goal)
        return equality.settled(server, plan, realised, goal, Scope(settings.ignore))
    finally:
        server.drop(realised)


def _statements(plan: Plan) -> list[str]:
    return [text for file in plan.files for text in file.statements]


def _with_statements(models: Models, text: str, path: Path) -> Models:
    from supabase_tasks.models.declaration import Origin
    from supabase_tasks.models.sql_files import parse

    return dataclasses.replace(models, declarations=(*models.declarations, *parse(text, Origin(path, 1))))
