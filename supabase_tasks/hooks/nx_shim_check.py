"""`nx-sync --check` as a hook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from supabase_tasks import console
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import LintError
from supabase_tasks.nx import shim
from supabase_tasks.tasks import build


def check(root: Path, files: Sequence[Path], against: str | None) -> None:
    """Compare project.json with the tasks, where there is one. Raises `LintError` when it is stale."""
    made = shim.build(settings_module.load(root), shim.describe(build()))
    if made.before is not None and made.stale:
        raise LintError(
            f"{made.path} is stale",
            cause="it does not hold what the tasks and settings ask for",
            next_step="inv nx-sync",
            code="nx-stale",
        )
    console.say(f"{made.path.name}: {'up to date' if made.before is not None else 'none'}")
