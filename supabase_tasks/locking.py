"""Locks between processes, by `flock` on files that only their user can open.

The kernel drops such a lock when the process ends, however it ends, so a lock is never stale.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supabase_tasks import command_line, console, flock, state_dir
from supabase_tasks.files import make_closed
from supabase_tasks.process import OUR_THREADS

_PATIENCE_SECONDS = 2.0
_SHOWN = 100
_SIGNATURE_BYTES = 1000
# Not on Windows, where the lock is refused by name.
_UNFOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def hold_lock(path: Path) -> Iterator[int]:
    """Hold an exclusive lock on the file `path` (made when missing), given as its descriptor; waits for its holder.

    A wait longer than two seconds is said once on standard error, with the process that holds the lock. Raises
    `DatabaseError` when the file cannot be made.
    """
    with attempt(path) as (descriptor, acquired):
        if not acquired:
            told = threading.Timer(_PATIENCE_SECONDS, _tell, (path, descriptor))
            told.name, told.daemon = f"{OUR_THREADS}-waiting", True
            told.start()
            try:
                flock.lock_exclusive(descriptor)
            finally:
                told.cancel()
            _sign(descriptor)
        yield descriptor


@contextmanager
def attempt(path: Path) -> Iterator[tuple[int, bool]]:
    """The open lock file, and whether we have the lock now; held to the end of the block. Raises as `hold_lock` does."""
    descriptor = _open(path)
    try:
        acquired = flock.try_lock_exclusive(descriptor)
        if acquired:
            _sign(descriptor)
        yield descriptor, acquired
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        make_closed(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _UNFOLLOWED, 0o600)
        # Any user who can open the file can hold the lock: files of earlier versions were open to all.
        if os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
    except OSError as error:
        raise state_dir.unwritable(path, error) from error
    return descriptor


def _sign(descriptor: int) -> None:
    # For systems that do not say who holds a lock, and for the helper's processes, which do not look like the command that they
    # run; a full disk is no reason to go without one.
    text = f"{os.getpid()} {command_line.again() or ''}".rstrip()
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode("utf-8", "replace")[:_SIGNATURE_BYTES] + b"\n", 0)


def _tell(path: Path, descriptor: int) -> None:
    with suppress(OSError):
        console.note(f"waiting for {holder(descriptor)}, which holds {path}")


def holder(descriptor: int) -> str:
    """Who holds the lock of this file, as `process N (command)`; says so when it is stopped."""
    facts = os.fstat(descriptor)
    signed = _signatures(descriptor)
    for pid in (*_from_kernel(facts), *_from_descriptors(facts), *signed):
        running = _command(pid)
        if running:
            command = _printable(signed.get(pid) or running)
            resume = f"; it is stopped: kill -CONT {pid}" if _is_stopped(pid) else ""
            return f"process {pid} ({command}){resume}"
    return "another process"


def _from_kernel(facts: os.stat_result) -> list[int]:
    """The holders that /proc/locks names (proc(5)); a line with `->` is of one that waits."""
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines if "->" not in line]
    # The device is left out: overlayfs and btrfs show another one here than fstat(2).
    return [int(one[4]) for one in fields if one[1] == "FLOCK" and one[5].endswith(f":{facts.st_ino}")]


def _from_descriptors(facts: os.stat_result) -> list[int]:
    """Processes that have the file open: a lock lives on in a child whose parent, which took it, is gone."""
    found = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        pid = int(folder.parent.name)
        with suppress(OSError):
            if pid != os.getpid() and any(_same(link, facts) for link in folder.iterdir()):
                found.append(pid)
    return found


def _same(link: Path, facts: os.stat_result) -> bool:
    try:
        other = link.stat()
    except OSError:
        return False
    return (other.st_dev, other.st_ino) == (facts.st_dev, facts.st_ino)


def _signatures(descriptor: int) -> dict[int, str]:
    """The process that took the lock last, with the command that it runs where a person typed it."""
    pid, _, command = os.pread(descriptor, _SIGNATURE_BYTES, 0).decode("utf-8", "replace").strip().partition(" ")
    return {int(pid): command} if pid.isdecimal() else {}


def _command(pid: int) -> str:
    if sys.platform == "linux":
        try:
            text = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    else:
        from supabase_tasks import process

        text = process.run(["ps", "-o", "command=", "-p", str(pid)], check=False).stdout
    return text.strip()


def _printable(command: str) -> str:
    shown = "".join(one if one.isprintable() else "?" for one in command)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _is_stopped(pid: int) -> bool:
    try:
        # The name of the program, in brackets, may hold anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in ("T", "t")
    except (OSError, IndexError):
        return False
