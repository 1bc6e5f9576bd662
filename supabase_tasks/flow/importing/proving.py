"""The proof of an import: its modules are loaded, built and compared with the source.

Expressions are written as a person would write them. Whatever comes out different for it is written as PostgreSQL prints it
and proven again; what the models lack even then is added as plain SQL.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from supabase_tasks import postgres, progress
from supabase_tasks.errors import ModelsError, TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.importing import plain
from supabase_tasks.flow.importing.drafting import Draft
from supabase_tasks.flow.schema.request import Request, plan_between
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.models.declaration import Models

REST = "rest"
Files = dict[str, str]
# The draft's files, their models, the settings that go with them, and what they lack.
Made = tuple[Files, "Models", Settings, "Plan"]
# As many objects may have a readable form that PostgreSQL refuses: each costs a proof.
_REFUSED = 6


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import writes: relative path to text. `left` is what the result still lacks (SQL, or the names of
    objects that no SQL could be planned for): nothing, if proven. `notes`: what the modules could have had. `of_the_server`:
    the names of what a migration could set and no model says, such as settings of roles."""

    files: Mapping[str, str]
    tables: int
    left: tuple[str, ...]
    notes: tuple[str, ...] = ()
    of_the_server: tuple[str, ...] = ()


class UnclearRelationshipsError(Exception):
    """SQLAlchemy cannot tell from the drafted relationships which rows are meant."""


def missing_between(
    server: postgres.Server, settings: Settings, current: str, desired: str, *, compare_dumps: bool
) -> Plan:
    """What the database `current` lacks of `desired`; nothing is a rename, losses are wanted."""
    wanted = Request(allow=frozenset({"data-loss"}), ask=lambda question: None)
    patient = dataclasses.replace(settings, lock_timeout="0")
    return plan_between(server, patient, current, desired, wanted, compare_dumps=compare_dumps)


@dataclass(frozen=True)
class Proof:
    """A draft against the database `goal` of `server`. `others` is the SQL of objects whose kind no plan has."""

    server: postgres.Server
    template: str
    goal: str
    draft: Draft
    others: str

    def import_models(self) -> ImportResult:
        """The files; raises what loading and building models raises when even the printed expressions are refused."""
        found = self._with_relationships()
        idle = [
            f"{'.'.join(table)} has policies and no row level security: they have no effect"
            for table in self.draft.without_effect
        ]
        return dataclasses.replace(found, notes=(*found.notes, *idle, *_carriage_returns(found.files)))

    def _with_relationships(self) -> ImportResult:
        try:
            return self._import_draft()
        except UnclearRelationshipsError as error:
            without = dataclasses.replace(self, draft=dataclasses.replace(self.draft, relationships=False))
            note = f"the classes have no relationships: {str(error).splitlines()[0]}"
            return dataclasses.replace(without._import_draft(), notes=(note,))

    def _import_draft(self) -> ImportResult:
        folder = Path(tempfile.mkdtemp(prefix="supabase-tasks-import-"))
        try:
            progress.step("proving the models")
            exact, made = self._try_readable(folder)
            if made is None:
                made = self._try(folder / "exact", None)
            elif differing := frozenset(_touched_keys(made[3])) & self.draft.said:
                made = self._try(folder / "exact", exact | differing)
            return self._with_rest(*made)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _try_readable(self, folder: Path) -> tuple[frozenset[plain.Key], Made | None]:
        """The draft with its expressions as a person would write them, but for those of the objects that come with it: their
        readable form is refused. None where too many are, or it is not known which."""
        exact: frozenset[plain.Key] = frozenset()
        for number in range(_REFUSED):
            try:
                return exact, self._try(folder / f"readable{number}", exact)
            except TaskError as error:
                refused = _refused_key(error)
                if refused is None or refused in exact:
                    break
                exact |= {refused}
        return exact, None

    def _try(self, folder: Path, exact: frozenset[plain.Key] | None) -> Made:
        files = self.draft.files(exact)
        files |= {f"{self.draft.sql}/others.sql": self.others} if self.others else {}
        models, copy = self._load(folder, files)
        return files, models, copy, self._missing(copy, models)

    def _with_rest(self, files: Files, models: Models, copy: Settings, missing: Plan) -> ImportResult:
        tables = len(self.draft.found)
        lacking = _in_one([text for text in _statements(missing) if not plain.drops(text)])
        if not lacking:
            return ImportResult(files, tables, (*_statements(missing), *missing.unmodelled))
        rest = "".join(f"{text.rstrip().rstrip(';')};\n\n" for text in lacking).rstrip("\n") + "\n"
        name = f"{self.draft.sql}/{REST}.sql"
        text = "\n".join(part for part in (files.get(name), rest) if part)
        try:
            added = _with_statements(models, rest, copy.root / name)
            missing = self._missing(copy, added)
        except ModelsError:
            # What is there already and differs cannot be declared once more.
            return ImportResult(files, tables, (*_statements(missing), *missing.unmodelled))
        return ImportResult({**files, name: text}, tables, (*_statements(missing), *missing.unmodelled))

    def _load(self, folder: Path, files: Files) -> tuple[Models, Settings]:
        """The drafted models, loaded from a folder of their own, and the settings that go with it."""
        from supabase_tasks.models import loading

        package, sql = self.draft.package, self.draft.sql
        for name, text in files.items():
            write_atomic(folder / name, text)
        for above in Path(package.replace(".", "/")).parents:
            # Without it Python prefers a package of the project that has one, wherever on its path that lies.
            if above != Path():
                (folder / above / "__init__.py").touch()
        (folder / sql).mkdir(parents=True, exist_ok=True)
        copy = dataclasses.replace(self.draft.settings, root=folder, models=package, sql=folder / sql, baseline=())
        with _own_modules_aside(package):
            models = loading.load(copy)
            if self.draft.relationships:
                _configure_mappers()
            return models, copy

    def _missing(self, settings: Settings, models: Models) -> Plan:
        """What turns the models into the source; an empty plan rests on equal dumps, or names what differs."""
        from supabase_tasks.models import desired

        built = desired.build_desired(self.server, settings, models, self.template)
        try:
            return missing_between(self.server, settings, built, self.goal, compare_dumps=True)
        finally:
            self.server.drop(built)


