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
    if _long_groups(nodes, width) and len(items := _items(nodes)) > 1:
        for item in items:
            yield from _lines(item, width)
        return
    yield from _open_group(nodes, width)


def _items(nodes: Sequence[Node]) -> list[Sequence[Node]]:
    """The items of a list, each with its comma."""
    ends = [number + 1 for number, node in enumerate(nodes) if is_word(node, ",")]
    return [nodes[start:end] for start, end in zip([0, *ends], [*ends, len(nodes)], strict=True) if start < end]


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
        elif number and (on := _condition_of_join(part)):
            yield flat(part[:on])
            yield from (f"{_STEP}{line}" for line in _join([part[on:]], width - len(_STEP)))
        elif is_word(part[0], "and", "or", "where", "on") and len(part) > 1:
            word = flat(part[:1])
            first, *rest = _lines(part[1:], width - len(word) - 1)
            yield f"{word} {first}"
            yield from (line if word in ("and", "on") else f"{_STEP}{line}" for line in rest)
        else:
            yield from _open_group(part, width) if number else _lines(part, width)


def _condition_of_join(part: Sequence[Node]) -> int:
    """Where the condition of a join begins; 0 where it has none."""
    return next((number for number, node in enumerate(part) if is_word(node, "on")), 0)


def _long_groups(nodes: Sequence[Node], width: int) -> list[int]:
    """The positions of the groups that are worth lines of their own."""
    return [n for n, node in enumerate(nodes) if isinstance(node, Group) and len(flat(node.children)) > width // 3]


def _open_group(nodes: Sequence[Node], width: int) -> Iterator[str]:
    """The longest group over several lines; else the words that fit on each line."""
    groups = _long_groups(nodes, width)
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
    step = "" if len(_items(nodes)) > 1 else _STEP
    for number, text in enumerate(_unbroken(nodes)):
        if number and len(line) + 1 + len(text) > width:
            yield line
            line = f"{step}{text}"
        else:
            line += f" {text}" if number else text
    yield line


def _unbroken(nodes: Sequence[Node]) -> list[str]:
    """The pieces between blanks: a line ends only where a blank is."""
    starts = [0, *(number for number, node in enumerate(nodes) if number and node.gap)]
    return [flat(nodes[start:end]) for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True)]
