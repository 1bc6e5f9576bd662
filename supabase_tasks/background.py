"""Work in a background thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

# Enough for cloning what is being cloned; a long replay, or the DDL of a thousand tables, is not waited for.
_ABANDONED_SECONDS = 5.0


class BackgroundTask(Generic[T]):
    """A function that runs in a thread of its own; its error comes with `result`."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._value: list[T] = []
        self._error: list[BaseException] = []
        self._unwanted: Callable[[T], None] | None = None
        self._lock = threading.Lock()
        # Not Thread.join: one that Ctrl-C interrupts takes the thread for ended ever after (CPython 3.11, bpo-45274), and
        # its unfinished result would be lost.
        self._ended = threading.Event()
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[], T]) -> None:
        try:
            value = work()
            with self._lock:
                self._value.append(value)
                if self._unwanted is not None:
                    self._unwanted(value)
        except BaseException as error:
            self._error.append(error)
        finally:
            self._ended.set()

    def cancel(self, dispose: Callable[[T], None]) -> None:
        """The result is not needed: pass it to `dispose`, now or when it is there; waits a moment for that."""
        with self._lock:
            self._unwanted = dispose
            if self._value:
                dispose(self._value[0])
        self._ended.wait(_ABANDONED_SECONDS)

    def result(self) -> T:
        """What the function returned; waits for it. Raises what it raised."""
        self._ended.wait()
        if self._error:
            raise self._error[0]
        return self._value[0]
