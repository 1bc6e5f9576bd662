"""`python -m invoke …`, `python -c …` and `inv …`, as a process of its own that need not import everything first."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from support import kept_cluster

_WARM_PYTHON = Path(__file__).with_name("warm_python.py")
_LARGEST = 1 << 20
_OPTIONS = ("-m", "-c")
# What decides how an interpreter starts, or what the libraries do while they are imported.
_OF_THE_START = ("PYTHON", "LD_", "DYLD_", "MALLOC_", "LC_", "LANG")


class Parent:
    """A process that forks, of its own for each process that runs tests; it ends with it. `environment` is what it starts with,
    and `path` says whether what it forks may have another PYTHONPATH: it does not when the package itself may be found there."""

    def __init__(self, environment: Mapping[str, str], *, path: bool = False) -> None:
        self._environment, self._path = dict(environment), path
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None

    def fork(self, request: bytes, streams: Sequence[int]) -> tuple[int, socket.socket]:
        """The new process and where its exit status will be told."""
        answer, given = socket.socketpair()
        with self._lock, given:
            socket.send_fds(self._started(), [request], [*streams, given.fileno()])
        return int(_line(answer)), answer

    def suits(self, environment: Mapping[str, str]) -> bool:
        """Whether a process with these variables can be forked: what decides how one starts is as it was here."""
        return self._of_the_start(environment) == self._of_the_start(self._environment)

    def _of_the_start(self, environment: Mapping[str, str]) -> dict[str, str]:
        return {
            name: value
            for name, value in environment.items()
            if name.startswith(_OF_THE_START) and not (self._path and name == "PYTHONPATH")
        }

    def _started(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
            kept = str(kept_cluster.current.folder) if kept_cluster.current else ""
            with theirs:
                process = subprocess.Popen(
                    [sys.executable, str(_WARM_PYTHON), str(theirs.fileno()), str(_LARGEST), kept],
                    env=self._environment,
                    cwd="/",
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
            control = self._control

            def end() -> None:
                control.close()
                process.wait()

            atexit.register(end)
        return self._control


_parent = Parent(os.environ)


class _Warm(subprocess.Popen[str]):
    """A process that the warm Python forks, which is therefore not our child."""

    _answer: socket.socket

    def __init__(self, parent: Parent, *arguments: Any, **options: Any) -> None:
        self._parent = parent
        super().__init__(*arguments, **options)

    def _execute_child(self, args: Sequence[str], *given: Any) -> None:
        # (executable, preexec_fn, close_fds, pass_fds, cwd, env, …, six descriptors, …), the same in 3.11 to 3.13.
        cwd, env = given[4:6]
        read, stdin, stdout, out, stderr, err = given[9:15]
        sys.audit("subprocess.Popen", args[0], args, cwd, env)
        wanted = {
            "words": args[1:] if args[0] == sys.executable and args[1] in _OPTIONS else ["", *_script(args)],
            "folder": str(cwd),
            "environment": env,
            "copies": kept_cluster.current is not None and kept_cluster.current.copies,
        }
        try:
            self.pid, self._answer = self._parent.fork(json.dumps(wanted).encode(), [read, out, err])
            self._child_created = True
        finally:
            self._close_pipe_fds(read, stdin, stdout, out, stderr, err)  # type: ignore[attr-defined]

    def _internal_poll(self, *_: Any, **__: Any) -> int | None:
        # At the end of the tests what answers is gone before what is left of the processes.
        with suppress(EOFError):
            if self.returncode is None and (told := self._try_wait(os.WNOHANG))[0]:
                self._handle_exitstatus(told[1])  # type: ignore[attr-defined]
        return self.returncode

    def _try_wait(self, flags: int) -> tuple[int, int]:
        self._answer.setblocking(not flags & os.WNOHANG)
        try:
            status = _line(self._answer)
        except BlockingIOError:
            return 0, 0
        self._answer.close()
        return self.pid, int(status)


def _script(command: Sequence[str]) -> Sequence[str]:
    return command[1:] if command[0] == sys.executable else command


def _line(connection: socket.socket) -> str:
    line = b""
    while not line.endswith(b"\n"):
        part = connection.recv(1)
        if not part:
            raise EOFError("the warm Python is gone")
        line += part
        connection.setblocking(True)
    return line.decode()


def start(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    stderr: int = subprocess.PIPE,
    parent: Parent = _parent,
) -> subprocess.Popen[str]:
    """`[sys.executable, "-m" or "-c" or a script, …]`, or a script in the folder of this Python, left running; its output is
    captured.

    A fresh interpreter where a variable that decides how one starts differs from ours.
    """
    given = dict(os.environ if env is None else env)
    options: dict[str, Any] = {"env": given, "cwd": cwd, "stdin": stdin, "stdout": subprocess.PIPE, "stderr": stderr}
    by_python = command[0] == sys.executable and (command[1] in _OPTIONS or Path(command[1]).is_absolute())
    assert by_python or Path(command[0]).parent == Path(sys.executable).parent, command
    if parent.suits(given):
        return _Warm(parent, command, text=True, **options)
    return subprocess.Popen(command, text=True, **options)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
    parent: Parent = _parent,
) -> subprocess.CompletedProcess[str]:
    """The same to its end, as `subprocess.run` does it."""
    process = start(command, cwd=cwd, env=env, parent=parent)
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    except BaseException:
        process.kill()
        raise
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)
