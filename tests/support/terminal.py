"""A program in a terminal of its own, seen as a person sees it: the screen, not the bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

DEADLINE = 60.0
UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"
_open: list[Terminal] = []


def end_all() -> None:
    """End the programs that are left in terminals: one that waits for an answer holds its project's lock."""
    while _open:
        _open.pop().kill()


class Terminal:
    """`command` on a pty of `columns`. `screen` is what is shown now, what scrolled away included."""

    def __init__(
        self, command: Sequence[str], folder: Path, *, columns: int = 80, environment: Mapping[str, str] | None = None
    ) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
        self.columns = columns
        self._screen = pyte.HistoryScreen(columns, 40, history=2_000, ratio=1.0)
        self._stream = pyte.Stream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=folder,
            dimensions=(40, columns),
            env={**kept, "TERM": "xterm-256color", **(environment or {})},
            encoding="utf-8",
            # Not select(): a process that has run thousands of tests may have a descriptor beyond its 1,024.
            use_poll=True,
        )
        _open.append(self)

    def kill(self) -> None:
        """End the program, if it still runs."""
        self._child.close(force=True)

    @property
    def lines(self) -> list[str]:
        above = [
            "".join(row[column].data for column in range(self.columns)).rstrip() for row in self._screen.history.top
        ]
        return [*above, *(line.rstrip() for line in self._screen.display)]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines).rstrip()

    @property
    def joined(self) -> str:
        """The screen as one line: what was wrapped is found, too."""
        return " ".join(self.screen.split())

    def see(self, *texts: str) -> None:
        """Wait until all of `texts` are on the screen."""
        until = time.monotonic() + DEADLINE
        while not all(text in self.joined for text in texts):
            assert time.monotonic() < until, f"{texts} not seen:\n{self.screen}"
            if not self._feed():
                assert all(text in self.joined for text in texts), f"{texts} not seen:\n{self.screen}"

    def see_one_of(self, *texts: str) -> None:
        """Wait until one of `texts` is on the screen, or the program has ended."""
        until = time.monotonic() + DEADLINE
        while not any(text in self.joined for text in texts):
            assert time.monotonic() < until, f"none of {texts} seen:\n{self.screen}"
            if not self._feed():
                return

    def line_after(self, text: str) -> str:
        """The line below the one that says `text`."""
        lines = self.lines
        return lines[lines.index(text) + 1]

    def type(self, *keys: str) -> None:
        for key in keys:
            self._child.send(key)

    def end(self) -> int:
        """Wait for the program's end; its exit code."""
        until = time.monotonic() + DEADLINE
        while self._feed():
            assert time.monotonic() < until, self.screen
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -(self._child.signalstatus or 0))

    def take(self, text: str) -> None:
        """What the program wrote goes to the screen."""
        self._stream.feed(text)

    def _feed(self) -> bool:
        try:
            self.take(self._child.read_nonblocking(65_536, timeout=1))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True
