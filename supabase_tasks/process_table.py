"""The processes of this machine, as far as we may see them: whose child, which command, how much memory, since when."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import process

_STARTED = 19
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_RSS = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One process: its parent, its command line with blanks between the arguments, and its start in seconds since 1970."""

    pid: int
    parent: int
    command: str
    started: float


def read() -> Mapping[int, Entry]:
    """Every process that shows its command line, by number; empty on Windows, where none of ours can run."""
    if sys.platform == "win32":
        return {}
    return _from_proc() if sys.platform == "linux" else _from_ps()


def family(table: Mapping[int, Entry], first: int) -> tuple[int, ...]:
    """The process and its descendants."""
    found = [first]
    for pid in found:
        found += [entry.pid for entry in table.values() if entry.parent == pid and entry.pid not in found]
    return tuple(found)


def memory(pids: Iterable[int]) -> int:
    """The bytes that the processes take together; what several share counts once where the system says so (Linux)."""
    if sys.platform != "linux":
        shown = process.run(["ps", "-o", "rss=", "-p", ",".join(map(str, pids))], check=False).stdout
        return 1024 * sum(int(text) for text in shown.split() if text.isdigit())
    return 1024 * sum(_kibibytes(pid) for pid in pids)


def _kibibytes(pid: int) -> int:
    for name, pattern in (("smaps_rollup", _PSS), ("status", _RSS)):
        try:
            found = pattern.search(Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
        if found:
            return int(found[1])
    return 0


def _from_proc() -> dict[int, Entry]:
    booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    ticks = os.sysconf("SC_CLK_TCK")
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
            # The name of the program, in brackets, may hold anything.
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(folder.name)
        found[pid] = Entry(pid, int(fields[1]), command, booted + int(fields[_STARTED]) / ticks)
    return found


def _from_ps() -> dict[int, Entry]:
    found = {}
    lines = process.run(["ps", "-axwwo", "pid=,ppid=,etime=,command="], check=False).stdout.splitlines()
    for line in lines:
        pid, parent, elapsed, command = (*line.split(None, 3), "")[:4]
        found[int(pid)] = Entry(int(pid), int(parent), command.strip(), time.time() - _seconds(elapsed))
    return found


def _seconds(elapsed: str) -> int:
    """`[[days-]hours:]minutes:seconds`, as ps prints it."""
    days, _, clock = elapsed.rpartition("-")
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total + 86_400 * int(days or 0)
