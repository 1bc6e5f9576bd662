"""Tables as text: boxed and as wide as the terminal, plain columns in a pipe."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.box import Box

# A pipe has no width: nothing is cut or wrapped there.
PIPE_WIDTH = 10_000


def drawn(
    stream: TextIO, columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None, *, coloured: bool
) -> str:
    """The table for `stream`. `NO_COLOR` takes the colour and nothing else; `TERM=dumb` takes the lines, too."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Text, because rich reads `[tool.x]` in a plain string as markup and drops it.
    heading = Text(title) if title is not None else None
    made = Table(title=heading, box=_box(stream), pad_edge=False, title_justify="left")
    for column in columns:
        made.add_column(Text(column), overflow="fold")
    for row in rows:
        made.add_row(*map(Text, row))
    width = None if stream.isatty() else PIPE_WIDTH
    console = Console(file=stream, width=width, no_color=not coloured, highlight=False, soft_wrap=width is not None)
    with console.capture() as captured:
        console.print(made)
    # Blanks at the end only make a pasted line wrap.
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _box(stream: TextIO) -> Box | None:
    from rich import box

    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return None
    try:
        "╭─│".encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return box.ASCII
    return box.ROUNDED
