"""Other programs, started with `sh` as argument lists; never through a shell, never with a secret as argument."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from supabase_tasks import child_environment, process_without_sh
from supabase_tasks.errors import TaskError
from supabase_tasks.interrupts import HeldBack
from supabase_tasks.redaction import Lines, redact

# Threads of ours that may run for as long as the process have this in front of their name: they hold no lock that a copy
# of the process would wait for.
OUR_THREADS = "supabase-tasks"
_GRACE_SECONDS = 5.0


class ProcessError(TaskError):
    """A program ended with an error; `data` holds its name, exit code and the redacted end of its output."""


@dataclass(frozen=True, slots=True)
class CompletedProgram:
    """A program that ended: exit code and what it wrote (not redacted: redact before showing)."""

    command: tuple[str, ...]
    code: int
    stdout: str = field(repr=False)
    stderr: str = field(repr=False)

    @property
    def output(self) -> str:
        """Standard output, then standard error."""
        return "\n".join(text for text in (self.stdout.strip(), self.stderr.strip()) if text)


_inherited: set[int] = set()


@contextmanager
def inherit_descriptor(descriptor: int) -> Iterator[None]:
    """Programs started meanwhile keep this file descriptor open: a lock on it lives as long as they do."""
    os.set_inheritable(descriptor, True)
    _inherited.add(descriptor)
    try:
        yield
    finally:
        _inherited.discard(descriptor)


def find(name: str) -> str | None:
    """The absolute path of a program on PATH, or None."""
    return shutil.which(name)


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str | None] | None = None,
    keeps: Sequence[str] = (),
    cwd: Path | None = None,
    check: bool = True,
    stdin: str | None = None,
    timeout: float | None = None,
    on_line: Callable[[str], None] | None = None,
    follow: Literal["both", "stderr"] = "both",
    uid: int | None = None,
) -> CompletedProgram:
    """Run a program to its end and return its exit code and output.

    The program sees the variables of this process that `child_environment` allows every program, those that `keeps`
    names (`child_environment.GIT`, …), and `env` laid over them (None removes one); secrets travel there. `on_line` sees each
    line, redacted, as it comes: of both streams, or only of standard error when standard output is a product. Without
    `stdin` the program reads an empty one. `timeout` is in seconds. `uid` runs it as that user (root only).
    Ctrl-C ends the program and its children before it goes on to the caller. Raises `ProcessError` when the program
    is missing, ran out of time or, with `check`, did not end with 0.
    """
    out, err = _Collector(on_line if follow == "both" else None), _Collector(on_line)
    if not _has_sh():
        code = _run_without_sh(command, (out, err), _environment(env, keeps), cwd, stdin or "", timeout)
        return _judge(CompletedProgram(tuple(command), code, out.text, err.text), check)
    options: dict[str, Any] = {
        "_env": _environment(env, keeps),
        "_cwd": str(cwd) if cwd else None,
        "_out": out.take,
        "_err": err.take,
        # Without it sh waits on an open pipe: a reader would hang, and every end is noticed 0.08 s late.
        "_in": stdin or "",
        # Programs speak UTF-8 whatever LANG says here (CI often has LANG=C), and one bad byte is no reason to die.
        "_encoding": "utf-8",
        "_decode_errors": "replace",
        "_tty_out": False,
        "_bg": True,
        "_bg_exc": False,
        "_uid": uid,
        "_new_session": True,
        "_pass_fds": set(_inherited) or None,
    }
    running = None
    try:
        # A Ctrl-C that came before `running` is known would leave the program at work in a session of its own.
        with HeldBack() as starting:
            starting.begin()
            running = _start(command, options)
        code = _wait(running, command, timeout)
    except BaseException as error:
        if running is not None and not isinstance(error, ProcessError):
            _end(running)
        raise
    finally:
        out.end()
        err.end()
    return _judge(CompletedProgram(tuple(command), code, out.text, err.text), check)


def _has_sh() -> bool:
    try:
        # ImportError on Windows, which it does not support.
        import sh  # noqa: F401
    except ImportError:
        return False
    return True


def _judge(done: CompletedProgram, check: bool) -> CompletedProgram:
    if check and done.code != 0:
        raise failure(done)
    return done


def _run_without_sh(
    command: Sequence[str],
    collectors: tuple[_Collector, _Collector],
    env: Mapping[str, str],
    cwd: Path | None,
    stdin: str,
    timeout: float | None,
) -> int:
    try:
        done = process_without_sh.run(command, env=env, cwd=cwd, stdin=stdin, timeout=timeout)
    except OSError as error:
        raise ProcessError(f"{command[0]} cannot be started", cause=str(error)) from error
    except process_without_sh.TooLongError as error:
        raise _took_too_long(command, timeout) from error
    for collector, text in zip(collectors, (done.stdout, done.stderr), strict=True):
        collector.take(text)
        collector.end()
    return done.code


def _took_too_long(command: Sequence[str], timeout: float | None) -> ProcessError:
    return ProcessError(f"{Path(command[0]).name} took longer than {timeout:g} s and was ended")


def _start(command: Sequence[str], options: Mapping[str, Any]) -> Any:
    import sh

    try:
        return sh.Command(command[0])(*command[1:], **{k: v for k, v in options.items() if v is not None})
    except (sh.CommandNotFound, OSError) as error:
        raise ProcessError(f"{command[0]} cannot be started", cause=str(error) or "not found") from error


def failure(done: CompletedProgram) -> ProcessError:
    """The error for a program that ended badly: its name and arguments, and the redacted end of what it wrote."""
    # Masked before it is cut: half a secret is not recognised.
    tail = "\n".join(redact(done.output).split("\n")[-20:])
    name = Path(done.command[0]).name
    shown = redact(" ".join((name, *done.command[1:4])))
    return ProcessError(
        f"{shown} ended with exit code {done.code}", cause=tail or None, data={"program": name, "exit_code": done.code}
    )


class _Collector:
    """Keeps a stream's text and hands complete, redacted lines on."""

    def __init__(self, on_line: Callable[[str], None] | None) -> None:
        self._parts: list[str] = []
        self._on_line = on_line
        self._open = ""
        self._lines = Lines()

    def take(self, chunk: str) -> None:
        self._parts.append(chunk)
        if self._on_line is not None:
            # A chunk may end anywhere, in the middle of a secret, too.
            *complete, self._open = (self._open + chunk).split("\n")
            for line in complete:
                self._hand_on(self._lines.take(line.rstrip("\r")))

    def end(self) -> None:
        """The stream has ended: what was held back is handed on."""
        if self._open:
            self._hand_on(self._lines.take(self._open.rstrip("\r")))
        self._open = ""
        self._hand_on(self._lines.rest())

    def _hand_on(self, lines: list[str]) -> None:
        for line in lines:
            if self._on_line is not None:
                self._on_line(line)

    @property
    def text(self) -> str:
        return "".join(self._parts)


