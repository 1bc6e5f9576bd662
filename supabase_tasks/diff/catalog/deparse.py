"""Deparsed SQL as a fixed point.

PostgreSQL's deparser is not idempotent: `status IN ('a', 'b')` on a varchar column is stored with a cast of the whole
array, printed as such, and read back as casts of the elements. Measured on 17.10. All three spellings mean
`ARRAY['a'::text, …]`, which is a fixed point, so that is what both snapshots are compared as and what is emitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_STRING = r"'(?:[^']|'')*'"
_PLAIN = rf"{_STRING}::character varying"
_CAST = rf"(?:\({_PLAIN}\)::text|{_PLAIN}::text)"
_WHOLE = re.compile(
    rf"(?:\(ARRAY\[(?P<a>{_PLAIN}(?:, {_PLAIN})*)\]\)|ARRAY\[(?P<b>{_PLAIN}(?:, {_PLAIN})*)\])::text\[\]"
)
_EACH = re.compile(rf"ARRAY\[(?P<a>{_CAST}(?:, {_CAST})*)\](?P<b>)")


def canonical(text: str) -> str:
    """`text` with arrays of varchar constants that are cast to text written as arrays of text constants."""
    if "::character varying" not in text:
        return text
    return _EACH.sub(_as_text, _WHOLE.sub(_as_text, text))


def _as_text(match: re.Match[str]) -> str:
    return f"ARRAY[{', '.join(f'{item}::text' for item in re.findall(_STRING, match['a'] or match['b']))}]"


IDENTIFIER = r'(?:"(?:[^"]|"")+"|[a-z_][\w$]*)'
_COLUMNS = re.compile(
    rf"^(CREATE STATISTICS .+? ON |ALTER PUBLICATION .+? ADD TABLE (?:ONLY )?{IDENTIFIER}\.{IDENTIFIER} \()"
    rf"({IDENTIFIER}(?:, {IDENTIFIER})*)(?=, | FROM |\))",
    re.MULTILINE,
)


def columns_by_name(text: str) -> str:
    """The text of a statistics object or a published table with the columns by name: PostgreSQL keeps no other order of them
    than that of their places in the table, which differ where one was added later."""
    return _COLUMNS.sub(lambda found: found[1] + ", ".join(sorted(re.findall(IDENTIFIER, found[2]))), text, count=1)


# Strings and quoted names are skipped; what is left are parentheses, connectives and other text.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\(|\)|\b(?:AND|OR)\b|[^'\"()A-Za-z_]+|[A-Za-z_]\w*|.", re.DOTALL
)


@dataclass(slots=True)
class _Group:
    """A parenthesised piece: texts and groups, and the connectives that stand directly in it."""

    parts: list[str | _Group] = field(default_factory=list)
    connectives: set[str] = field(default_factory=set)


def flatten(text: str) -> str:
    """`text` with `(a AND (b AND c))` written as `(a AND b AND c)`, and OR alike.

    The pretty deparser (`pg_get_constraintdef(…, true)`) leaves such parentheses out, so a tree that was nested comes
    back flat; `a AND (b AND c)` and `a AND b AND c` mean the same. Text whose parentheses do not match is returned as
    it is.
    """
    if " AND (" not in text and " OR (" not in text and "((" not in text:
        return text
    stack = [_Group()]
    for token in _TOKEN.findall(text):
        if token == "(":
            stack.append(_Group())
        elif token == ")":
            if len(stack) == 1:
                return text
            done = stack.pop()
            stack[-1].parts.append(done)
        else:
            if token in ("AND", "OR"):
                stack[-1].connectives.add(token)
            stack[-1].parts.append(token)
    return _group_text(stack[0]) if len(stack) == 1 else text


def _group_text(group: _Group) -> str:
    shown = []
    for place, part in enumerate(group.parts):
        if isinstance(part, str):
            shown.append(part)
        elif _same_connective(group, part) and _operand(group, place):
            shown.append(_group_text(part))
        else:
            shown.append(f"({_group_text(part)})")
    return "".join(shown)


def _same_connective(outer: _Group, inner: _Group) -> bool:
    return len(inner.connectives) == 1 and outer.connectives == inner.connectives


def _operand(group: _Group, place: int) -> bool:
    """Whether the part stands between connectives or ends: not an argument list, not negated, not cast."""
    before = "".join(str(part) for part in group.parts[:place] if isinstance(part, str)).split()
    after = "".join(str(part) for part in group.parts[place + 1 :] if isinstance(part, str)).split()
    previous = group.parts[place - 1] if place else None
    following = group.parts[place + 1] if place + 1 < len(group.parts) else None
    fits_before = previous is None or (isinstance(previous, str) and before[-1:] in (["AND"], ["OR"]))
    fits_after = following is None or (isinstance(following, str) and after[:1] in (["AND"], ["OR"]))
    return fits_before and fits_after
