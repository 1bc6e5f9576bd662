"""`migrations-lint` as a hook: the whole history is read, findings are shown for the files of the commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supabase_tasks import settings as settings_module
from supabase_tasks.flow.migrations import lint
from supabase_tasks.tasks.reports import report_lint


def check(root: Path, files: Sequence[Path], against: str | None) -> None:
    """Lint the project at `root`, reporting on `files`, or with `against` on what that ref does not have. Raises
    `LintError` when there are errors."""
    settings = settings_module.load(root)
    inside = [file for file in files if file.resolve().parent == settings.migrations.resolve()]
    if files and not inside:
        return
    report_lint(
        lint.lint_migrations(settings, only=inside, changed=against is not None, against=against), settings.root
    )
