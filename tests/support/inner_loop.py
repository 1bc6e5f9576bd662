"""The inner loop, `pytest -m "not server"`: which tests need more than Python, and a guard that holds the others to it.

A test gets the marker `server` by the fixtures it uses; one that starts a program without them carries it by hand.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

MARKER = "server"
# Every fixture that starts PostgreSQL, the Supabase CLI, Nx or pre-commit; what uses one of them needs no mention.
FIXTURES = frozenset(
    {
        *("server", "make_project", "connection", "real", "dumps"),
        *("place", "module_place", "session_house", "both_clis", "empty", "clone"),
        # Helper processes, and checks that are processes of their own.
        *("helper", "plugin"),
    }
)
_PROGRAMS = re.compile(r"(postgres|initdb|pg_\w+|psql|supabase(-go)?|nx|npm|npx|node|pre-commit|inv|invoke)(\.\w+)?")
# A Python that goes on to start one of these.
_MODULES = re.compile(r"invoke|pre_commit|support\.\w+|.*\bsupabase_tasks\.(tasks\.program|postgres)\b.*", re.DOTALL)


class NeedsServerError(AssertionError):
    """A test without the marker started a program or opened a connection that it must not need."""


class Guard:
    """Whether the test that runs now may start a server, and what it started although it may not."""

    def __init__(self) -> None:
        self.allowed = True
        self.started: list[str] = []
        # Threads of an earlier test may still be tidying up.
        self._older: frozenset[int | None] = frozenset()

    @contextmanager
    def holding(self, item: pytest.Item) -> Iterator[None]:
        """Inside the block the test may start what its marker allows. Raises `NeedsServerError` at the end if it did more,
        also when the test hid that."""
        self.started.clear()
        self._older = frozenset(
            thread.ident for thread in threading.enumerate() if thread is not threading.main_thread()
        )
        self.allowed = item.get_closest_marker(MARKER) is not None
        try:
            yield
        finally:
            self.allowed = True
            if self.started:
                raise NeedsServerError(self.message)

    def refuse(self, what: str) -> None:
        """Raises `NeedsServerError` unless the test is marked."""
        if not self.allowed and threading.get_ident() not in self._older:
            self.started.append(what)
            raise NeedsServerError(self.message)

    @property
    def message(self) -> str:
        return (
            f"the test started {', '.join(self.started)}: mark it with @pytest.mark.{MARKER},"
            " or add the fixture that does so to FIXTURES in tests/support/inner_loop.py"
        )

    def install(self) -> None:
        """From now on every program and every connection of this process passes by here, however it is started."""
        import psycopg
        import sh

        def audit(event: str, arguments: tuple[Any, ...]) -> None:
            if event in ("subprocess.Popen", "os.posix_spawn") and not self.allowed:
                self._judge([str(word) for word in arguments[1]] if not isinstance(arguments[1], str) else [])

        sys.addaudithook(audit)
        psycopg.connect = self._checked(psycopg.connect, lambda _: ["psycopg.connect"])  # type: ignore[assignment]
        sh.Command.__call__ = self._checked(sh.Command.__call__, lambda given: [str(given[0]), *map(str, given[1:])])

    def _checked(
        self, original: Callable[..., Any], words: Callable[[tuple[Any, ...]], list[str]]
    ) -> Callable[..., Any]:
        @wraps(original)
        def call(*arguments: Any, **options: Any) -> Any:
            self._judge(words(arguments))
            return original(*arguments, **options)

        return call

    def _judge(self, words: Sequence[str]) -> None:
        if needs_server(words):
            self.refuse(" ".join([Path(words[0]).name, *words[1:3]])[:120])


def needs_server(words: Sequence[str]) -> bool:
    """Whether a command starts PostgreSQL, the CLI, Nx, npm or pre-commit, or a Python that may do so."""
    if not words:
        return False
    if words[0] == "psycopg.connect" or _PROGRAMS.fullmatch(Path(words[0]).name):
        return not _is_made_by_a_test(words[0])
    after = dict(pairwise(words))
    return any(option in after and _MODULES.fullmatch(after[option]) is not None for option in ("-m", "-c"))


def _is_made_by_a_test(program: str) -> bool:
    """A script in a temporary folder stands for the program whose name it has."""
    return Path(shutil.which(program) or program).is_relative_to(tempfile.gettempdir())


def mark(items: Sequence[pytest.Item]) -> None:
    """Give the marker to every test that uses one of the fixtures."""
    for item in items:
        if FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKER)
