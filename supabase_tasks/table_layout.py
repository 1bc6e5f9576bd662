"""Tables as text: boxed and as wide as the terminal, plain columns in a pipe; row below row where a column would cut words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from supabase_tasks import prose

if TYPE_CHECKING:
    from rich.box import Box

# Columns, rows and the title.
Content = tuple[Sequence[str], Sequence[Sequence[str]], str | None]
# A pipe has no width: nothing is cut or wrapped there.
PIPE_WIDTH = 10_000


def draw_table(
    stream: TextIO, columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None, *, coloured: bool
) -> str:
    """The table for `stream`. `NO_COLOR` takes the colour and nothing else; `TERM=dumb` takes the lines, too."""
    (drawn,) = draw_tables(stream, [(columns, rows, title)], coloured=coloured)
    return drawn


def draw_tables(stream: TextIO, tables: Sequence[Content], *, coloured: bool) -> Iterator[str]:
    """Tables that are shown together, all in one form: where one of them has no room for its box, none has a box."""
    width = prose.width_of(stream)
    widths = [_widths(columns, rows, width) if width else [None] * len(columns) for columns, rows, _ in tables]
    for content, given in zip(tables, widths, strict=True):
        if width and None in widths:
            yield "\n".join(_stack(*content, width)) + "\n"
        else:
            yield _draw_box(stream, content, width, given or [], coloured=coloured)


def _draw_box(
    stream: TextIO, content: Content, width: int | None, widths: Sequence[int | None], *, coloured: bool
) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns, rows, title = content
    # Text, because rich reads `[tool.x]` in a plain string as markup and drops it.
    heading = Text(title) if title is not None else None
    made = Table(title=heading, box=_box(stream), pad_edge=False, title_justify="left")
    for column, given in zip(columns, widths, strict=True):
        made.add_column(Text(column), overflow="fold", width=given)
    for row in rows:
        made.add_row(*map(Text, row))
    console = Console(
        file=stream, width=width or PIPE_WIDTH, no_color=not coloured, highlight=False, soft_wrap=width is None
    )
    with console.capture() as captured:
        console.print(made)
    # Blanks at the end only make a pasted line wrap.
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int | None] | None:
    """The widths of the columns in a box of `width`, None where a word would be cut: a URL, a file name or a variable is
    copied as a whole."""
    cells = list(zip(columns, *rows, strict=True))
    least = [max((prose.columns(word) for text in column for word in text.split()), default=0) for column in cells]
    wanted = [max((prose.columns(line) for text in column for line in text.split("\n")), default=0) for column in cells]
    # Between two columns stand a line and two blanks.
    left = width - sum(least) - (3 * len(least) - 1)
    if left < 0:
        return None
    # The rest goes to those that want least of it first.
    for index in sorted(range(len(least)), key=lambda one: wanted[one] - least[one]):
        more = min(wanted[index] - least[index], left)
        least[index] += more
        left -= more
    return [*least]


def _stack(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None, width: int) -> Iterator[str]:
    """Each row as lines: its first cell (with the next, where that is a mark alone), then one line for each other cell."""
    heads = 2 if len(columns) > 2 and all(len(row[0]) < 2 for row in rows) else 1
    yield from filter(None, (title, " ".join(filter(None, columns[:heads]))))
    for row in rows:
        head = " ".join(filter(None, map(str.strip, row[:heads])))
        if (
            len(row) == heads + 1
            and not columns[heads]
            and prose.columns(f"{head}  {row[heads]}") <= width
            and "\n" not in row[heads]
        ):
            yield f"{head}  {row[heads]}"
            continue
        yield head
        for name, cell in zip(columns[heads:], row[heads:], strict=True):
            for index, part in enumerate(filter(None, cell.split("\n"))):
                head = "    " if index else f"  {name}: " if name else "  "
                yield from prose.wrap(part, width, head, "    ")


def _box(stream: TextIO) -> Box | None:
    from rich import box

    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return None
    try:
        "╭─│".encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return box.ASCII
    return box.ROUNDED
