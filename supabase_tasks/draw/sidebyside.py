"""Two texts side by side, line by line, as an HTML table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from supabase_tasks import visible
from supabase_tasks.draw.markup import text as escaped

_TOKEN = re.compile(r"\w+|\s+|\W")
Row = tuple[str, int | None, str, int | None, str]


def table(before: str, after: str) -> str:
    """Both texts with line numbers, what changed within a line marked. One side alone when the other is empty."""
    if not before or not after:
        return _single(before or after, "add" if after else "del")
    rows = "".join(_row(row) for row in _rows(_lines(before), _lines(after)))
    return f'<table class="diff"><colgroup><col class="no"><col><col class="no"><col></colgroup>{rows}</table>'


def _single(text: str, style: str) -> str:
    rows = "".join(
        f'<tr class="{style}"><td class="no">{number}</td><td class="{style}">{escaped(line)}</td></tr>'
        for number, line in enumerate(_lines(text), 1)
    )
    return f'<table class="diff one"><colgroup><col class="no"><col></colgroup>{rows}</table>'


def _lines(text: str) -> list[str]:
    # Not splitlines(): it also ends a line where no end is visible, and drops the character.
    return visible.text(text).removesuffix("\n").split("\n") if text else []


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            left, right = i1 + offset, j1 + offset
            has_left, has_right = left < i2, right < j2
            yield (
                "same" if action == "equal" else "both" if has_left and has_right else "del" if has_left else "add",
                left + 1 if has_left else None,
                old[left] if has_left else "",
                right + 1 if has_right else None,
                new[right] if has_right else "",
            )


def _row(row: Row) -> str:
    action, left_number, left, right_number, right = row
    shown_left, shown_right = _marked(left, right) if action == "both" else (escaped(left), escaped(right))
    styles = {"same": ("", ""), "both": ("del", "add"), "del": ("del", "void"), "add": ("void", "add")}[action]
    return (
        f'<tr class="{action}"><td class="no">{left_number or ""}</td><td class="{styles[0]}">{shown_left}</td>'
        f'<td class="no">{right_number or ""}</td><td class="{styles[1]}">{shown_right}</td></tr>'
    )


def _marked(left: str, right: str) -> tuple[str, str]:
    """Both lines escaped, the parts that differ in `<b>`; nothing is marked in lines that have little in common."""
    olds, news = _TOKEN.findall(left), _TOKEN.findall(right)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    if matcher.ratio() < 0.5:
        return escaped(left), escaped(right)
    old, new = "", ""
    for action, i1, i2, j1, j2 in matcher.get_opcodes():
        old += _piece(olds[i1:i2], action)
        new += _piece(news[j1:j2], action)
    return old, new


def _piece(tokens: list[str], action: str) -> str:
    text = escaped("".join(tokens))
    return text if action == "equal" or not text else f"<b>{text}</b>"
