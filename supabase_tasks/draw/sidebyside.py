"""Two texts side by side, line by line, as an HTML table: `+` and `−` say what came and what went, also without colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from supabase_tasks.draw.line_rows import LineRow, lines, rows, runs
from supabase_tasks.draw.markup import line as attribute
from supabase_tasks.draw.markup import text as escaped

_TOKEN = re.compile(r"\w+|\s+|\W")
# Fewer unchanged lines than these are not worth a fold.
_FOLDED_AT_LEAST = 6
_HEAD = '<thead><tr><th scope="col" colspan="2">Before</th><th scope="col" colspan="2">After</th></tr></thead>'


def table(before: str, after: str, label: str = "") -> str:
    """Both texts with line numbers, what changed within a line marked. One side alone when the other is empty."""
    if not before or not after:
        return _single(before or after, "add" if after else "del", label)
    shown = "".join(_body(found, far) for far, found in runs(rows(before, after)))
    columns = '<colgroup><col class="no"><col><col class="no"><col></colgroup>'
    return f'<table class="diff" aria-label="{attribute(label)}">{columns}{_HEAD}{shown}</table>'


def _single(text: str, style: str, label: str) -> str:
    """One side alone: plain lines, for a page may hold thousands of them."""
    tag = "ins" if style == "add" else "del"
    shown = "".join(f'<{tag} class="l">{escaped(line)}\n</{tag}>' for line in lines(text))
    return f'<pre class="one {style}" aria-label="{attribute(label)}"><code>{shown}</code></pre>'


def _body(found: Sequence[LineRow], far: bool) -> str:
    inner = "".join(map(_row, found))
    if not far or len(found) < _FOLDED_AT_LEAST:
        return f"<tbody>{inner}</tbody>"
    button = f'<button type="button" class="unfold">{len(found)} unchanged lines</button>'
    more = f'<tbody class="more" hidden><tr><td colspan="4">{button}</td></tr></tbody>'
    return f'{more}<tbody class="far">{inner}</tbody>'


def _row(row: LineRow) -> str:
    both = row.action == "both"
    left, right = _mark_differences(row.left, row.right) if both else (escaped(row.left), escaped(row.right))
    styles = {"same": ("", ""), "both": ("del", "add"), "del": ("del", "void"), "add": ("void", "add")}[row.action]
    return (
        f'<tr class="{row.action}"><td class="no">{row.left_number or ""}</td>{_cell(left, styles[0])}'
        f'<td class="no">{row.right_number or ""}</td>{_cell(right, styles[1])}</tr>'
    )


def _cell(shown: str, style: str) -> str:
    """A line that went or came is text of its own kind, with a sign that is read and copied, too."""
    if style == "add":
        return f'<td class="add"><span class="m">+</span><ins>{shown}</ins></td>'
    if style == "del":
        return f'<td class="del"><span class="m">−</span><del>{shown}</del></td>'
    return f'<td class="{style}">{shown}</td>' if style else f"<td>{shown}</td>"


def _mark_differences(left: str, right: str) -> tuple[str, str]:
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
