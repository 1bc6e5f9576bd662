"""Ctrl-C, held back where it would come between two steps that belong together."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Self


class HeldBack:
    """In `with HeldBack() as held:` nothing is different until `begin`. From there to the end of the block SIGINT is noted
    and not delivered; then it goes to the handler that was there (Python's raises `KeyboardInterrupt`).

    Nothing happens off the main thread (Python handles signals in that one), or where SIGINT is ignored. A program that
    is started meanwhile has the system's own handling: no signal is blocked.
    """

    def __init__(self) -> None:
        self._handler: Callable[[int, FrameType | None], Any] | None = None
        self._noted = self._committed = False

    def __enter__(self) -> Self:
        return self

    def begin(self) -> None:
        """From here on, Ctrl-C waits."""
        before = signal.getsignal(signal.SIGINT)
        if callable(before) and threading.current_thread() is threading.main_thread():
            self._handler = before
            signal.signal(signal.SIGINT, self._note)

    def __exit__(self, *_: object) -> None:
        handler, self._handler = self._handler, None
        if handler is None:
            return
        signal.signal(signal.SIGINT, handler)
        if self._noted and not self._committed:
            handler(signal.SIGINT, None)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._noted = True
