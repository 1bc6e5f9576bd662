"""`schema-generate`: from the models to proven migration files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import memo, progress
from supabase_tasks.background import BackgroundTask
from supabase_tasks.errors import MigrationError, SettingsError
from supabase_tasks.files import DeferredInterrupt, digest, write_atomic
from supabase_tasks.flow.schema import answering, model_comparison
from supabase_tasks.flow.schema.answering import Request as Request
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import project_folder

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.options import PlanOptions
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.diff.proof.dump import Entry
    from supabase_tasks.diff.proof.proof import Ready
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.memo.memo import Memo

_CUSTOM = """\
-- {name}: write your SQL here. It runs as one transaction, as the role postgres.
-- What the models declare as well is compared by `inv schema-check`; objects that no model declares are listed there.
"""


# Kinds whose text may hold labels in an order.
_LABELLED = ("enum", "enum_value", "table", "column", "constraint")


# Given the comparison, a plan that was proven, and the paths of its files.
Observe = Callable[[model_comparison.Comparison, "Plan", Sequence[Path]], None]


@dataclass(frozen=True, slots=True)
class Generated:
    """What came of it: no plan when there was nothing to do; `written` is empty on a dry run. `passed_over` are lines about
    what the models do that only `create_all` would run."""

    plan: Plan | None = None
    written: tuple[Path, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return self.plan is not None and not self.plan.empty


def generate_migration(
    settings: Settings, request: Request, *, observe: Observe | None = None, interrupt: DeferredInterrupt | None = None
) -> Generated:
    """Compare, plan, prove and write.

    `observe` sees a proven plan while both databases are there, and where its files will be. Raises `ModelsError`,
    `MigrationError`, `DatabaseError`, `UnansweredError`, `DiffError` and `ProofError`; nothing is written then. Ctrl-C comes
    through until the files are being written, and not after that; a caller's own `interrupt` holds it back for longer.
    """
    known = memo.begin(settings)
    # An answer is never passed over: a swap of two names leaves the models as they were.
    if known.agrees() and not request.renames:
        return Generated()
    with (
        nullcontext(interrupt) if interrupt else DeferredInterrupt() as held,
        _alone(settings),
        model_comparison.open_comparison(settings, known.digests()) as comparison,
    ):
        dumped = desired_dump(settings, comparison)
        plan, desired = planned(settings, comparison, request)
        if plan.empty:
            model_comparison.refuse_unmodelled(settings, comparison, plan, dumped.result)
            remember(known, comparison)
            return Generated(plan, passed_over=comparison.models.passed_over)
        paths = _paths(settings, comparison.files, plan, request.name)
        _prove(settings, comparison, plan, request, _ready(comparison, desired, dumped.result, paths))
        if observe is not None:
            observe(comparison, plan, paths)
        if request.dry_run:
            return Generated(plan, passed_over=comparison.models.passed_over)
        held.begin()
        _write(settings, comparison.files, plan, paths)
        held.settle()
        _becomes(comparison, plan, paths)
        made = {path: digest(file.sql) for path, file in zip(paths, plan.files, strict=True)}
        remember(known, comparison, made)
        return Generated(plan, tuple(paths), comparison.models.passed_over)


def custom(settings: Settings, name: str | None, *, dry_run: bool = False) -> Path:
    """The path of an empty migration for hand-written SQL, under the next version; with `dry_run` it is not written.

    Raises `SettingsError` without a name.
    """
    if not name:
        raise SettingsError(
            "a custom migration needs a name", next_step="inv schema-generate --custom --name what_it_does"
        )
    with DeferredInterrupt() as interrupt, _alone(settings):
        path = ledger.next_path(settings, name, after=ledger.read(settings))
        if dry_run:
            return path
        interrupt.begin()
        write_atomic(path, _CUSTOM.format(name=ledger.slug(name)), exclusive=True)
        interrupt.settle()
    return path


def plan_options(settings: Settings, request: Request) -> PlanOptions:
    """The engine's options: the request's answers over the settings."""
    from supabase_tasks.diff.options import PlanOptions
    from supabase_tasks.postgres import trial

    return PlanOptions(
        renames=request.renames,
        defaults=request.defaults,
        allow=request.allow,
        ask=request.ask,
        ignore=settings.ignore,
        lock_timeout=settings.lock_timeout,
        statement_timeout=settings.statement_timeout,
        concurrently=request.concurrently,
        attended=request.dialogue is not None,
        run=trial.run,
    )


def planned(settings: Settings, comparison: model_comparison.Comparison, request: Request) -> tuple[Plan, Snapshot]:
    """The plan from the history to the models, and the models' side as it was read."""
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.plan.build import plan_towards
    from supabase_tasks.diff.reader import read_snapshot

    progress.step("comparing models and migrations")
    before = comparison.workspace.history()
    if model_comparison.ALLOW_LOST_TABLES not in request.allow:
        model_comparison.refuse_lost_tables(before, comparison.models)
    desired = read_snapshot(comparison.workspace.desired_connection, Scope(settings.ignore), like=before)

    def attempt(answers: Request) -> Plan:
        options = plan_options(settings, answers)
        return plan_towards(comparison.workspace.clone_connection, desired, comparison.models, options, before)

    plan = answering.answered(attempt, request)
    if any(change["kind"] in _LABELLED for change in plan.changes):
        from supabase_tasks.models import label_order

        label_order.refuse_unstable(settings, comparison.models.files)
    return plan, desired


