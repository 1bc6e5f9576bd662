"""The names behind what a query reads, as PostgreSQL writes them: `f() x(a, b)` of a function that gives rows of a table.

They go by the places of the columns: where the table has another order, the same text reads other columns. Names that are just
the columns' own mean nothing more than no names, and are left out; PostgreSQL always writes them behind a function.
Source: get_from_clause_item() in ruleutils.c of PostgreSQL 17.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from supabase_tasks.diff.catalog.deparse import IDENTIFIER

# The SQL names of a table's columns, in their order, or in none that is known.
Columns = tuple[str, ...]
Rows = Collection[Columns | frozenset[str]]

_NAMES = rf"{IDENTIFIER}\((?P<names>{IDENTIFIER}(?:, {IDENTIFIER})*)\)"
_BEHIND = re.compile(rf"(?: WITH ORDINALITY)?(?: AS)? {_NAMES}")
_TABLE = re.compile(rf"(?<![\w\".$])(?P<table>{IDENTIFIER}\.{IDENTIFIER})(?: AS)? {_NAMES}")
_BRACKET = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\(|\)""")
_ORDINALITY = "ordinality"


def without_own_names(text: str, rows: Mapping[str, Rows]) -> str:
    """The text of a query without the names behind functions that are the columns' own. `rows` has the columns of what each
    function gives, by its SQL name; one name may stand for several functions."""
    for function, lists in rows.items():
        for found in reversed(list(_calls(text, function))):
            if _are_own(tuple(re.findall(IDENTIFIER, found["names"])), lists):
                text = text[: found.start("names") - 1] + text[found.end() :]
    return text


def _are_own(names: Columns, lists: Rows) -> bool:
    """Whether these are the first of the columns: a query keeps the names that it was made with when the table gets more."""
    given = names[:-1] if names[-1] == _ORDINALITY else names
    return any(_begins(columns, one) for one in (names, given) for columns in lists)


def _begins(columns: Columns | frozenset[str], names: Columns) -> bool:
    return columns.issuperset(names) if isinstance(columns, frozenset) else columns[: len(names)] == names


def tables_named_by_place(text: str) -> Iterator[str]:
    """The SQL names of the tables and views whose columns the text of a query names by their places: `public.t x(a, b)`."""
    yield from (found["table"] for found in _TABLE.finditer(text))


def is_named_by_place(text: str, function: str) -> bool:
    """Whether the text of a query names the columns of what a function gives by their places."""
    return next(_calls(text, function), None) is not None


def _calls(text: str, function: str) -> Iterator[re.Match[str]]:
    """The names behind each call of the function that has some."""
    for call in re.finditer(rf"(?<![\w\".$]){re.escape(function)}\(", text):
        found = _BEHIND.match(text, _end(text, call.end()))
        if found:
            yield found


def _end(text: str, start: int) -> int:
    """The place behind the parenthesis that closes one which is open at `start`."""
    depth = 1
    for found in _BRACKET.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)
