"""What a command is doing, told once it has lasted for a second: one line that updates in a terminal, plain lines
elsewhere.

Any layer may say what it does (`step`); a thread of ours shows it, so that a step costs no more than an assignment. What is
shown goes away before anything else is written. After `end` nothing is shown until who ended it takes another step: what
still works in the background does not write into a question, or below an error.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from supabase_tasks import console
from supabase_tasks.process import OUR_THREADS

_DELAY = 1.0
_REDRAW = 0.2
# In a log a long step says that it is still alive.
_REPEAT = 15.0


@dataclass(slots=True)
class _Step:
    """What is done since when; `done` of `total` parts where they are counted."""

    what: str
    begun: float
    done: int = 0
    total: int = 0

    @property
    def shown(self) -> str:
        return f"{self.what} ({self.done} of {self.total})" if self.total else self.what


_now: _Step | None = None
# The thread that ended it; None while something is done.
_ended_by: int | None = None
_teller: threading.Thread | None = None


def step(what: str, done: int = 0, total: int = 0) -> None:
    """From now on this is done. A step of the same name goes on counting from where it was."""
    global _now, _ended_by
    if _ended_by not in (None, threading.get_ident()):
        return
    _ended_by = None
    before = _now
    begun = before.begun if before is not None and before.what == what else time.monotonic()
    _now = _Step(what, begun, done, total)
    _start()


def end() -> None:
    """Nothing is done any more, or a person is asked: what is shown goes away."""
    global _now, _ended_by
    _now, _ended_by = None, threading.get_ident()
    console.clear_transient()


console.before_questions(end)


@contextmanager
def during(what: str) -> Iterator[None]:
    """`step`, and `end` afterwards."""
    step(what)
    try:
        yield
    finally:
        end()


@contextmanager
def within(what: str) -> Iterator[None]:
    """A step inside of another one, which goes on afterwards unless somebody has taken the next."""
    global _now
    outer = _now
    step(what)
    try:
        yield
    finally:
        if _now is not None and _now.what == what:
            _now = outer


def _start() -> None:
    global _teller
    if _teller is None or not _teller.is_alive():
        _teller = threading.Thread(target=_tell, name=f"{OUR_THREADS}-progress", daemon=True)
        _teller.start()


def _tell() -> None:
    told, told_at = "", 0.0
    while True:
        time.sleep(_REDRAW)
        current, now = _now, time.monotonic()
        if current is None or now - current.begun < _DELAY:
            continue
        if console.shows_transient():
            _show(console.show_transient, f"{current.shown} … {now - current.begun:.0f} s")
        elif current.what != told or now - told_at > _REPEAT:
            since = f" {now - current.begun:.0f} s" if current.what == told else ""
            told, told_at = current.what, now
            _show(console.note, f"{current.shown} …{since}")


def _show(how: Callable[[str], None], line: str) -> None:
    console.show_unless(lambda: _now is None, lambda: how(line))
