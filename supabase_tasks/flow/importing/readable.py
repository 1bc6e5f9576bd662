"""PostgreSQL's printed expressions as a person would write them.

What it prints is complete: casts of every literal, parentheses around every comparison, `= ANY (ARRAY[…])` for `in (…)`. None of
this is needed where PostgreSQL adds it again by itself. Whether it does is for the proof to say: what comes out different is
written as it was printed (`run`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from supabase_tasks.flow.importing import conditions
from supabase_tasks.flow.importing.default_clause import stands_alone
from supabase_tasks.flow.importing.sql_tokens import Group, Node, Token, flat, is_word, parse, with_blanks

Nodes = tuple[Node, ...]
_COMPARISONS = frozenset(("=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*"))
_RECKONING = ("+", "-", "*", "/")
_NUMBERS = frozenset(("smallint", "integer", "bigint", "numeric", "real", "double precision"))
_STRINGS = re.compile(r"character varying(\(\d+\))?|character(\(\d+\))?|bpchar|text")
# Second words of types of several words.
_FURTHER = {
    "character": ("varying",),
    "double": ("precision",),
    "timestamp": ("with", "without"),
    "time": ("with", "without"),
}
_LIKE = {"~~": "like", "!~~": "not like", "~~*": "ilike", "!~~*": "not ilike"}


def condition(text: str, columns: Mapping[str, str] | None = None) -> str:
    """A condition of a policy, check, trigger or index on one line; `columns` are the table's, with their types."""
    return _readable(
        text, lambda nodes: conditions.ranges(conditions.bare(conditions.booleans(_rewritten(nodes, columns or {}))))
    )


def expression(text: str) -> str:
    """Another expression: an index's element, a computed column."""
    return _readable(text, lambda nodes: _rewritten(nodes, {}))


def computation(text: str) -> str:
    """What a column is computed from."""
    return _readable(text, lambda nodes: conditions.bare(conditions.join_texts(_rewritten(nodes, {}))))


def default(text: str, type_: str) -> str:
    """A column's default: a literal without the cast to the column's own type, and without parentheses where it needs none."""

    def shorter(nodes: Nodes) -> Nodes:
        bare = conditions.bare(nodes)
        found = _cast(bare, 0)
        if found is None or found[1] != len(bare):
            return bare
        operand, _, target = found
        numbers = {target, type_.partition("(")[0]} <= _NUMBERS
        same = numbers or _same_type(target, type_)
        if isinstance(operand, Token) and operand.literal and same:
            number = operand.text.strip("'")
            plain = type_.partition("(")[0] in _NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", number)
            return (Token(number),) if plain else (operand,)
        number_in = isinstance(operand, Group) and re.fullmatch(r"-?\d+(\.\d+)?", flat(operand.children))
        return operand.children if isinstance(operand, Group) and number_in and target in _NUMBERS else bare

    short = _readable(text, shorter)
    return short if short == text or stands_alone(short) else f"({short})"


def _readable(text: str, change: Callable[[Nodes], Nodes]) -> str:
    try:
        nodes = parse(text)
    except ValueError:
        return text
    # A line break inside of a literal or quoted name is part of it.
    return flat(change(nodes)) if _one_line(nodes) else text


def _one_line(nodes: Nodes) -> bool:
    return all(
        _one_line(n.children) if isinstance(n, Group) else "\n" not in n.text and not n.text.startswith("--")
        for n in nodes
    )


def _same_type(cast: str, column: str) -> bool:
    return (
        cast.strip('"') == column
        or cast == column.partition("(")[0]
        or bool(_STRINGS.fullmatch(cast) and _STRINGS.fullmatch(column))
    )


