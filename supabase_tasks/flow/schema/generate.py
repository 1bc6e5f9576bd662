"""`schema-generate`: from the models to proven migration files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import memo
from supabase_tasks.errors import MigrationError, SettingsError
from supabase_tasks.files import DeferredInterrupt, digest, write_atomic
from supabase_tasks.flow.schema.opening import open_comparison
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import project_folder

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.flow.schema.comparison import Comparison
    from supabase_tasks.ledger.files import MigrationFile
    from supabase_tasks.memo.memo import Memo

_CUSTOM = """\
-- {name}: write your SQL here. It runs as one transaction, as the role postgres.
-- What the models declare as well is compared by `inv schema-check`; objects that no model declares are listed there.
"""


# Given the comparison, a plan that was proven, and the paths of its files.
Observe = Callable[["Comparison", "Plan", Sequence[Path]], None]


@dataclass(frozen=True, slots=True)
class GenerateResult:
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
) -> GenerateResult:
    """Compare, plan, prove and write. A plan that leaves out what no kind can plan (`unmodelled`) is written, and not
    remembered: the caller says so (`unplanned.refuse`).

    `observe` sees a proven plan while both databases are there, and where its files will be. Raises `ModelsError`,
    `MigrationError`, `DatabaseError`, `UnansweredError`, `DiffError` and `ProofError`; nothing is written then. Ctrl-C comes
    through until the files are being written, and not after that; a caller's own `interrupt` holds it back for longer.
    """
    known = memo.begin(settings)
    # An answer is never passed over: a swap of two names leaves the models as they were, and a value for a column that needs
    # none is refused.
    if known.is_fresh() and not request.renames and not request.defaults:
        return GenerateResult()
    with (
        nullcontext(interrupt) if interrupt else DeferredInterrupt() as held,
        _alone(settings),
        open_comparison(settings, known.digests()) as comparison,
    ):
        plan = comparison.plan(request)
        if plan.empty:
            comparison.refuse_unmodelled(plan)
            remember(known, comparison)
            return GenerateResult(plan, passed_over=comparison.models.passed_over)
        paths = _paths(settings, comparison.files, plan, request.name)
        comparison.prove(plan, paths, verify=request.verify)
        if observe is not None:
            observe(comparison, plan, paths)
        if request.dry_run:
            return GenerateResult(plan, passed_over=comparison.models.passed_over)
        held.begin()
        _write(settings, comparison.files, plan, paths)
        held.commit()
        comparison.promote(plan, paths)
        made = {path: digest(file.sql) for path, file in zip(paths, plan.files, strict=True)}
        if not plan.unmodelled:
            remember(known, comparison, made)
        return GenerateResult(plan, tuple(paths), comparison.models.passed_over)


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
        interrupt.commit()
    return path


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


def remember(known: Memo, comparison: Comparison, made: Mapping[Path, str] | None = None) -> str | None:
    """Remember that the sides agree: with the files as they were replayed, those just `made` (their digests), and the
    server that judged. Returns None, or in one line why not."""
    seen = comparison.seen
    return known.remember(
        files=seen.files,
        environment=seen.environment,
        untracked_inputs=seen.untracked_inputs,
        opened=seen.opened,
        libraries=seen.libraries,
        folders=seen.folders,
        looks=seen.looks,
        migrations={**{file.path: file.digest for file in comparison.files}, **(made or {})},
        programs=(comparison.databases.server.bin / "postgres",),
    )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One process at a time makes migrations in a project: two would take the same version."""
    from supabase_tasks.locking import hold_lock

    with hold_lock(project_folder(settings) / "generate.lock"):
        yield
