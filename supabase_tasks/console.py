"""Output: text for people, one JSON document for programs. What is shown is what is there, without the secrets.

Every text for people passes through `_line` or `_text`: secrets are masked first, and characters that a terminal obeys
or that are not seen are then written as escapes. `say` and `note` write one line whatever is in it; several lines are
written on purpose (`text`, `note_text`). Nothing else of the package writes to a stream: a test holds that.

With `--json` standard output carries exactly one JSON document and everything else goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TextIO

from supabase_tasks import command_line, library_messages, prose, streams, table_layout, visible
from supabase_tasks.redaction import redact, redact_values

# Set by the CI services whose runners take commands from the log.
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD")

_COLOURS = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "magenta": "35"}

# A tuple is a cell of several lines.
Cell = str | tuple[str, ...]


@dataclass(slots=True)
class _State:
    json: bool = False
    reported: bool = False
    transient: bool = False


_state = _State()
# What has to be quiet while a person is asked.
_pauses: list[Callable[[], None]] = []
# One at a time writes: the command, and the thread that shows what it is doing.
_turn = threading.RLock()


def _renew() -> None:
    global _turn
    _turn = threading.RLock()
    _state.transient = False


if hasattr(os, "register_at_fork"):
    # The thread that may hold it is not in the copy.
    os.register_at_fork(after_in_child=_renew)


def start(*, as_json: bool) -> None:
    """Begin a task's output (called by the boundary)."""
    _state.json, _state.reported = as_json, False
    library_messages.pass_through(_text)


def is_json() -> bool:
    """Whether the running task was asked for `--json`."""
    return _state.json


def flush() -> None:
    """Write out what is still held back; a reader that has gone is no failure of ours."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def say(line: str = "", colour: str = "") -> None:
    """A line for people: standard output, or standard error under `--json`. A line break in it is made visible.

    `colour`, where there is one: `red`, `yellow`, `magenta`, `green`, `bold`.
    """
    _write_line(_people(), line, colour)


def _write_line(stream: TextIO, line: str, colour: str) -> None:
    code = _COLOURS.get(colour) if may_colour(stream) else None
    shown = prose.fit(_line(prose.from_here(line)), stream)
    _write(stream, f"\x1b[{code}m{shown}\x1b[0m\n" if code else f"{shown}\n")


def note(line: str, colour: str = "") -> None:
    """`say` apart from the result (progress, warnings): always standard error."""
    _write_line(sys.stderr, line, colour)


def text(lines: str) -> None:
    """Several lines for people, such as SQL to read before an answer: where `say` goes.

    Indented: what a name with a line break in it puts on a line of its own is seen to be part of the text.
    """
    if lines:
        _write(_people(), _indent(_text(lines)))


def next_step(command: str, *others: str) -> None:
    """What may follow a success: one command that can be pasted, and those that may be run instead."""
    note_command(f"next: {command_line.here(command)}")
    for other in others:
        note_command(f"or: {command_line.here(other)}")


def note_command(command: str) -> None:
    """`note`, as long as it is: what is copied from a terminal must be one command."""
    _write(sys.stderr, _line(command) + "\n")


def say_command(command: str) -> None:
    """`say`, as long as it is: what is copied from a terminal must be one command."""
    _write(_people(), _line(command) + "\n")


def note_text(lines: str) -> None:
    """Several lines in addition to the result, laid out by the caller: always standard error."""
    _write(sys.stderr, _text(lines).removesuffix("\n") + "\n")


def out(product: str) -> None:
    """The task's own product, such as SQL: standard output, nothing under `--json`.

    In a pipe or file it is untouched but for redaction, because it is run or read by a program; on a terminal its
    hidden characters are made visible.
    """
    if not _state.json:
        shown = redact(product if product.endswith("\n") or not product else product + "\n")
        if sys.stdout.isatty():
            _write(sys.stdout, visible.text(shown))
        else:
            clear_transient()
            streams.put_product(sys.stdout, shown)


def _line(value: str) -> str:
    return _for_the_log(visible.line(redact(value)))


def _text(value: str) -> str:
    return _for_the_log(visible.text(redact(value)))


def _indent(lines: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in lines.removesuffix("\n").split("\n"))


def _for_the_log(shown: str) -> str:
    return visible.disarm(shown) if any(map(os.environ.get, _RUNNERS)) else shown


def _people() -> TextIO:
    return sys.stderr if _state.json else sys.stdout


def _write(stream: TextIO, shown: str) -> None:
    with _turn:
        _clear()
        streams.put(stream, shown)


def disclose(line: str) -> None:
    """The one way past redaction: a line with a secret that was asked for by name (`supabase-status --env`), to standard
    output and nowhere else."""
    print(line, flush=True)


# A report is any JSON-ready mapping; each task documents its own keys.
def report(data: Mapping[str, Any]) -> None:
    """The task's result for programs: printed as one JSON document under `--json`, nothing otherwise."""
    if _state.json and not _state.reported:
        _state.reported = True
        _write(sys.stdout, document({"ok": True, **data}) + "\n")


