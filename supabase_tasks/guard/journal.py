"""Our own record of every hosted change that was begun: one JSON line each, on this machine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from supabase_tasks.cache import project_folder
from supabase_tasks.console import document
from supabase_tasks.errors import TaskError
from supabase_tasks.settings import Settings


def path(settings: Settings) -> Path:
    return project_folder(settings) / "hosted-changes.jsonl"


def write(settings: Settings, event: str, **facts: object) -> None:
    """Append one line: the UTC time, the event and its facts, redacted. Raises `TaskError` when it cannot be written:
    a change that nobody could trace afterwards is not begun."""
    line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **facts}
    file = path(settings)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as journal:
            journal.write(document(line, indent=None) + "\n")
    except OSError as error:
        raise TaskError(
            f"cannot write {file}", cause=error.strerror or str(error), next_step=f"make {file.parent} writable"
        ) from error
