"""Our own record of every hosted change that was begun: one JSON line each, on this machine, for its user only."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from supabase_tasks.console import document
from supabase_tasks.errors import TaskError
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import private, project_folder

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


def path(settings: Settings) -> Path:
    return project_folder(settings) / "hosted-changes.jsonl"


def write(settings: Settings, event: str, **facts: object) -> None:
    """Append one line: the UTC time, the event and its facts, redacted. Raises `TaskError` when it cannot be written:
    a change that could not be traced afterwards is not started."""
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **facts}
    file = path(settings)
    try:
        private(file.parent)
        with os.fdopen(os.open(file, _APPEND, 0o600), "a", encoding="utf-8") as journal:
            # One of an earlier version may be open to all.
            os.fchmod(journal.fileno(), 0o600)
            journal.write(document(line, indent=None) + "\n")
    except OSError as error:
        raise TaskError(
            f"cannot write {file}", cause=error.strerror or str(error), next_step=f"make {file.parent} writable"
        ) from error
