"""Takes from this process what Python on Windows does not have, then runs a program of ours: `windows.py inv --list`.

The standard library and the libraries that have a way of their own for Windows are imported first: they took the one for this
machine.
"""

from __future__ import annotations

import importlib.abc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import invoke.main
import platformdirs
import psycopg

LOADED_FIRST = (invoke.main, psycopg, platformdirs)
MODULES = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "sh", "syslog", "termios", "tty"})
MISSING = {
    os: (
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_PATH O_TMPFILE chown fchmod fchown fork forkpty getegid geteuid "
        "getgid getgroups getpgid getuid killpg lchown memfd_create mkfifo pidfd_open posix_spawn pread pwrite "
        "register_at_fork sched_getaffinity setgid setsid setuid statvfs"
    ),
    signal: "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH",
    socket: "AF_UNIX SO_PEERCRED",
}


class Absent(importlib.abc.MetaPathFinder):
    """Finds the modules that Windows does not have, to say that they are not there."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r} (as on Windows)", name=fullname)
        return None


def as_on_windows() -> None:
    """Take away what is missing there."""
    # Its own way on Windows needs no signal.
    subprocess.Popen.kill = subprocess.Popen.terminate  # type: ignore[method-assign]
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Absent())
    for module, names in MISSING.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    # The helper is used on Linux only.
    os.environ["SUPABASE_TASKS_PRELOAD"] = "0"


def main() -> None:
    program, sys.argv = sys.argv[1], sys.argv[1:]
    as_on_windows()
    if program == "inv":
        invoke.main.program.run()
    elif program == "supabase-tasks-hook":
        from supabase_tasks.hooks.main import main as hook

        sys.exit(hook())
    else:
        from supabase_tasks.tasks.program import main as console_script

        console_script()


if __name__ == "__main__":
    main()