def _cast(nodes: Nodes, position: int) -> tuple[Node, int, str] | None:
    """The operand at `position`, where its cast ends, and the cast's type; None where no cast follows."""
    if position + 2 >= len(nodes) or not is_word(nodes[position + 1], "::"):
        return None
    end = position + 3
    first = nodes[position + 2]
    while end < len(nodes) and (is_word(nodes[end], ".") or is_word(nodes[end - 1], ".")):
        end += 1
    further = _FURTHER.get(first.text, ()) if isinstance(first, Token) else ()
    if end < len(nodes) and isinstance(nodes[end], Group) and nodes[end].opening == "(" and not nodes[end].gap:  # type: ignore[union-attr]
        end += 1
    if further and end < len(nodes) and is_word(nodes[end], *further):
        end += 3 if first.text in ("timestamp", "time") else 1  # type: ignore[union-attr]
        if end < len(nodes) and isinstance(nodes[end], Group) and not nodes[end].gap:
            end += 1
    while end < len(nodes) and isinstance(nodes[end], Group) and nodes[end].opening == "[":  # type: ignore[union-attr]
        end += 1
    return nodes[position], end, flat(nodes[position + 2 : end])


def _rewritten(nodes: Nodes, columns: Mapping[str, str]) -> Nodes:
    """Everything but the parentheses of conditions, from the inside out."""
    inner = tuple(
        Group(node.opening, _rewritten(node.children, columns), node.gap) if isinstance(node, Group) else _lower(node)
        for node in nodes
    )
    for change in (_without_alias, _without_both, _once, _unwrap_calls, _uncast, _membership):
        inner = change(inner, columns)
    return _likes(inner)


def _lower(token: Token) -> Token:
    # PostgreSQL prints keywords in capitals, names that have some in quotes.
    return Token(token.text.lower(), token.gap) if re.fullmatch(r"[A-Z][A-Z_]*", token.text) else token


def _likes(nodes: Nodes) -> Nodes:
    return tuple(Token(_LIKE.get(n.text, n.text), n.gap) if isinstance(n, Token) else n for n in nodes)


def _without_both(nodes: Nodes, _: Mapping[str, str]) -> Nodes:
    """`trim(both from x)` is `trim(x)`."""
    if len(nodes) > 2 and is_word(nodes[0], "both") and is_word(nodes[1], "from"):
        return (with_blanks(nodes[2], False), *nodes[3:])
    return nodes


def _without_alias(nodes: Nodes, _: Mapping[str, str]) -> Nodes:
    """`select auth.uid() as uid`: the name that PostgreSQL gives by itself."""
    if len(nodes) < 4 or not is_word(nodes[0], "select") or not is_word(nodes[-2], "as"):
        return nodes
    called, name = nodes[-4], nodes[-1]
    plain = all(isinstance(node, Token) for node in nodes[1:-3]) and isinstance(nodes[-3], Group)
    same = isinstance(called, Token) and isinstance(name, Token) and called.text == name.text
    return nodes[:-2] if plain and same and len(nodes) <= 7 else nodes


def _once(nodes: Nodes, _: Mapping[str, str]) -> Nodes:
    """`((select auth.uid())) = id`: one pair of parentheses is enough."""
    found: list[Node] = []
    for node in nodes:
        inner = node.children if isinstance(node, Group) and node.opening == "(" else ()
        twice = len(inner) == 1 and isinstance(inner[0], Group) and inner[0].opening == "("
        # Behind a name they are the call's, behind `in` and `any` the second pair makes a value of a query.
        operand = not found or _compares(found[-1]) or is_word(found[-1], "and", "or", "not", ",")
        found.append(with_blanks(inner[0], node.gap) if twice and operand else node)
    return tuple(found)


def _unwrap_calls(nodes: Nodes, _: Mapping[str, str]) -> Nodes:
    """`(auth.uid())::text` needs no parentheses."""
    found: list[Node] = []
    for number, node in enumerate(nodes):
        cast = number + 1 < len(nodes) and is_word(nodes[number + 1], "::")
        inner = node.children if isinstance(node, Group) and node.opening == "(" and cast else ()
        names, arguments = inner[:-1], inner[-1:]
        call = names and arguments and isinstance(arguments[0], Group) and arguments[0].opening == "("
        if len(inner) == 1 and isinstance(inner[0], Token):
            found.append(with_blanks(inner[0], node.gap))
            continue
        plain = all(isinstance(one, Token) and (one.word or one.text == ".") for one in names) and not any(
            n.gap for n in inner[1:]
        )
        found += [with_blanks(inner[0], node.gap), *inner[1:]] if call and plain else [node]
    return tuple(found)


