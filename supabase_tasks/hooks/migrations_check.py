"""`migrations-check` as a hook. pre-commit passes no deleted files: git itself is asked what changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supabase_tasks import settings as settings_module
from supabase_tasks.flow.migrations import migration_files
from supabase_tasks.tasks.reports import report_check


def check(root: Path, files: Sequence[Path], against: str | None) -> None:
    """Check the project at `root`, whatever `files` are. Raises `LintError` when something is wrong."""
    report_check(migration_files.check(settings_module.load(root), against))
