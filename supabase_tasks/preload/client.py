"""The caller's side: find the helper that fits, hand the task over, pass signals on, take the exit code."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from supabase_tasks import console, peer, state_dir
from supabase_tasks.errors import EXIT_UNEXPECTED, TaskError
from supabase_tasks.preload import wire
from supabase_tasks.preload.key import is_kept, worker_key

_READY_SECONDS = 2.0
# Without the current folder on the search path: the helper must never import a module of the user's.
_HELPER = (
    "import sys; sys.path[:] = filter(None, sys.path); "
    "from supabase_tasks.preload.server import main; main(sys.argv[1])"
)
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


def run(folder: Path, entry: str, options: Mapping[str, Any]) -> int | None:
    """See `preload.delegate`."""
    name = worker_key()
    if name is None or not (folder / name).exists():
        return None
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(_connect(folder / name))
            here = os.open(".", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            stack.callback(os.close, here)
            connection.settimeout(_READY_SECONDS)
            console.flush()
            wire.send(connection, _request(entry, options), (0, 1, 2, here))
            answer = wire.receive(connection)
            worker = os.pidfd_open(int(answer["pid"])) if answer.get("ready") is True else None
        except (OSError, wire.WireError, TypeError, ValueError, KeyError):
            return None
        if worker is None:
            return None
        stack.callback(os.close, worker)
        return _follow(connection, worker)


def _request(entry: str, options: Mapping[str, Any]) -> dict[str, Any]:
    umask = os.umask(0o077)
    os.umask(umask)
    return {
        "entry": entry,
        "options": dict(options),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "arguments": list(sys.argv),
        "umask": umask,
        "niceness": os.getpriority(os.PRIO_PROCESS, 0),
        "affinity": sorted(os.sched_getaffinity(0)),
        "limits": _limits(),
    }


def _limits() -> dict[str, list[int]]:
    import resource

    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    return {name: list(resource.getrlimit(getattr(resource, name))) for name in names}


@contextmanager
def _connect(path: Path) -> Iterator[socket.socket]:
    directory = wire.open_folder(path.parent)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(_READY_SECONDS)
            connection.connect(wire.address(path, directory))
            # The listener receives our whole environment.
            if peer.uid(connection) != os.geteuid():
                raise PermissionError(f"another user listens at {path}")
            yield connection
    finally:
        os.close(directory)


def _follow(connection: socket.socket, worker: int) -> int:
    """Say go and wait for the end. From here on the task belongs to the worker and is never run twice."""
    with _signals_passed_on(worker):
        try:
            connection.settimeout(None)
            wire.send(connection, {"go": True})
            return int(wire.receive(connection)["code"])
        except (OSError, wire.WireError, KeyError, TypeError, ValueError):
            console.note("error: the worker ended without a result (SUPABASE_TASKS_PRELOAD=0 runs without one)")
            return EXIT_UNEXPECTED


@contextmanager
def _signals_passed_on(worker: int) -> Iterator[None]:
    """The worker is in no terminal's foreground: what the terminal or another process sends us is meant for it."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker, number)

    def pause(_number: int, _frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker, signal.SIGCONT)

    before = {number: signal.signal(number, pass_on) for number in _PASSED_ON}
    before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, pause)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start(folder: Path) -> None:
    """See `preload.start`."""
    name = worker_key()
    if name is None or (folder / name).exists():
        return
    with suppress(OSError, TaskError):
        state_dir.private(folder)
        command = [sys.executable, "-c", _HELPER, str(folder / name)]
        environment = {name: value for name, value in os.environ.items() if is_kept(name)}
        nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        # `sh` waits for what it starts; this is to outlive us. Every other descriptor of ours is closed on exec.
        os.posix_spawn(command[0], command, environment, file_actions=nothing, setsid=True)


def stop(folder: Path) -> int:
    """See `preload.stop`."""
    ended = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_socket():
            with suppress(OSError, wire.WireError), _connect(path) as connection:
                wire.send(connection, {"end": True})
                wire.receive(connection)
                ended += 1
            with suppress(FileNotFoundError):
                path.unlink()
    return ended
