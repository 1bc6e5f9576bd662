"""One command in a process forked from the helper: becomes what the caller is, runs the task, reports its exit code."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from supabase_tasks import console, preload
from supabase_tasks.errors import EXIT_INTERRUPTED, EXIT_UNEXPECTED
from supabase_tasks.preload import wire
from supabase_tasks.process import OUR_THREADS

END = b"end"
_REQUEST_SECONDS = 2.0
_GRACE_SECONDS = 10.0


class _UnfitError(Exception):
    """The command would not run here as it would in the caller's own process."""


def work(connection: socket.socket, tell: int) -> NoReturn:
    """Never returns: ends the process with the task's exit code."""
    code = EXIT_UNEXPECTED
    try:
        code = _work(connection, tell)
    except (OSError, wire.WireError, _UnfitError, KeyError, TypeError, ValueError):
        # The caller has not said go, or is gone: it runs the task itself.
        pass
    finally:
        os._exit(code)


def _work(connection: socket.socket, tell: int) -> int:
    connection.settimeout(_REQUEST_SECONDS)
    request, descriptors = wire.receive_with_descriptors(connection)
    if request.get("end") is True:
        os.write(tell, END)
        wire.send(connection, {"ended": True})
        return 0
    os.close(tell)
    _become(request, descriptors)
    wire.send(connection, {"ready": True, "pid": os.getpid()})
    if wire.receive(connection).get("go") is not True:
        raise _UnfitError
    connection.settimeout(None)
    over = _end_with_caller(connection)
    code = _run(str(request["entry"]), request["options"])
    # The process ends without the interpreter's own tidying; what libraries and models asked for at the end is due.
    atexit._run_exitfuncs()
    console.flush()
    over.set()
    with suppress(OSError):
        wire.send(connection, {"code": code})
    _linger(connection)
    return code


def _linger(connection: socket.socket) -> None:
    """Run the deferred jobs in the background: the caller, its terminal and its pipes are released first."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    connection.close()
    os.chdir("/")
    preload.run_deferred()


def _become(request: Mapping[str, Any], descriptors: Sequence[int]) -> None:
    """Take over everything of the caller's that a process can take over. Raises `_UnfitError` when something hides a
    library that is already in memory."""
    if len(descriptors) != wire.DESCRIPTORS:
        raise _UnfitError
    preload.mark_worker()
    *streams, here = descriptors
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.fchdir(here)
    os.close(here)
    os.umask(int(request["umask"]))
    _limit(request)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.argv[:] = request["arguments"]
    sys.path[:] = request["path"]
    sys.path_importer_cache.clear()
    if any(map(_hides, sys.path)):
        raise _UnfitError
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    for stream, number in ((sys.stdin, 0), (sys.stdout, 1), (sys.stderr, 2)):
        stream.reconfigure(line_buffering=number == 2 or os.isatty(number))  # type: ignore[union-attr]


def _limit(request: Mapping[str, Any]) -> None:
    import resource

    os.setpriority(os.PRIO_PROCESS, 0, int(request["niceness"]))
    os.sched_setaffinity(0, request["affinity"])
    for name, (soft, hard) in request["limits"].items():
        resource.setrlimit(getattr(resource, name), (soft, hard))


def _hides(entry: str) -> bool:
    """Whether a folder of the caller's search path has a module of the name of one that was imported from elsewhere."""
    folder = Path(entry or ".")
    if folder.name in ("site-packages", "dist-packages") or folder.is_relative_to(sys.base_prefix):
        return False
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return False
    for name, module in list(sys.modules.items()):
        if "." in name or not (f"{name}.py" in names or (name in names and (folder / name / "__init__.py").exists())):
            continue
        file = getattr(module, "__file__", None)
        if file is None or not Path(file).resolve().is_relative_to(folder.resolve()):
            return True
    return False


def _end_with_caller(connection: socket.socket) -> threading.Event:
    """When the caller is killed before the returned event is set, interrupt the task, so that it tidies up; then end."""
    over = threading.Event()

    def watch() -> None:
        with suppress(OSError):
            connection.recv(1)
        if over.is_set():
            return
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(_GRACE_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name=f"{OUR_THREADS}-caller", daemon=True).start()
    return over


def _run(entry: str, options: Mapping[str, Any]) -> int:
    from invoke.context import Context
    from invoke.exceptions import Exit

    module, _, function = entry.partition(":")
    try:
        getattr(import_module(module), function)(Context(), **options)
    except Exit as error:
        return int(error.code)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 0
