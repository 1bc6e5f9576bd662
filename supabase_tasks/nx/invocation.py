"""What Nx was asked for, against what it runs: Nx takes a configuration that does not exist for the default one."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from supabase_tasks.errors import SettingsError

# Nx sets both for every task it runs; the second only when the target has the configuration that was asked for
# (nx/src/tasks-runner/task-env, 20 to 24).
TARGET_VARIABLE = "NX_TASK_TARGET_TARGET"
_CONFIGURATION_VARIABLE = "NX_TASK_TARGET_CONFIGURATION"
_PROJECT_VARIABLE = "NX_TASK_TARGET_PROJECT"
_DEEPEST = 12
_OPTION = re.compile(r"^(?:--configuration|-c)(?:=(?P<value>.*))?$")


def refuse_unknown_configuration() -> None:
    """Raise `SettingsError` when Nx was asked for a configuration of this target that it has not.

    `nx run app:supabase-db-reset:staging` would reset the local database: no target of ours has configurations. Only
    the command lines of this process's ancestors tell; where they cannot be read, nothing is refused.
    """
    target, project = os.environ.get(TARGET_VARIABLE), os.environ.get(_PROJECT_VARIABLE, "")
    if target is None or os.environ.get(_CONFIGURATION_VARIABLE):
        return
    for command in ancestors():
        asked = configuration(command, target)
        if asked is not None:
            raise SettingsError(
                f"the Nx target {target} has no configuration {asked!r}: nothing was run",
                cause="Nx would run it as if none had been asked for; staging and production are targets of their own",
                next_step=f"nx run {project}:{target}",
                others=[f"nx show project {project}"],
                code="nx-configuration",
            )


def is_nx(command: Sequence[str]) -> bool:
    """Whether it is the command line of an nx."""
    return place(command) >= 0


def place(command: Sequence[str]) -> int:
    """Where the program's name stands in an nx command line (behind `node`, for instance), or -1."""
    return next((at for at, word in enumerate(command[:3]) if Path(word).name in ("nx", "nx.js")), -1)


def configuration(command: list[str], target: str) -> str | None:
    """The configuration that an nx command line asks for with `target`, or None."""
    if not is_nx(command):
        return None
    for position, word in enumerate(command):
        if word == "--":
            return None
        if (match := _OPTION.match(word)) is not None:
            return match["value"] or next(iter(command[position + 1 : position + 2]), None)
        parts = word.split(":")
        if len(parts) == 3 and parts[1] == target and not word.startswith("-"):
            return parts[2]
    return "production" if "--prod" in command else None


def ancestors() -> Iterator[list[str]]:
    """The command lines of the processes above this one, nearest first."""
    pid = os.getppid()
    for _ in range(_DEEPEST):
        if pid <= 1:
            return
        found = _linux(pid) if Path("/proc/self/stat").exists() else _ps(pid)
        if found is None:
            return
        command, pid = found
        yield command


def _linux(pid: int) -> tuple[list[str], int] | None:
    try:
        command = (
            Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="surrogateescape").removesuffix("\0").split("\0")
        )
        # The program's name stands in parentheses and may hold anything; the parent is the second field after it.
        parent = int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return command, parent


def exact() -> bool:
    """Whether `ancestors` tells the words of a command line apart as they were given."""
    return sys.platform == "darwin" or Path("/proc/self/stat").exists()


def _ps(pid: int) -> tuple[list[str], int] | None:
    from supabase_tasks.process import ProcessError, run

    try:
        done = run(["ps", "-o", "ppid=,args=", "-p", str(pid)], check=False, timeout=5)
        parent, _, arguments = done.stdout.strip().partition(" ")
        words = _darwin(pid) if sys.platform == "darwin" else shlex.split(arguments)
        return words, int(parent)
    except (ProcessError, ValueError, OSError):
        return None


def _darwin(pid: int) -> list[str]:
    """The words of a process's command line (Apple, sysctl(3), KERN_PROCARGS2): their number, the program's path, zeros,
    the words. Raises `OSError`."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    names = (ctypes.c_int * 3)(1, 49, pid)
    size = ctypes.c_size_t(1 << 20)
    data = ctypes.create_string_buffer(size.value)
    if libc.sysctl(names, 3, data, ctypes.byref(size), None, 0) != 0:
        raise OSError(ctypes.get_errno(), "sysctl")
    count = int.from_bytes(data.raw[:4], sys.byteorder)
    words = data.raw[4 : size.value].partition(b"\0")[2].lstrip(b"\0").split(b"\0")
    return [word.decode(errors="surrogateescape") for word in words[:count]]