def _carriage_returns(files: Mapping[str, str]) -> list[str]:
    """What Git may do to the SQL files whose lines end as the source's functions' do."""
    names = sorted(name for name, text in files.items() if "\r\n" in text)
    kept = "lines end with \\r\\n there, as in the source; `*.sql -text` in .gitattributes keeps Git from changing them"
    return [f"{', '.join(names)}: {kept}"] if names else []


def _refused_key(error: TaskError) -> plain.Key | None:
    """The object whose statement PostgreSQL does not take."""
    kind, identity = error.data.get("kind"), error.data.get("identity")
    return (kind, tuple(identity)) if kind and identity else None


def _configure_mappers() -> None:
    """SQLAlchemy looks at relationships when the first row is asked for, which is late for one that is wrong."""
    import warnings

    from sqlalchemy.exc import SAWarning, SQLAlchemyError
    from sqlmodel.main import default_registry

    with warnings.catch_warnings():
        warnings.simplefilter("error", SAWarning)
        try:
            default_registry.configure()
        except (SQLAlchemyError, SAWarning) as error:
            raise UnclearRelationshipsError(str(error)) from error


def _touched_keys(plan: Plan) -> Iterator[plain.Key]:
    """The objects that the plan changes: what of a table has no name there stands for the whole table."""
    from alembic.operations.ops import ModifyTableOps

    yield from (key for key, _ in plain.operations(plan) if key[0] != "table")
    for operation in plan.operations:
        for one in operation.ops if isinstance(operation, ModifyTableOps) else [operation]:
            if (table := getattr(one, "table_name", None)) is not None:
                yield _part(one, (getattr(one, "schema", None) or "public", str(table)))


def _part(operation: object, table: tuple[str, str]) -> plain.Key:
    for kind in ("column", "constraint", "index"):
        name = getattr(operation, f"{kind}_name", None)
        if name is not None:
            return (kind, (table[0], str(name)) if kind == "index" else (*table, str(name)))
    return ("table", table)


@contextmanager
def _own_modules_aside(package: str) -> Iterator[None]:
    """What the project imported under the package's first name is put away, and the tables of a draft before this one
    are forgotten: the draft in its own folder is what counts."""
    import sys

    from sqlmodel import SQLModel
    from sqlmodel.main import default_registry

    top = package.partition(".")[0]

    def taken() -> dict[str, ModuleType]:
        return {name: module for name, module in sys.modules.items() if name == top or name.startswith(f"{top}.")}

    before, path = taken(), list(sys.path)
    for name in before:
        del sys.modules[name]
    default_registry.dispose()
    SQLModel.metadata.clear()
    try:
        yield
    finally:
        for name in taken():
            del sys.modules[name]
        sys.modules.update(before)
        sys.path[:] = path


def _statements(plan: Plan) -> list[str]:
    return [text for file in plan.files for text in file.statements]


def _in_one(statements: list[str]) -> list[str]:
    """The statements with each constraint added as it is in the end: `NOT VALID` and `VALIDATE` in two steps are for rows."""
    kept = list(statements)
    for text in statements:
        match = re.fullmatch(r"(ALTER TABLE \S+) VALIDATE CONSTRAINT (\S+?);?", text)
        if match is None:
            continue
        added = re.compile(rf"(ADD CONSTRAINT {re.escape(match[2])} .*) NOT VALID(?=[,;]?$)", re.MULTILINE)
        for number, other in enumerate(kept):
            if other.startswith((f"{match[1]} ", f"{match[1]}\n")) and added.search(other):
                kept[number] = added.sub(r"\1", other)
                kept.remove(text)
    return kept


def _with_statements(models: Models, text: str, path: Path) -> Models:
    from supabase_tasks.models.collect import own_tables
    from supabase_tasks.models.declaration import Origin
    from supabase_tasks.models.sql_files import parse
    from supabase_tasks.models.validate import validate_models

    added = dataclasses.replace(models, declarations=(*models.declarations, *parse(text, Origin(path, 1))))
    validate_models(added, own_tables(added.metadata))
    return added
