"""An exclusion constraint as source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import parts, readable
from supabase_tasks.flow.importing.references import given_name
from supabase_tasks.flow.importing.source import Call, Source, Sql, call, keyword, string

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.constraint import Constraint

_HEAD = re.compile(r"EXCLUDE USING (?P<method>\w+) \((?P<rest>.*)", re.S)
_ELEMENT = re.compile(r"(?P<what>.+) WITH (?P<operator>[^\w\s()]+)", re.S)
_TAIL = re.compile(r"(?: WHERE \((?P<where>.*)\))?(?P<deferrable> DEFERRABLE)?(?P<deferred> INITIALLY DEFERRED)?", re.S)


def exclusion(constraint: Constraint, columns: Mapping[str, str], *, exact: bool) -> Source | None:
    """`pg.ExcludeConstraint`; None where an element has an operator class or an operator of a named schema."""
    head = _HEAD.fullmatch(constraint.definition)
    inner, end = parts.split_at_closing(head["rest"]) if head else (None, "")
    tail = _TAIL.fullmatch(end)
    if head is None or inner is None or tail is None:
        return None
    elements = [_element(text, exact=exact) for text in parts.split_list(inner)]
    if None in elements:
        return None
    named = [
        name for text in parts.split_list(inner) for name in parts.names(text.partition(" WITH ")[0]) if name in columns
    ]
    given = not exact and constraint.name == given_name(constraint.table, named, "excl")
    options: list[Source] = [
        *([] if given else [f"name={string(constraint.name)}"]),
        f"using={string(head['method'])}",
        *([_where(tail["where"], columns, exact=exact)] if tail["where"] else []),
        *(["deferrable=True"] if tail["deferrable"] else []),
        *([f"initially={string('DEFERRED')}"] if tail["deferred"] else []),
    ]
    return Call("pg.ExcludeConstraint", (*(element for element in elements if element is not None), *options))


def _where(text: str, columns: Mapping[str, str], *, exact: bool) -> Source:
    written = text if exact else readable.condition(text, columns)
    return keyword("where", call("sa.text", Sql(written, clause=True)))


def _element(text: str, *, exact: bool) -> Source | None:
    match = _ELEMENT.fullmatch(text)
    if match is None:
        return None
    what = match["what"]
    if parts.is_name(what):
        return f"({string(parts.unquote(what))}, {string(match['operator'])})"
    if not what.endswith(")"):
        return None
    written = call("sa.text", Sql(what if exact else readable.expression(what), clause=True))
    return Call("", (written, string(match["operator"])))