def _uncast(nodes: Nodes, columns: Mapping[str, str]) -> Nodes:
    """Casts go from literals that are compared with something, and from a column of strings that is."""
    found: list[Node] = []
    position = 0
    while position < len(nodes):
        cast = _cast(nodes, position)
        after = nodes[cast[1]] if cast and cast[1] < len(nodes) else None
        before = found[-1] if found else None
        compared = _compares(before) or _compares(after) or is_word(before, "in")
        if cast is not None and compared and (shorter := _needless(cast[0], cast[2], columns)) is not None:
            found.append(with_blanks(shorter, cast[0].gap))
            position = cast[1]
            continue
        if cast is not None and cast[2] == "interval" and isinstance(cast[0], Token) and cast[0].literal:
            found += [Token("interval", cast[0].gap), with_blanks(cast[0])]
            position = cast[1]
            continue
        if cast is not None and isinstance(cast[0], Token) and _argument(cast[0], cast[2], before, after):
            found.append(cast[0])
            position = cast[1]
            continue
        found.append(nodes[position])
        position += 1
    return tuple(found)


def _argument(operand: Token, type_: str, before: Node | None, after: Node | None) -> bool:
    """Whether a literal is what PostgreSQL takes it for without its cast: an argument, a part of a text, a number to reckon
    with."""
    if type_ in _NUMBERS:
        reckoned = (before is not None and is_word(before, *_RECKONING)) or (
            after is not None and is_word(after, *_RECKONING)
        )
        return operand.text[0].isdigit() and reckoned
    joined = (before is not None and is_word(before, "||")) or (after is not None and is_word(after, "||"))
    return operand.literal and (
        (type_ in ("text", "regconfig") and _alone(before, after)) or (type_ == "text" and joined)
    )


def _alone(before: Node | None, after: Node | None) -> bool:
    """Whether nothing but commas is next to it: an argument."""
    return (before is None or is_word(before, ",")) and (after is None or is_word(after, ","))


def _compares(node: Node | None) -> bool:
    return isinstance(node, Token) and node.text in _COMPARISONS


def _needless(operand: Node, type_: str, columns: Mapping[str, str]) -> Node | None:
    """The operand that needs no cast; None where it does."""
    if isinstance(operand, Token):
        number = type_ in _NUMBERS and operand.text[0].isdigit()
        string = type_ == "text" and columns.get(operand.text.strip('"'), "").startswith("character")
        return operand if operand.literal or number or string else None
    inner = flat(operand.children)
    return Token(inner) if type_ in _NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", inner) else None


def _membership(nodes: Nodes, columns: Mapping[str, str]) -> Nodes:
    """`x = any (array['a', 'b'])` is `x in ('a', 'b')`; `x <> all (array[…])` is `x not in (…)`."""
    found: list[Node] = []
    position = 0
    while position < len(nodes):
        values = _values(nodes[position : position + 3])
        if values is not None and found:
            words = (
                (Token("in", True),) if is_word(nodes[position + 1], "any") else (Token("not", True), Token("in", True))
            )
            found += [*words, Group("(", values, True)]
            position += 3
            continue
        found.append(nodes[position])
        position += 1
    return tuple(found)


def _values(nodes: Nodes) -> Nodes | None:
    if len(nodes) < 3 or not isinstance(nodes[2], Group):
        return None
    word = {"=": "any", "<>": "all"}.get(nodes[0].text if isinstance(nodes[0], Token) else "", "")
    if not is_word(nodes[1], word):
        return None
    inner = nodes[2].children
    cast = _cast(inner, 0)
    if cast is not None and isinstance(cast[0], Group) and cast[1] == len(inner) and cast[2] == "text[]":
        inner = cast[0].children
    if len(inner) != 2 or not is_word(inner[0], "array") or not isinstance(inner[1], Group):
        return None
    return _items(inner[1].children)


def _items(nodes: Nodes) -> Nodes | None:
    """The literals of an array without casts; None where there are other values, or fewer than two."""
    found: list[Node] = []
    position = 0
    while position < len(nodes):
        cast = _cast(nodes, position)
        operand = nodes[position]
        if not isinstance(operand, Token) or not (operand.literal or operand.text[0].isdigit()):
            return None
        found += [Token(operand.text, bool(found))]
        position = cast[1] if cast else position + 1
        if position < len(nodes):
            found.append(Token(","))
            position += 1
    return tuple(found) if len(found) > 2 else None
