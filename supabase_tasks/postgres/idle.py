"""The shadow server ends by itself when no command has used it for a while.

Who uses it holds a shared lock on `in-use` in the cluster's folder to the end of the process, and the kernel drops it, however
that ends. A small process of its own (`idle_watch`) waits until it has been free for the time of the setting
`shadow_idle_minutes`, then takes the lock alone and stops the server. A command that comes at that moment waits for it, and
starts the server anew.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from supabase_tasks import flock
from supabase_tasks.files import make_closed
from supabase_tasks.locking import attempt
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import unwritable

_IN_USE, _WATCHER = "in-use", "watcher.lock"
_MINUTE = 60.0
# A program of its own: nothing here imports it.
_WATCH = Path(__file__).with_name("idle_watch.py")
# For the whole life of this process, by cluster folder and process: a fork has its own.
_held: dict[tuple[Path, int], int] = {}


def use(folder: Path) -> None:
    """Say that this process uses the server of the cluster `folder`, until it ends. Waits while the server is being ended.
    Raises `DatabaseError` when the folder cannot be written."""
    key = (folder, os.getpid())
    if key in _held:
        return
    path = folder / _IN_USE
    try:
        make_closed(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        flock.lock_shared(descriptor)
        os.utime(descriptor)
    except OSError as error:
        raise unwritable(path, error) from error
    _held[key] = descriptor


def watch(folder: Path, settings: Settings) -> None:
    """Have the server of `folder` ended when it is idle, by a process that outlives this one. Nothing where one watches
    already, or where the setting is 0."""
    if settings.shadow_idle_minutes <= 0:
        return
    with attempt(folder / _WATCHER) as (_, free):
        if not free:
            return
    seconds = settings.shadow_idle_minutes * _MINUTE
    arguments = [str(folder / name) for name in (_WATCHER, _IN_USE)] + [str(folder / "data"), f"{seconds:g}"]
    command = [sys.executable, "-I", "-S", str(_WATCH), *arguments]
    # Nothing of ours: no secret in its environment, no terminal, no descriptor.
    nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    with suppress(OSError):
        os.posix_spawn(command[0], command, {"PATH": os.defpath}, file_actions=nothing, setsid=True)


def unwatch(folder: Path) -> None:
    """End the process that watches `folder`, if one does."""
    path = folder / _WATCHER
    if not path.exists():
        return
    with attempt(path) as (descriptor, free):
        text = os.pread(descriptor, 32, 0).strip()
        if not free and text.isdigit():
            with suppress(ProcessLookupError, PermissionError):
                os.kill(int(text), signal.SIGTERM)


def is_watched(folder: Path) -> bool:
    """Whether a process waits to end the server of `folder`."""
    path = folder / _WATCHER
    if not path.exists():
        return False
    with attempt(path) as (_, free):
        return not free