def desired_dump(settings: Settings, comparison: model_comparison.Comparison) -> BackgroundTask[Mapping[Entry, str]]:
    """`pg_dump`'s objects of the models' side, taken while the plan is made."""
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.proof import dump

    ground, scope = comparison.workspace, Scope(settings.ignore)
    return BackgroundTask(lambda: dump.take(ground.server, ground.desired, scope))


def _ready(
    comparison: model_comparison.Comparison,
    desired: Snapshot,
    dumped: Callable[[], Mapping[Entry, str]],
    paths: Sequence[Path],
) -> Ready:
    """What the proof need not make again; the files are recorded in the clone under the names of `paths`."""
    from supabase_tasks.diff.proof.proof import Ready

    names = [ledger.parse_name(path) for path in paths]
    versions = [(file.version, file.name) for file in names if file is not None]
    return Ready(comparison.workspace.clone, comparison.workspace.clone_connection, dumped, desired, versions)


def _prove(
    settings: Settings, comparison: model_comparison.Comparison, plan: Plan, request: Request, ready: Ready
) -> None:
    """Raises `ProofError` unless the plan's files are right."""
    from supabase_tasks.diff.proof import proof

    progress.step("proving the migration on a copy")
    comparison.workspace.fate.altered = True
    proof.prove(
        comparison.workspace.server, settings, comparison.workspace.current, plan, comparison.workspace.desired, ready
    )
    if request.verify:
        from supabase_tasks.diff.proof import pg_delta

        pg_delta.ask(
            comparison.workspace.server, settings, comparison.workspace.current, plan, comparison.workspace.desired
        )


def _paths(settings: Settings, files: Sequence[MigrationFile], plan: Plan, name: str | None) -> list[Path]:
    """Where the plan's files will be written."""
    return [
        ledger.next_path(settings, _file_name(name, plan, file.name_hint, offset), after=tuple(files), offset=offset)
        for offset, file in enumerate(plan.files)
    ]


def _file_name(name: str | None, plan: Plan, hint: str, offset: int) -> str:
    if name is None:
        return hint
    return name if len(plan.files) == 1 else f"{name}_{offset + 1}"


def _write(settings: Settings, files: Sequence[MigrationFile], plan: Plan, paths: Sequence[Path]) -> None:
    if [file.path for file in ledger.read(settings)] != [file.path for file in files]:
        raise MigrationError(
            "the migrations changed while this one was made",
            cause="another process wrote or removed a file; nothing was written",
            next_step="inv schema-generate",
        )
    written: list[Path] = []
    try:
        for path, file in zip(paths, plan.files, strict=True):
            write_atomic(path, file.sql, exclusive=True)
            written.append(path)
    except BaseException:
        # One file of two is half a migration.
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise


def _becomes(comparison: model_comparison.Comparison, plan: Plan, paths: Sequence[Path]) -> None:
    """The proof's clone has the new files as a replay would apply them, provided they are still what was written."""
    made = [file for file in map(ledger.parse_name, paths) if file is not None]
    with suppress(OSError):
        if [file.digest for file in made] == [digest(file.sql) for file in plan.files]:
            comparison.workspace.fate.files = (*comparison.files, *made)


def remember(
    known: Memo, comparison: model_comparison.Comparison, made: Mapping[Path, str] | None = None
) -> str | None:
    """Remember that the sides agree: with the files as they were replayed, those just `made` (their digests), and the
    server that judged. Returns None, or in one line why not."""
    seen = comparison.seen
    return known.remember(
        files=seen.files,
        environment=seen.environment,
        beyond=seen.beyond,
        opened=seen.opened,
        libraries=seen.libraries,
        folders=seen.folders,
        looks=seen.looks,
        migrations={**{file.path: file.digest for file in comparison.files}, **(made or {})},
        programs=(comparison.workspace.server.bin / "postgres",),
    )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One process at a time makes migrations in a project: two would take the same version."""
    from supabase_tasks.locking import locked

    with locked(project_folder(settings) / "generate.lock"):
        yield
