"""The comparison of the project's models with its migrations: two databases on the shadow server, and what comes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import interpreter, postgres, progress
from supabase_tasks.background import BackgroundTask
from supabase_tasks.errors import DiffError
from supabase_tasks.files import digest
from supabase_tasks.flow.schema import preconditions, unplanned
from supabase_tasks.flow.schema.databases import Databases, make_databases
from supabase_tasks.flow.schema.request import Request, plan_options, plan_with_answers
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.diff.proof.dump import Entry
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.models.declaration import Statement
    from supabase_tasks.models.inputs import Inputs
    from supabase_tasks.models.loader import ModelLoader
    from supabase_tasks.models.summary import ModelSummary

_OF_ANSWERS = frozenset(
    ("rename-unmatched", "rename-unreadable", "rename-ambiguous", "default-unmatched", "default-unusable")
)


@dataclass
class Comparison:
    """The replayed `files` and the `models`: planned, proven, promoted, in this order. `seen` is what the models rest on,
    `desired_dump` reads what `pg_dump` says of their database, `texts` are their statements.

    Planning tries renames out on the copy of the history and rolls them back; the proof applies the migration to it.
    """

    databases: Databases
    files: tuple[MigrationFile, ...]
    models: ModelSummary
    seen: Inputs
    desired_dump: BackgroundTask[Mapping[Entry, str]]
    texts: Sequence[str] = ()
    _proven: tuple[MigrationFile, ...] | None = field(default=None, init=False)

    @cached_property
    def history(self) -> Snapshot:
        """What the replayed migrations made."""
        return self.databases.begin_history().result()

    @cached_property
    def desired(self) -> Snapshot:
        """What the models declare."""
        from supabase_tasks.diff.reader import read_snapshot

        connection = self.databases.desired.connection
        return read_snapshot(connection, _scope(self.databases.settings), like=self.history)

    def plan(self, request: Request) -> Plan:
        """The plan from the history to the models.

        Raises `SettingsError` for exposed schemas that do not exist and a pattern of `ignore` that can cover nothing,
        `ModelsError` for models that have lost tables or that read otherwise in every run, `UnansweredError` for what `request`
        leaves open, `DiffError`.
        """
        from supabase_tasks.diff.plan.build import plan_towards

        progress.step("comparing models and migrations")
        settings = self.databases.settings
        sides = (self.databases.clone_connection, self.databases.desired.connection)
        preconditions.refuse_missing_schemas(settings, sides)
        if settings.ignore:
            from supabase_tasks.diff.plan import ignore_patterns

            ignore_patterns.refuse_unknown(settings, sides)
        if preconditions.ALLOW_LOST_TABLES not in request.allow:
            preconditions.refuse_lost_tables(self.history, self.models)

        def attempt(answers: Request) -> Plan:
            connection, options = self.databases.clone_connection, plan_options(settings, answers)
            return plan_towards(connection, self.desired, self.models, options, self.history)

        try:
            plan = plan_with_answers(attempt, request)
        except DiffError as error:
            # A name that comes from a set asks whether it is another's new one.
            if _may_come_from_order(error):
                self._refuse_unstable()
            raise
        if plan.may_keep_order:
            self._refuse_unstable()
        return plan

    def _refuse_unstable(self) -> None:
        from supabase_tasks.models import set_order

        set_order.refuse_unstable(self.databases.settings, self.models, self.texts)

    def refuse_unmodelled(self, plan: Plan) -> None:
        """Raises `DiffError` (code `unmodelled`) for a plan that is empty though `pg_dump` tells the sides apart."""
        from supabase_tasks.diff.proof import equality

        found = self.databases
        unplanned.refuse_empty(
            equality.with_dump_differences(
                found.server, plan, found.clone, found.desired.database, _scope(found.settings), self.desired_dump
            )
        )

    def prove(self, plan: Plan, paths: Sequence[Path], *, verify: bool = False) -> None:
        """Applies the plan's files to the copy of the history, recorded there under the names of `paths`; `verify` asks
        pg-delta too. Raises `ProofError` unless that makes it the models' database."""
        from supabase_tasks.diff.proof import proof

        progress.step("proving the migration on a copy")
        found = self.databases
        self._proven = ()
        proof.prove_on_copy(
            proof.ProofInput(
                server=found.server,
                scope=_scope(found.settings),
                plan=plan,
                copy=found.clone,
                connection=found.clone_connection,
                desired=self.desired,
                desired_dump=self.desired_dump,
                versions=[(file.version, file.name) for file in _migrations(paths)],
                template=found.current,
                held=found.held,
            )
        )
        if verify:
            from supabase_tasks.diff.proof import pg_delta

            pg_delta.ask(found.server, found.settings, found.current, plan, found.desired.database)

    def promote(self, plan: Plan, paths: Sequence[Path]) -> None:
        """Lets the copy of the history with the proven migration be the history from now on, provided that the files at
        `paths` are still what was proven."""
        written = _migrations(paths)
        with suppress(OSError):
            if [file.digest for file in written] == [digest(file.sql) for file in plan.files]:
                self._proven = (*self.files, *written)

    def release(self) -> None:
        """The databases are not needed any more."""
        self.databases.release(self._proven)


