"""Whole processes, timed from outside: wall clock and peak memory, contestants taking turns."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks.errors import TaskError

_MIB = 1024 * 1024


class MeasureError(TaskError):
    """A contestant did not do its job: a time for it would mean nothing."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One program to be timed.

    `before` and `after` get the round's number and are not timed. `done` looks at the output (both streams) and says
    whether the job was really done; without it the exit code has to be 0.
    """

    command: Sequence[str]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[int], None] | None = None
    after: Callable[[int], None] | None = None
    done: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What the rounds gave: seconds of each, and the largest resident set of the process or any child, in MiB."""

    seconds: tuple[float, ...]
    peak_mib: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Slowest less fastest, as a part of the median."""
        return (max(self.seconds) - min(self.seconds)) / self.median


def interleaved(contestants: Mapping[str, Contestant], rounds: int, *, warm: int = 1) -> dict[str, Series]:
    """Each contestant once per round, in turns, so that a busy minute hits all of them; `warm` rounds are thrown away.

    Raises `MeasureError` when one does not do its job.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    peaks: dict[str, float] = dict.fromkeys(contestants, 0.0)
    for number in range(warm + rounds):
        for name, contestant in contestants.items():
            taken, peak = _round(name, contestant, number)
            if number >= warm:
                seconds[name].append(taken)
                peaks[name] = max(peaks[name], peak)
    return {name: Series(tuple(seconds[name]), peaks[name]) for name in contestants}


def _round(name: str, contestant: Contestant, number: int) -> tuple[float, float]:
    if contestant.before:
        contestant.before(number)
    try:
        taken, peak, code, output = once(contestant.command, contestant.cwd, contestant.env)
        if not (contestant.done(output) if contestant.done else code == 0):
            raise MeasureError(
                f"{name}: {' '.join(contestant.command[:4])} did not do its job (exit code {code})",
                cause=output[-2000:],
            )
    finally:
        if contestant.after:
            contestant.after(number)
    return taken, peak


def once(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> tuple[float, float, int, str]:
    """Seconds, peak MiB, exit code and output of one run.

    Uses the bare system calls: anything around them would be measured too, and only `wait4` tells the memory.
    """
    read, write = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, write, 1),
        (os.POSIX_SPAWN_DUP2, write, 2),
        (os.POSIX_SPAWN_CLOSE, read),
    ]
    before = Path.cwd()
    os.chdir(cwd)
    try:
        started = time.perf_counter()
        pid = os.posix_spawnp(command[0], list(command), {**os.environ, **env}, file_actions=actions)
    finally:
        os.chdir(before)
        os.close(write)
    output = _drain(read, pid)
    _, status, usage = os.wait4(pid, 0)
    taken = time.perf_counter() - started
    return taken, usage.ru_maxrss * 1024 / _MIB, os.waitstatus_to_exitcode(status), output


def _drain(read: int, pid: int) -> str:
    """Everything the process writes until it ends. A server it leaves behind may hold the pipe open: the end of the
    process counts, not the end of the pipe."""
    import select

    parts: list[bytes] = []
    watched = os.pidfd_open(pid)
    try:
        while True:
            ready, _, _ = select.select([read, watched], [], [])
            if read in ready and (chunk := os.read(read, 65536)):
                parts.append(chunk)
            elif watched in ready or read in ready:
                break
    finally:
        os.close(watched)
        os.close(read)
    return b"".join(parts).decode("utf-8", "replace")
