"""A warm start: third-party libraries held in memory by a small helper process, so that a command need not import them.

Importing SQLModel, Alembic and psycopg takes longer than everything else that `schema-generate` does. The helper has
them imported and forks a worker for each command; the worker gets the caller's standard streams, environment, folder,
umask and search path, runs the task from its beginning, and ends. The helper never holds a module of the user's.

Whatever is not exactly as it would be without the helper means that it is not used: another interpreter, library or
version of this tool, another namespace or sandbox, an interpreter option, a project file that hides a library. Until a
worker received the command, nothing has happened, and the command can always run here instead. It ends itself after some
idle minutes. Linux only; `SUPABASE_TASKS_PRELOAD=0` switches it off, and so does `CI`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

VARIABLE = "SUPABASE_TASKS_PRELOAD"
# Set in a worker: it must not hand its own work over again.
_worker = False
_deferred: list[Callable[[], object]] = []


def is_enabled() -> bool:
    """Whether a helper may be used at all here."""
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return chosen not in ("0", "off", "no", "false", "") and sys.platform == "linux" and not _worker
    automatic = any(os.environ.get(name) for name in ("CI", "PYTEST_CURRENT_TEST"))
    return sys.platform == "linux" and not _worker and not automatic


# The options of a task are whatever JSON can hold.
def delegate(entry: str, options: Mapping[str, Any]) -> int | None:
    """Let a worker run the task `entry` (`module:function`) with `options`, and return its exit code.

    None when no helper is there or fits, or the options cannot be told: nothing has happened then, and the caller runs
    the task itself.
    """
    if not is_enabled():
        return None
    from supabase_tasks.preload import client

    return client.run(folder(), entry, options)


def start() -> None:
    """Start a helper for the next command, unless one is there. Returns at once and never fails."""
    if is_enabled():
        from supabase_tasks.preload import client

        client.start(folder())


def stop() -> int:
    """End every helper of this user that has this state folder; returns how many there were."""
    if sys.platform != "linux":
        return 0
    from supabase_tasks.preload import client

    return client.stop(folder())


def folder() -> Path:
    """Where the helpers' sockets are: readable by their user only."""
    from supabase_tasks.state_dir import state_root

    return state_root() / "preload"


def mark_worker() -> None:
    """From now on this process is a worker (called by the helper after the fork)."""
    global _worker
    _worker = True


def is_worker() -> bool:
    """Whether this process is a worker: its caller looked at the memo a moment ago."""
    return _worker


def defer(job: Callable[[], object]) -> bool:
    """Let the worker run `job` once its caller has the exit code; False where no worker runs (nothing happens then).

    For what makes the next command quicker without being waited for: it has no standard streams, and its errors are dropped.
    """
    if _worker:
        _deferred.append(job)
    return _worker


def run_deferred() -> None:
    """Run what `defer` was given, in that order (called by the worker when its caller has gone)."""
    while _deferred:
        with suppress(Exception):
            _deferred.pop(0)()
