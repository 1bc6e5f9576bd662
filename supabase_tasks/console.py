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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from supabase_tasks import visible
from supabase_tasks.redaction import redact, redact_values

if TYPE_CHECKING:
    from rich.console import Console as RichConsole
    from rich.text import Text


_PIPE_WIDTH = 10_000
# Set by the CI services whose runners take commands from the log.
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD")

# A tuple is a cell of several lines.
Cell = str | tuple[str, ...]


@dataclass(slots=True)
class _State:
    json: bool = False
    reported: bool = False


_state = _State()


def quiet_libraries() -> None:
    """Models that set up logging for themselves make these print command lines and contexts of ours otherwise."""
    import logging

    for name in ("sh", "alembic"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def start(*, as_json: bool) -> None:
    """Begin a task's output (called by the boundary)."""
    _state.json, _state.reported = as_json, False
    _adopt_warnings()


def is_json() -> bool:
    """Whether the running task was asked for `--json`."""
    return _state.json


def flush() -> None:
    """Write out what is still held back; a reader that has gone is no failure of ours."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def say(line: str = "") -> None:
    """A line for people: standard output, or standard error under `--json`. A line break in it is made visible."""
    _write(_people(), _line(line) + "\n")


def note(line: str) -> None:
    """A line apart from the result (progress, warnings): always standard error. A line break in it is made visible."""
    _write(sys.stderr, _line(line) + "\n")


def text(lines: str) -> None:
    """Several lines for people, such as SQL to read before an answer: where `say` goes.

    Indented: what a name with a line break in it puts on a line of its own is seen to be part of the text.
    """
    if lines:
        _write(_people(), _indented(_text(lines)))


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
            _write_product(sys.stdout, shown)


def _line(value: str) -> str:
    return _for_the_log(visible.line(redact(value)))


def _text(value: str) -> str:
    return _for_the_log(visible.text(redact(value)))


def _indented(lines: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in lines.removesuffix("\n").split("\n"))


def _for_the_log(shown: str) -> str:
    return visible.disarmed(shown) if any(map(os.environ.get, _RUNNERS)) else shown


def _people() -> TextIO:
    return sys.stderr if _state.json else sys.stdout


def _write(stream: TextIO, shown: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    # A terminal that speaks ASCII is no reason to fail.
    stream.write(shown.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _write_product(stream: TextIO, product: str) -> None:
    try:
        stream.write(product)
    except UnicodeEncodeError:
        # Escapes would change the SQL: readers of a product read UTF-8.
        stream.flush()
        stream.buffer.write(product.encode("utf-8", "surrogateescape"))
    stream.flush()


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


def ask(question: str) -> str:
    """A line typed by the person (the prompt goes to standard error). Raises `EOFError` at end of input."""
    _write(sys.stderr, _line(question) + " ")
    return input().strip()


def coloured() -> bool:
    """Whether colour belongs on standard output: a terminal, no `NO_COLOR`, not under `--json`."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not _state.json


def _rich() -> RichConsole:
    """A rich console on the right stream, plain in pipes and with `NO_COLOR`."""
    from rich.console import Console

    stream = _people()
    # A pipe has no width: nothing is cut or wrapped there.
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(file=stream, width=width, no_color=not coloured(), highlight=False, soft_wrap=not coloured())


def table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], title: str | None = None) -> None:
    """A table for people: boxed and coloured in a terminal, plain columns in a pipe."""
    from rich import box
    from rich.table import Table

    heading = _cell(title) if title is not None else None
    drawn = Table(title=heading, box=box.ROUNDED if coloured() else None, pad_edge=False, title_justify="left")
    for column in columns:
        drawn.add_column(_cell(column), overflow="fold")
    for row in rows:
        drawn.add_row(*map(_cell, row))
    drawing = _rich()
    with drawing.capture() as captured:
        drawing.print(drawn)
    _write(_people(), captured.get())


def _cell(content: Cell) -> Text:
    """The cell masked and made visible before the layout breaks its lines.

    Text, because rich reads `[tool.x]` in a plain string as markup and drops it.
    """
    from rich.text import Text

    lines = (content,) if isinstance(content, str) else content
    return Text("\n".join(map(_line, lines)))


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Shows that something is going on: a spinner in a terminal, one line elsewhere."""
    if not (sys.stderr.isatty() and not _state.json):
        note(f"{what} …")
        yield
        return
    from rich.console import Console

    with Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR"))).status(_cell(what)):
        yield


def note_traceback() -> None:
    """The exception that is being handled, with its traceback, on standard error."""
    import traceback

    _write(sys.stderr, _indented(_text(traceback.format_exc())))


def _adopt_warnings() -> None:
    """Warnings and log records of libraries hold names and statements, too."""
    import warnings

    if not hasattr(warnings.formatwarning, "of_supabase_tasks"):
        warnings.formatwarning = _formatted(warnings.formatwarning)
    if (logging := sys.modules.get("logging")) is not None and logging.lastResort is not None:
        formatter = logging.Formatter()
        formatter.format = _formatted(formatter.format)
        logging.lastResort.setFormatter(formatter)


# Any function that writes a message.
def _formatted(function: Any) -> Any:
    def formatted(*arguments: Any, **options: Any) -> str:
        return _text(function(*arguments, **options))

    formatted.of_supabase_tasks = True  # type: ignore[attr-defined]
    return formatted