def report_error(data: Mapping[str, Any]) -> None:
    """A failure for programs: `{"ok": false, "error": {…}}` under `--json`."""
    if _state.json and not _state.reported:
        _state.reported = True
        _write(sys.stdout, document({"ok": False, "error": data}) + "\n")


def document(data: object, *, indent: int | None = 2) -> str:
    """`data` as JSON, its texts redacted, its hidden characters as JSON escapes: the same values when read."""
    return visible.document(json.dumps(redact_values(data), indent=indent, ensure_ascii=False))


def interactive() -> bool:
    """Whether a person can answer: standard input and error are terminals, no `--json`, not CI."""
    return not _state.json and not os.environ.get("CI") and sys.stdin.isatty() and sys.stderr.isatty()


def before_questions(pause: Callable[[], None]) -> None:
    """`pause` is called before every question."""
    _pauses.append(pause)


def ask(question: str) -> str:
    """A line typed by the person (the prompt goes to standard error). Raises `EOFError` at end of input."""
    for pause in _pauses:
        pause()
    _write(sys.stderr, _line(question) + " ")
    try:
        return input().strip()
    except (KeyboardInterrupt, EOFError):
        _write(sys.stderr, "\n")
        raise


def printable(line: str) -> str:
    """`line` masked and made visible, for a caller that lays it out itself."""
    return _line(line)


def uses_colour() -> bool:
    """Whether colour belongs on standard output: a terminal, no `NO_COLOR`, not under `--json`."""
    return may_colour(sys.stdout) and not _state.json


def may_colour(stream: TextIO) -> bool:
    """Whether colour belongs on `stream`: a terminal that has it, and no `NO_COLOR`."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """How many columns a line for people may have: the terminal's, or no limit that matters in a pipe."""
    return prose.width_of(_people()) or table_layout.PIPE_WIDTH


def table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], title: str | None = None) -> None:
    """A table for people: boxed in a terminal, as wide as it; plain columns in a pipe."""
    tables([(columns, rows, title)])


def tables(contents: Sequence[tuple[Sequence[str], Sequence[Sequence[Cell]], str | None]]) -> None:
    """Tables below each other, all in one form; masked and made visible before the layout breaks the lines."""
    masked = [
        ([*map(_line, columns)], [[*map(_cell, row)] for row in rows], title and _line(title))
        for columns, rows, title in contents
    ]
    _write(_people(), "\n".join(table_layout.draw_tables(_people(), masked, coloured=uses_colour())))


def _cell(content: Cell) -> str:
    return "\n".join(map(_line, (content,) if isinstance(content, str) else content))


def shows_transient() -> bool:
    """Whether a line that goes away again can be shown: standard error is a terminal that moves its cursor."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def show_transient(line: str) -> None:
    """Show one line at the bottom, in place of the one shown so before."""
    columns = width()
    cut = _line(line)
    cut = cut if len(cut) < columns else cut[: columns - 2] + "…"
    with _turn:
        _state.transient = True
        streams.put_at_once(f"\r\x1b[K{cut}")


def show_unless(over: Callable[[], bool], show: Callable[[], None]) -> None:
    """`show`, unless it is `over` by now: the command cannot end it in between."""
    with _turn:
        if not over():
            show()


def clear_transient() -> None:
    """Take the line away that `show_transient` showed."""
    with _turn:
        _clear()


def _clear() -> None:
    if _state.transient:
        _state.transient = False
        streams.put_at_once("\r\x1b[K")


def note_traceback() -> None:
    """The exception that is being handled, with its traceback, on standard error."""
    import traceback

    _write(sys.stderr, _indent(_text(traceback.format_exc())))
