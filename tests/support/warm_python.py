"""A Python that has imported the package and its libraries, and forks a process for each command: `support.warm` talks to it.

What the fork runs is what `python -m …`, `python -c …` or a script of the environment would run: same arguments, variables,
folder, streams and exit code. That the libraries are in memory already saves most of the CPU time of a command. Nothing of a
project is imported here. Started with the descriptor of the socket on which it is asked, the length of the longest request, and
the folder of `kept_cluster`.
"""

from __future__ import annotations

import atexit
import builtins
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import supabase_tasks
from supabase_tasks.preload import server as helper

_STREAMS = 3
_MORE = ("invoke.program", "rich.console", "rich.table", "prompt_toolkit", "postgast", "tomlkit", "dotenv")


def main() -> None:
    # Of the folder of this file.
    import kept_cluster

    sys.path.pop(0)
    _load()
    kept = kept_cluster.Kept(Path(sys.argv[3]))
    kept.install()
    control = socket.socket(fileno=int(sys.argv[1]))
    awake, wake = socket.socketpair()
    awake.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, _nothing)
    # Ctrl-C in the terminal of the tests is for the tests.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, socket.socket] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(awake, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is awake:
                    with suppress(BlockingIOError):
                        awake.recv(4096)
                elif not _serve(control, running, kept):
                    return
            _reap(running)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    pass


def _load() -> None:
    found = pkgutil.walk_packages(supabase_tasks.__path__, "supabase_tasks.")
    own = [name for _, name, _ in found if not name.endswith("__main__")]
    for name in (*helper._LIBRARIES, *own, *_MORE):
        # Not every library is on every system.
        with suppress(ImportError):
            import_module(name)
    helper.interpreter.freeze_imports(collect=True)


def _serve(control: socket.socket, running: dict[int, socket.socket], kept: Any) -> bool:
    """Fork for one request; False at the end of the tests."""
    message, descriptors, _, _ = socket.recv_fds(control, int(sys.argv[2]), _STREAMS + 1)
    if not message:
        return False
    *streams, answer = descriptors
    pid = os.fork()
    if pid == 0:
        control.close()
        for other in running.values():
            other.close()
        os.close(answer)
        kept.copies = json.loads(message)["copies"]
        _become(json.loads(message), streams)
    for descriptor in streams:
        os.close(descriptor)
    running[pid] = socket.socket(fileno=answer)
    running[pid].sendall(f"{pid}\n".encode())
    return True


def _reap(running: dict[int, socket.socket]) -> None:
    for pid in list(running):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with running.pop(pid) as answer, suppress(BrokenPipeError):
                answer.sendall(f"{status}\n".encode())


def _become(wanted: dict[str, Any], streams: list[int]) -> NoReturn:
    """The process that was asked for, to its end."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    os.closerange(_STREAMS, os.sysconf("SC_OPEN_MAX"))
    _exchange_path(os.environ.get("PYTHONPATH"), wanted["environment"].get("PYTHONPATH"))
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.chdir(wanted["folder"])
    time.tzset()
    tempfile.tempdir = None
    option, what, *arguments = wanted["words"]
    # As Python has them with this option.
    sys.orig_argv[:] = [sys.executable, *filter(None, (option,)), what, *arguments]
    sys.argv[:] = [option or what, *arguments]
    sys.path.insert(0, {"-m": str(Path.cwd()), "-c": ""}.get(option, str(Path(what).resolve().parent)))
    os._exit(_run(option, what))


def _exchange_path(here: str | None, wanted: str | None) -> None:
    """The folders of PYTHONPATH, which come first."""
    if here != wanted:
        for folder in filter(None, (here or "").split(os.pathsep)):
            sys.path.remove(folder)
        sys.path[:0] = filter(None, (wanted or "").split(os.pathsep))


def _run(option: str, what: str) -> int:
    code = 1
    try:
        if option == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        elif not option:
            runpy.run_path(what, run_name="__main__")
        else:
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__", "__builtins__": builtins})
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except KeyboardInterrupt:
        sys.excepthook(*sys.exc_info())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    # What the interpreter does at its end, but for freeing the memory piece by piece.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return code


if __name__ == "__main__":
    main()
