"""The process that ends an idle server (`idle`): a program of the standard library only, so that it is small.

    python -I -S idle_watch.py WATCHER_LOCK IN_USE DATA SECONDS

It ends when the server is gone, when it has ended it, and when another one watches.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time

_LONGEST_PAUSE = 10.0
_STOP_SECONDS = 60.0
# postmaster.pid, line by line (src/include/utils/pidfile.h).
_PID_LINE = 0


def main(arguments: list[str]) -> int:
    watcher, in_use, data, seconds = arguments
    mine = os.open(watcher, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 0
    os.ftruncate(mine, 0)
    os.pwrite(mine, b"%d\n" % os.getpid(), 0)
    watch(in_use, data, float(seconds))
    return 0


def watch(in_use: str, data: str, seconds: float) -> None:
    """Wait until the server is idle, and end it."""
    last = time.time()
    while server(data) is not None:
        try:
            descriptor = os.open(in_use, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            return
        try:
            last = max(last, os.fstat(descriptor).st_mtime)
            if not free(descriptor):
                last = time.time()
            elif time.time() - last >= seconds:
                # The lock is ours: who asks for the server now waits until it has ended.
                end(data)
                return
        finally:
            os.close(descriptor)
        time.sleep(min(_LONGEST_PAUSE, max(0.05, seconds / 4)))


def free(descriptor: int) -> bool:
    """Whether no command uses the server; then none can begin to while the file is open."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def server(data: str) -> int | None:
    """The process of the server of `data`, if it lives."""
    try:
        with open(os.path.join(data, "postmaster.pid"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            pid = int(file.read().splitlines()[_PID_LINE])
        os.kill(pid, 0)
    except PermissionError:
        return None
    except (OSError, ValueError, IndexError):
        return None
    return pid if data in command(pid) else None


def command(pid: int) -> str:
    """The command line of a process: numbers are used again."""
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read().replace("\0", " ")
    except OSError:
        import subprocess

        asked = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def end(data: str) -> None:
    """End the server in PostgreSQL's fast mode; after a minute the hard way."""
    pid = server(data)
    for how in (signal.SIGINT, signal.SIGQUIT):
        if pid is None:
            return
        try:
            os.kill(pid, how)
        except OSError:
            return
        until = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < until:
            if server(data) != pid:
                return
            time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
