"""Conditions without the parentheses that they do not need."""

from __future__ import annotations

from collections.abc import Sequence

from supabase_tasks.flow.importing.sql_tokens import Group, Node, Token, flat, is_word, with_blanks

Nodes = tuple[Node, ...]
_BEFORE = frozenset(("and", "or", "where", "when", "then", "else", "on"))
_CLAUSES = ("where", "join", "left", "right", "inner", "cross", "group", "order", "limit", "union")
_AFTER = frozenset(("and", "or", "then", "else", "end", "when", *_CLAUSES))


def booleans(nodes: Nodes) -> Nodes:
    """No parentheses around the operands of and, or, not that have no `and` and no `or` of their own."""
    found: list[Node] = []
    for number, node in enumerate(nodes):
        if not isinstance(node, Group):
            found.append(node)
            continue
        inner = Group(node.opening, booleans(node.children), node.gap)
        before, after = (
            (nodes[number - 1] if number else None),
            (nodes[number + 1] if number + 1 < len(nodes) else None),
        )
        free = (before is None or is_word(before, *_BEFORE)) and (after is None or is_word(after, *_AFTER))
        whole = (
            is_word(before, "where", "on")
            and (after is None or is_word(after, *_CLAUSES))
            and not _query(inner.children)
        )
        operand = free and _comparison(inner.children) and not (before is None and after is None)
        if node.opening == "(" and (whole or operand):
            found += [with_blanks(inner.children[0], node.gap), *inner.children[1:]]
        else:
            found.append(inner)
    return tuple(found)


def ranges(nodes: Nodes) -> Nodes:
    """`x >= 1 and x <= 9` is `x between 1 and 9` where nothing else is joined with it by `and`."""
    starts = [0, *(number for number, node in enumerate(nodes) if is_word(node, "or"))]
    parts = [_range(nodes[start:end]) for start, end in zip(starts, [*starts[1:], len(nodes)], strict=True)]
    return tuple(node for part in parts for node in (_group_alternative(part) if len(parts) > 1 else part))


def _group_alternative(part: Nodes) -> Nodes:
    """An alternative in parentheses where it is more than one condition: who reads it need not know what binds more tightly."""
    head, rest = (part[:1], part[1:]) if part and is_word(part[0], "or") else ((), part)
    joints = sum(is_word(node, "and") for node in rest) - sum(is_word(node, "between") for node in rest)
    if joints < 1:
        return part
    return (*head, Group("(", (with_blanks(rest[0], False), *rest[1:]), bool(head)))


def _range(part: Nodes) -> Nodes:
    head, rest = (part[:1], part[1:]) if part and is_word(part[0], "or") else ((), part)
    joints = [number for number, node in enumerate(rest) if is_word(node, "and")]
    low = next((number for number, node in enumerate(rest) if is_word(node, ">=")), None)
    high = next((number for number, node in enumerate(rest) if is_word(node, "<=")), None)
    if len(joints) != 1 or low is None or high is None or not low < joints[0] < high or is_word(rest[0], "not"):
        return part
    same = flat(rest[:low]) == flat(rest[joints[0] + 1 : high])
    bounds = rest[low + 1 : joints[0]], rest[high + 1 :]
    if not same or not all(bound and all(isinstance(node, Token) for node in bound) for bound in bounds):
        return part
    return (*head, *rest[:low], Token("between", True), *bounds[0], Token("and", True), *bounds[1])


def _comparison(nodes: Nodes) -> bool:
    return bool(nodes) and not any(is_word(node, "and", "or", ",", "select", "with", "values", "not") for node in nodes)


def bare(nodes: Nodes) -> Nodes:
    """Without parentheses around the whole."""
    while len(nodes) == 1 and isinstance(nodes[0], Group) and nodes[0].opening == "(" and not _query(nodes[0].children):
        nodes = nodes[0].children
    return nodes


def join_texts(nodes: Nodes) -> Nodes:
    """`(a || b) || c` is `a || b || c`, at any depth, and an argument needs no parentheses of its own."""
    inner: Nodes = ()
    for number, node in enumerate(nodes):
        made = Group(node.opening, join_texts(node.children), node.gap) if isinstance(node, Group) else node
        after = nodes[number + 1] if number + 1 < len(nodes) else None
        first = number == 0 and is_word(after, "||") and _is_chain(made)
        argument = len(nodes) > 1 and is_word(nodes[number - 1] if number else Token(","), ",") and _ends(after)
        whole = isinstance(made, Group) and made.opening == "(" and (first or (argument and _is_value(made)))
        inner += (with_blanks(made.children[0], made.gap), *made.children[1:]) if whole else (made,)  # type: ignore[union-attr]
    return inner


def _is_chain(node: Node) -> bool:
    """Whether it is texts put together, and nothing else."""
    children = node.children if isinstance(node, Group) else ()
    operators = {one.text for one in children if isinstance(one, Token) and not one.word and not one.literal}
    return "||" in operators and operators <= {"||", "."}


def _ends(node: Node | None) -> bool:
    return node is None or is_word(node, ",")


def _is_value(group: Group) -> bool:
    """Whether it is one value in parentheses: no row of several, no query."""
    return bool(group.children) and not _query(group.children) and not any(is_word(n, ",") for n in group.children)


def _query(nodes: Sequence[Node]) -> bool:
    return bool(nodes) and is_word(nodes[0], "select", "with", "values")
