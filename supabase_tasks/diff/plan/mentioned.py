"""What a function's body names: PostgreSQL looks at it when the function is made, and records no dependency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.step import Step

_WORD = re.compile(r'"(?:[^"]|"")+"|[^\W\d][\w$]*')
Steps = Mapping[Key, Step]


def mentioned_steps(changes: Changes, up: Steps, down: Steps) -> Iterator[tuple[Step, Step]]:
    """Each step that may have to come before another one, with that one, because a text names what it is about."""
    named: dict[str, list[Key]] = {}
    for key in up:
        if KINDS[key[0]].named_in_bodies:
            named.setdefault(key[1][2] if key[0] == "column" else key[1][1], []).append(key)
    by_table = _steps_of_rows(changes, up, down)
    rows: dict[str, list[Step]] = {}
    for table, steps in by_table.items():
        rows.setdefault(table[1][1], []).extend(steps)
    for key, step in up.items():
        kind, item = KINDS[key[0]], changes.desired.items[key]
        for target in _keys(_words(kind.soft_references(item)), named):
            yield up[target], step
        for name in sorted(_words(kind.soft_rows(item)) & rows.keys()):
            for before in rows[name]:
                yield before, step
    yield from _steps_of_values(changes, by_table, up, down)


def _steps_of_values(
    changes: Changes, rows: Mapping[Key, list[Step]], up: Steps, down: Steps
) -> Iterator[tuple[Step, Step]]:
    """A whole row is written in an expression, which has a value for every column: it goes before they change, or comes after."""
    for table, steps in rows.items():
        for side, users in ((changes.current, down), (changes.desired, up)):
            for user in sorted(side.dependencies.row_users.get(table, ())):
                # Columns that wait as text have an order of their own (`stored_row_edges`).
                if user not in users or user in changes.parked:
                    continue
                goes = users[user].action == "down"
                yield from ((users[user], step) if goes else (step, users[user]) for step in steps)


def _steps_of_rows(changes: Changes, up: Steps, down: Steps) -> dict[Key, list[Step]]:
    """What changes the columns of each table that stays."""
    found: dict[Key, list[Step]] = {}
    for key in sorted(up.keys() | down.keys()):
        table: Key = ("table", key[1][:2])
        if key[0] == "column" and table in changes.current.items and table not in changes.fresh:
            steps = (up.get(key), down.get(key) if key in changes.dropped else None)
            found.setdefault(table, []).extend(step for step in steps if step is not None)
    return found


def _words(text: str) -> set[str]:
    return {_as_name(word) for word in _WORD.findall(text)} if text else set()


def _as_name(word: str) -> str:
    return word[1:-1].replace('""', '"') if word.startswith('"') else word.lower()


def _keys(words: set[str], named: Mapping[str, list[Any]]) -> Iterable[Key]:
    for word in sorted(words & named.keys()):
        for key in sorted(named[word]):
            if key[0] != "column" or key[1][1] in words:
                yield key
