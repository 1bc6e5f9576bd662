"""Waiting for what must happen: polling with a deadline, never a sleep that is hoped to be long enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_PAUSE = 0.01
# A look that is a whole connection to a server would otherwise keep a processor busy that what it waits for needs.
_LONGER_THAN_THE_LOOK, _LONGEST_PAUSE = 5, 0.3


def until(condition: Callable[[], T], *, seconds: float = 30.0, what: str = "the condition") -> T:
    """Poll `condition` until it is true and return its value. Raises `AssertionError` when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        began = time.monotonic()
        if value := condition():
            return value
        now = time.monotonic()
        assert now < deadline, f"{what} did not hold within {seconds:g} s"
        time.sleep(max(_PAUSE, min(_LONGER_THAN_THE_LOOK * (now - began), _LONGEST_PAUSE)))


def until_older(*paths: Path, nanoseconds: int) -> None:
    """Wait until the last change of every file is longer ago than `nanoseconds`, by the clock that stamps files."""
    changed = max(max(found.st_mtime_ns, found.st_ctime_ns) for found in (path.stat() for path in paths))
    until(lambda: time.time_ns() - changed > nanoseconds, what="the files' age")
