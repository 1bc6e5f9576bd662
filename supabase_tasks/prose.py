"""Lines for people as they fit where they are read: no word is cut at a terminal's edge, and a path is told from where
the person stands."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

# A terminal narrower than this is left to break lines by itself.
NARROWEST = 20
_WORD = re.compile(r"\s*\S+")
_UNKNOWN_WIDTH = 80


def width_of(stream: TextIO) -> int | None:
    """The columns of the terminal that `stream` is; None for a pipe or a file, which has no width."""
    if not stream.isatty():
        return None
    if (told := os.environ.get("COLUMNS", "")).isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _UNKNOWN_WIDTH
    except (OSError, ValueError):
        return _UNKNOWN_WIDTH


def columns(text: str) -> int:
    """How many columns a terminal takes for `text`: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, first: str = "", rest: str = "", *, cut: bool = False) -> list[str]:
    """`text` in lines of at most `width` columns, broken between words; at least one line, the first after `first`, the
    others after `rest`. A longer word stands on a line of its own: the terminal breaks it, and copies it whole. With
    `cut` it is broken here, for what does not reach a terminal as it is."""
    width = max(width, NARROWEST)
    words = _WORD.findall(text)
    if cut:
        most = width - max(map(columns, (first, rest)))
        words = [piece for word in words for piece in _pieces(word, most)]
    return list(_lines(words, width, first, rest))


def _lines(words: Iterable[str], width: int, line: str, rest: str) -> Iterator[str]:
    started = False
    for word in words:
        if started and columns(line) + columns(word) > width:
            yield line
            line, word = rest, word.lstrip()
        line, started = line + word, True
    yield line


def _pieces(word: str, most: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if columns(piece.lstrip()) + columns(character) > most:
            yield piece
            piece = ""
        piece += character
    yield piece


def fit(line: str, stream: TextIO) -> str:
    """`line` broken between words where `stream` is a terminal and it is wider than that; the lines after the first are
    indented by two blanks more than it."""
    width = width_of(stream)
    if width is None or columns(line) <= width:
        return line
    margin = line[: len(line) - len(line.lstrip())]
    return "\n".join(wrap(line, width, rest=f"{margin}  "))


def from_here(text: str) -> str:
    """`text` with every path below the current folder relative to it: `files.from_here` inside a sentence."""
    here = str(Path.cwd())
    return text if here == "/" or here not in text else re.sub(rf"(?<![\w./~-]){re.escape(here)}/", "", text)