def _environment(extra: Mapping[str, str | None] | None, keeps: Sequence[str]) -> dict[str, str]:
    merged: dict[str, str | None] = {**child_environment.of(keeps), **(extra or {})}
    return {key: value for key, value in merged.items() if value is not None}


# `sh` has no type stubs; a running command is opaque here.
def _wait(running: Any, command: Sequence[str], timeout: float | None) -> int:
    import sh

    limit = _Limit(running, timeout)
    try:
        # Not wait(timeout=…): sh then polls, and returns before it has read what the program wrote.
        running.wait()
    except sh.ErrorReturnCode as error:
        if not limit.expired:
            return int(error.exit_code)
    finally:
        limit.lift()
    if limit.expired:
        raise _took_too_long(command, timeout)
    return int(running.exit_code)


class _Limit:
    """Ends a program and its children when `timeout` seconds have gone by before `lift`."""

    def __init__(self, running: Any, timeout: float | None) -> None:
        self.expired = False
        self._running = running
        self._lifted = threading.Event()
        if timeout is not None:
            threading.Thread(target=self._watch, args=(timeout,), daemon=True).start()

    def lift(self) -> None:
        self._lifted.set()

    def _watch(self, timeout: float) -> None:
        if self._lifted.wait(timeout):
            return
        self.expired = True
        for name in (signal.SIGTERM, signal.SIGKILL):
            with suppress(OSError):
                os.killpg(self._running.pid, name)
            if self._lifted.wait(_GRACE_SECONDS):
                return


def _end(running: Any) -> None:
    import sh

    for name in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, OSError):
            os.killpg(running.pid, name)
        with suppress(sh.TimeoutException, sh.ErrorReturnCode):
            running.wait(timeout=_GRACE_SECONDS)
            return
