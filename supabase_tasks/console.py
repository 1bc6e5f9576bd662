"""Output: text for people, one JSON document for programs, both redacted.

With `--json` standard output carries exactly one JSON document and everything else goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.redaction import redact

if TYPE_CHECKING:
    from rich.console import Console as RichConsole


_PIPE_WIDTH = 10_000


@dataclass(slots=True)
class _State:
    json: bool = False
    reported: bool = False


_state = _State()


def start(*, as_json: bool) -> None:
    """Begin a task's output (called by the boundary)."""
    _state.json, _state.reported = as_json, False


def is_json() -> bool:
    """Whether the running task was asked for `--json`."""
    return _state.json


def flush() -> None:
    """Write out what is still held back; a reader that has gone is no failure of ours."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def say(text: str = "") -> None:
    """A line for people: standard output, or standard error under `--json`."""
    print(redact(text), file=sys.stderr if _state.json else sys.stdout, flush=True)


def note(text: str) -> None:
    """A line beside the result (progress, warnings): always standard error."""
    print(redact(text), file=sys.stderr, flush=True)


def out(text: str) -> None:
    """The task's own product, such as SQL: standard output, untouched but for redaction; nothing under `--json`."""
    if not _state.json:
        sys.stdout.write(redact(text if text.endswith("\n") or not text else text + "\n"))
        sys.stdout.flush()


# A report is any JSON-ready mapping; each task documents its own keys.
def report(data: Mapping[str, Any]) -> None:
    """The task's result for programs: printed as one JSON document under `--json`, nothing otherwise."""
    if _state.json and not _state.reported:
        _state.reported = True
        print(redact(json.dumps({"ok": True, **data}, indent=2, default=str, ensure_ascii=False)), flush=True)


def report_error(data: Mapping[str, Any]) -> None:
    """A failure for programs: `{"ok": false, "error": {…}}` under `--json`."""
    if _state.json and not _state.reported:
        _state.reported = True
        print(redact(json.dumps({"ok": False, "error": data}, indent=2, default=str, ensure_ascii=False)), flush=True)


def interactive() -> bool:
    """Whether a person can answer: standard input and error are terminals, no `--json`, not CI."""
    return not _state.json and not os.environ.get("CI") and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """A line typed by the person (the prompt goes to standard error). Raises `EOFError` at end of input."""
    print(redact(question), end=" ", file=sys.stderr, flush=True)
    return input().strip()


def coloured() -> bool:
    """Whether colour belongs on standard output: a terminal, no `NO_COLOR`, not under `--json`."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not _state.json


def rich() -> RichConsole:
    """A rich console on the right stream, plain in pipes and with `NO_COLOR`."""
    from rich.console import Console

    stream = sys.stderr if _state.json else sys.stdout
    # A pipe has no width: nothing is cut or wrapped there.
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, no_color=not coloured(), highlight=False, soft_wrap=not coloured())


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None = None) -> None:
    """A table for people: boxed and coloured in a terminal, plain columns in a pipe."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, box=box.ROUNDED if coloured() else None, pad_edge=False, title_justify="left")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        # Text, because rich reads `[tool.x]` in a plain string as markup and drops it.
        drawn.add_row(*(Text(redact(cell)) for cell in row))
    rich().print(drawn)


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Shows that something is going on: a spinner in a terminal, one line elsewhere."""
    if not (sys.stderr.isatty() and not _state.json):
        note(f"{what} …")
        yield
        return
    from rich.console import Console

    with Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR"))).status(redact(what)):
        yield
