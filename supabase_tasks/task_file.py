"""Where the task file lies that Invoke has loaded: with `inv -r FOLDER` not where we are."""

from __future__ import annotations

import os
from pathlib import Path

# Ours alone; a variable, so that the helper process knows it too.
VARIABLE = "SUPABASE_TASKS_START"


def remember_task_file(path: str) -> None:
    """Remember the task file, for this process and its helper. The current folder decides where it lies in the file's
    own: a task file may serve several projects below it."""
    folder = Path(path).resolve().parent
    forget()
    if not Path.cwd().resolve().is_relative_to(folder):
        os.environ[VARIABLE] = str(folder)


def forget() -> None:
    """No task file is loaded: the current folder decides."""
    os.environ.pop(VARIABLE, None)


def elsewhere() -> Path | None:
    """The folder of the task file when we are somewhere else: its settings are meant."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None
