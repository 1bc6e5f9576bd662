"""`migrations-lint`: which files, and against which branch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supabase_tasks import console
from supabase_tasks.errors import LintError
from supabase_tasks.ledger import branch as branches
from supabase_tasks.ledger import files as ledger
from supabase_tasks.lint import baseline, run
from supabase_tasks.lint.run import LintReport
from supabase_tasks.settings import Settings


def lint_migrations(
    settings: Settings, *, only: Sequence[Path] = (), changed: bool = False, against: str | None = None
) -> LintReport:
    """Lint the project's history and report on the files `only`, or with `changed` on those that the default branch
    (or the ref `against`) does not have yet; on all of them otherwise.

    Raises `LintError` for a path that is no migration of this project.
    """
    files = ledger.listing(settings)
    if changed:
        branch = branches.read(settings, against)
        if branch.base is None:
            why = "there is no default branch to compare with" if branch.repository else "this is not a git repository"
            console.note(f"note: {why}, so all migrations are looked at")
        new = {file.path for file in branch.new}
        return run.lint(
            settings, files, [file.path for file in files if file.path in new or _is_edited(branch, file.path)]
        )
    return run.lint(settings, files, _require_known(files, only) if only else None)


def write_baseline(settings: Settings) -> tuple[Path, int]:
    """Make everything that is found today known: the file that says so, and how many findings it knows."""
    found = run.lint(settings, ledger.listing(settings), known={})
    return baseline.write(settings, found.findings), len(found.findings)


def _is_edited(branch: branches.Branch, path: Path) -> bool:
    return path.name in branch.edited


def _require_known(files: Sequence[ledger.MigrationFile], only: Sequence[Path]) -> Sequence[Path]:
    known = {file.path.resolve() for file in files}
    for path in only:
        if path.resolve() not in known:
            raise LintError(f"{path} is not a migration of this project", code="not-a-migration")
    return only