@contextmanager
def compare(settings: Settings, models: ModelLoader, known: Mapping[str, str]) -> Iterator[Comparison]:
    """Both sides, ready to be compared; all but the history's template is dropped afterwards. `known` has digests of files
    by path.

    The history is replayed, copied and read while the `models` are imported. Raises `ModelsError`, `MigrationError`,
    `DatabaseError`.
    """
    files = ledger.read(settings, known)
    postgres.install(settings)
    progress.step("importing the models")
    cancelled = threading.Event()
    _import_libraries()
    with interpreter.short_switch_interval():
        making = BackgroundTask(lambda: make_databases(settings, files, cancelled, idle=models.in_other_process))
        try:
            declared = models.load_summary()
            databases = making.result()
        except BaseException:
            cancelled.set()
            making.cancel(Databases.release)
            raise
    comparison = None
    try:
        progress.step("building the models' schema")
        with interpreter.short_switch_interval():
            texts: list[str] = []
            databases.desired.finish(_given_then(models.statements(), texts, databases.begin_history), declared.files)
        comparison = Comparison(databases, files, declared, models.read_inputs(), _dump(databases), texts)
        yield comparison
    finally:
        (comparison or databases).release()


def _given_then(statements: Iterable[Statement], texts: list[str], last: Callable[[], object]) -> Iterator[Statement]:
    """The statements, their texts noted in `texts`; `last` is called when the final one was given, and PostgreSQL still
    works on them."""
    for statement in statements:
        texts.append(statement.sql)
        yield statement
    last()


def _may_come_from_order(error: DiffError) -> bool:
    """Whether what stopped a plan may be a name that another run of the models spells otherwise: not an answer that does not
    fit, nor a value that rows need."""
    asked = error.data.get("unanswered")
    return error.code not in _OF_ANSWERS and (asked is None or any(one.get("question") != "value" for one in asked))


def _import_libraries() -> None:
    """What both threads use from here on; a helper holds all of it. Of a package that two threads import at once, the models and
    what makes the databases, one may find a module that is half made (`_DeadlockError` in importlib._bootstrap)."""
    ours = ("models.desired_build", "diff.reader", "diff.plan.build", "diff.proof.row_counts", "models.speculation")
    for name in ("psycopg", *(f"supabase_tasks.{module}" for module in ours)):
        import_module(name)


def _dump(databases: Databases) -> BackgroundTask[Mapping[Entry, str]]:
    from supabase_tasks.diff.proof import dump

    return BackgroundTask(lambda: dump.take(databases.server, databases.desired.database, _scope(databases.settings)))


def _scope(settings: Settings) -> Scope:
    from supabase_tasks.diff.catalog.scope import Scope

    return Scope(settings.ignore)


def _migrations(paths: Sequence[Path]) -> list[MigrationFile]:
    return [file for file in map(ledger.parse_name, paths) if file is not None]
