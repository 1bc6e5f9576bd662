"""Long SQL over several lines, as a person would break it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from supabase_tasks.flow.importing.sql_tokens import Group, Node, flat, is_word, parse

CLAUSES = ("from", "where", "join", "left", "right", "inner", "cross", "group", "order", "having", "limit", "union")
_STEP = "  "


def broken(text: str, width: int) -> list[str]:
    """The lines of `text`, none wider than `width` where that can be. White space outside of literals means nothing."""
    try:
        return list(_lines(parse(text), width))
    except ValueError:
        return [text]


def _lines(nodes: Sequence[Node], width: int) -> Iterator[str]:
    whole = flat(nodes)
    if len(whole) <= width:
        yield whole
        return
    if is_word(nodes[0], "select", "case") and len(parts := _split(nodes, (*CLAUSES, "when", "else", "end"))) > 1:
        yield from _join(parts, width)
        return
    for words in (("or",), ("and",)):
        if len(parts := _split(nodes, words)) > 1:
            yield from _join(parts, width)
            return
    yield from _open_group(nodes, width)


def _split(nodes: Sequence[Node], words: Sequence[str]) -> list[Sequence[Node]]:
    """The parts that begin with one of the words; `between … and …` is no two."""
    starts = [0]
    between = False
    for number, node in enumerate(nodes[1:], 1):
        if is_word(node, "between"):
            between = True
        elif is_word(node, *words):
            if is_word(node, "and") and between:
                between = False
            elif not (is_word(node, "join") and is_word(nodes[number - 1], "left", "right", "inner", "cross", "outer")):
                starts.append(number)
    return [nodes[start:end] for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True) if start < end]


def _join(parts: Sequence[Sequence[Node]], width: int) -> Iterator[str]:
    for number, part in enumerate(parts):
        if len(flat(part)) <= width:
            yield flat(part)
        elif is_word(part[0], "and", "or", "where") and len(part) > 1:
            word = flat(part[:1])
            first, *rest = _lines(part[1:], width - len(word) - 1)
            yield f"{word} {first}"
            yield from (line if word == "and" else f"{_STEP}{line}" for line in rest)
        else:
            yield from _open_group(part, width) if number else _lines(part, width)


def _open_group(nodes: Sequence[Node], width: int) -> Iterator[str]:
    """The longest group over several lines; else the words that fit on each line."""
    groups = [n for n, node in enumerate(nodes) if isinstance(node, Group) and len(flat(node.children)) > width // 3]
    if not groups:
        yield from _fill_lines(nodes, width)
        return
    at = max(groups, key=lambda n: len(flat(nodes[n : n + 1])))
    group = nodes[at]
    assert isinstance(group, Group)
    head = flat([*nodes[:at]])
    yield f"{head}{' ' if group.gap and head else ''}{group.opening}"
    for line in _lines(group.children, width - len(_STEP)):
        yield f"{_STEP}{line}"
    tail = nodes[at + 1 :]
    if not tail:
        yield group.closing
        return
    first, *rest = _lines(tail, width - 2)
    yield f"{group.closing}{' ' if tail[0].gap else ''}{first}"
    yield from rest


def _fill_lines(nodes: Sequence[Node], width: int) -> Iterator[str]:
    line = ""
    for number, node in enumerate(nodes):
        text = flat([node])
        gap = " " if node.gap and number and line else ""
        # A line ends only where a blank is.
        if line and node.gap and len(line) + len(gap) + len(text) > width:
            yield line
            line, gap = _STEP, ""
        line += f"{gap}{text}"
    yield line
