"""Refusals that code keeps to itself: a handler (`EXCEPTION WHEN OTHERS`) catches them, and nothing tells what was refused.

So the functions that may run something that hosted Supabase lifts are found ahead, among those that a statement can reach by
name: from its text, their bodies and the triggers of the tables that it names. `nested_lifts` rewrites them for its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from supabase_tasks.postgres import elevation, nested_lifts
from supabase_tasks.postgres.nested_lifts import Routine

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
_RUNS_CODE = re.compile(
    elevation.LEADING
    + r"(?:select|do|call|insert|update|delete|merge|with|values|execute|explain|refresh|create\s+table|\()",
    re.IGNORECASE | re.DOTALL,
)
_CHANGES_CODE = re.compile(
    elevation.LEADING + r"(?:do|(?:create|alter|drop)\b.*?\b(?:function|procedure|routine|trigger))\b",
    re.IGNORECASE | re.DOTALL,
)
_MAKES_CODE = re.compile(r"\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\b", re.IGNORECASE)
_EXECUTES = re.compile(r"\bexecute\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Those of guests only: what extensions and the platform bring belongs to a superuser.
_GUESTS = (
    " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang"
    " JOIN pg_catalog.pg_roles o ON o.oid = p.proowner"
    " WHERE NOT o.rolsuper AND l.lanname IN ('plpgsql', 'sql') AND p.prosqlbody IS NULL"
)
# What `nested_lifts.may_hold` looks for, as PostgreSQL's expression.
_CARRIES = (
    r"\y(?:create|alter|drop)\s+(?:event\s+trigger|foreign\s+data\s+wrapper)\y|\ypublication\y.*\ytables\y"
    r"|\y(?:alter|comment\s+on)\s+extension\y|\yalter\s+(?:role|user)\y[^;]*\yset\y"
    r"|\y(?:policy|drop\s+trigger)\y[^;]*\yon\s+\"?(?:auth|storage|realtime)\"?\s*\."
)
_ANY = "SELECT EXISTS (SELECT" + _GUESTS + " AND p.prosrc ~* %s)"
_READ = "SELECT p.proname::text, p.oid::pg_catalog.regprocedure::text, p.prosrc, l.lanname = 'sql'" + _GUESTS
_TRIGGERS = (
    "SELECT c.relname::text, p.proname::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
)


# Whether a database has functions that carry such a text, by connection and pattern: until something makes another one.
_stored: WeakKeyDictionary[object, dict[str, bool]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Guests:
    """The functions of guests in a database by name, and which of them a table's triggers call."""

    routines: tuple[tuple[str, Routine], ...]
    triggers: tuple[tuple[str, str], ...]

    @cached_property
    def _by_word(self) -> dict[str, list[Routine]]:
        return _lists((name.lower(), routine) for name, routine in self.routines)

    @cached_property
    def _called_by(self) -> dict[str, list[str]]:
        return _lists((table.lower(), function.lower()) for table, function in self.triggers)

    def to_rewrite(self, statement: str) -> list[Routine]:
        """Those that `statement` may reach and that may run something that is lifted, where a handler may catch its refusal."""
        reached = self._reached_routines(statement)
        texts = [statement, *(routine.body for routine in reached)]
        if not any(nested_lifts.handles_errors(text) for text in texts):
            return []
        named = any(nested_lifts.may_hold(text, refused=True) for text in texts)
        return [
            routine
            for routine in reached
            if nested_lifts.may_hold(routine.body, refused=True) or (named and _EXECUTES.search(routine.body))
        ]

    def _reached_routines(self, statement: str) -> list[Routine]:
        found: dict[str, Routine] = {}
        texts = [statement]
        while texts:
            text = texts.pop().lower()
            words = set(_WORD.findall(text))
            called = [name for table in _named_in(self._called_by, text, words) for name in self._called_by[table]]
            for name in (*called, *_named_in(self._by_word, text, words)):
                for routine in self._by_word.get(name, ()):
                    if routine.signature not in found:
                        found[routine.signature] = routine
                        texts.append(routine.body)
        return list(found.values())


def _lists(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _named_in(names: Mapping[str, object], text: str, words: set[str]) -> list[str]:
    """Those of `names` that `text` (in lower case) may mean: a word of it, or somewhere in it where the name is no word."""
    return [name for name in names if (name in words if _WORD.fullmatch(name) else name in text)]


def places(statements: Sequence[str]) -> list[int]:
    """The places of statements that run code of functions."""
    return [place for place, text in enumerate(statements) if _RUNS_CODE.match(text)]


def changes(statements: Sequence[str]) -> list[int]:
    """For each place, how many of the statements before it may have made another function or trigger."""
    return list(accumulate((_CHANGES_CODE.match(text) is not None for text in statements), initial=0))


def may_be_stored(connection: psycopg.Connection[Any], statements: Sequence[str]) -> bool:
    """Whether the database has a function of a guest that may run something that is lifted, in itself or because one of the
    statements gives it the text."""
    pattern = rf"{_CARRIES}|\yexecute\y" if _any_named(statements) else _CARRIES
    known = _stored.setdefault(connection, {})
    if pattern not in known:
        known[pattern] = connection.execute(_ANY, (pattern,)).fetchone() == (True,)
    return known[pattern]


def forget(connection: psycopg.Connection[Any], statements: Sequence[str]) -> None:
    """Look again next time, where the statements that are about to run may make functions."""
    if any(_MAKES_CODE.search(text) for text in statements):
        _stored.pop(connection, None)


def may_be_made(statements: Sequence[str]) -> bool:
    """Whether one of the statements may make such a function, and one may catch what is refused there."""
    made = [text for text in statements if _MAKES_CODE.search(text)]
    if not made or not any(nested_lifts.handles_errors(text) for text in statements):
        return False
    carriers = any(nested_lifts.may_hold(text, refused=True) for text in made)
    return carriers or (any(_EXECUTES.search(text) for text in made) and _any_named(statements))


def _any_named(statements: Sequence[str]) -> bool:
    return any(_RUNS_CODE.match(text) and nested_lifts.may_hold(text, refused=True) for text in statements)


def read(connection: psycopg.Connection[Any]) -> Guests:
    """The functions of guests; in a transaction with an empty search path, so that signatures have their schemas."""
    routines = connection.execute(_READ).fetchall()
    triggers = connection.execute(_TRIGGERS).fetchall()
    return Guests(
        tuple((name, Routine(signature, body, in_sql)) for name, signature, body, in_sql in routines),
        tuple((table, function) for table, function in triggers),
    )
