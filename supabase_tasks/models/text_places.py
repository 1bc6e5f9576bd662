"""The line of a text in the author's file: an error in SQL is where the SQL is written, not where its table begins."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from supabase_tasks.models.declaration import Origin


def line_of_parameter(origin: Origin, key: str) -> Origin:
    """Where what is declared at `origin` writes `:key` in a text; `origin` where no text of its has it."""
    written = re.compile(rf"(?<![:\\\w]):{re.escape(key)}\b")
    return next(
        (_at(origin, node, found.start()) for node in _texts(origin) if (found := written.search(node.value))), origin
    )


def line_of_position(origin: Origin, sql: str, position: int) -> Origin:
    """Where what is declared at `origin` writes the text that `sql` has at `position` (from 1); `origin` where it writes none."""
    found = [(len(node.value), node, offset) for node in _texts(origin) for offset in _offsets(node, sql, position - 1)]
    if not found:
        return origin
    _, node, offset = max(found, key=lambda one: one[0])
    return _at(origin, node, offset)


def line_of_text(origin: Origin, text: str) -> Origin:
    """Where what is declared at `origin` writes just `text`; `origin` where it does not."""
    return next((_at(origin, node, 0) for node in _texts(origin) if node.value == text), origin)


class _Text(ast.Constant):
    value: str


def _texts(origin: Origin) -> Iterator[_Text]:
    """The texts of the innermost statement that `origin` lies in."""
    try:
        tree = ast.parse(origin.file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, SyntaxError):
        return
    around = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _holds(node, origin.line)]
    # `walk` goes level by level: the last one is the innermost.
    for node in ast.walk(around[-1]) if around else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node  # type: ignore[misc]


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _offsets(node: _Text, sql: str, position: int) -> Iterator[int]:
    """How far into the text of `node` the position is, for each place of `sql` that has the whole of it around the position."""
    # SQLAlchemy takes the backslash before a colon away.
    text = node.value.replace("\\:", ":")
    bare = text.strip()
    begin = sql.find(bare) if bare else -1
    while begin >= 0:
        if begin <= position < begin + len(bare):
            yield position - begin + len(text) - len(text.lstrip())
        begin = sql.find(bare, begin + 1)


def _at(origin: Origin, node: _Text, offset: int) -> Origin:
    line = node.lineno + node.value[:offset].count("\n")
    return replace(origin, line=min(line, node.end_lineno or line))
