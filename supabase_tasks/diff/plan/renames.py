"""Renames: found by similarity, answered by the user, tried out on the current database so that PostgreSQL itself says
how everything that names the renamed object reads afterwards.

They go in rounds, because what lives in a renamed object, or names it, is compared under its new name: schemas; tables
and types; columns and enum values; views and functions; what lives on tables. A rename that loses nothing either way
(an index, a policy of the same definition) is made without a question; one that would lose rows is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.errors import unanswered
from supabase_tasks.diff.kinds import KINDS, is_routine
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import RenameRound
from supabase_tasks.diff.options import Candidate, PlanOptions, Question
from supabase_tasks.diff.plan.naming import CountedChange
from supabase_tasks.diff.plan.rename_answers import RenameAnswers
from supabase_tasks.diff.reader import read_snapshot

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.models.summary import ModelSummary

# Less than this is another object: the same type at another place with nothing else in common stays above.
_ALIKE = 0.5


@dataclass
class Renamed:
    """The current database after the renames, the operations that make them, and how they are counted."""

    current: Snapshot
    operations: list[MigrateOperation] = field(default_factory=list)
    changes: list[CountedChange] = field(default_factory=list)


def settle(
    connection: psycopg.Connection[Any],
    current: Snapshot,
    desired: Snapshot,
    models: ModelSummary | None,
    options: PlanOptions,
) -> Renamed:
    """Find, answer and try out all renames on the database behind `connection`, which is `current`. Must run inside a
    transaction that the caller rolls back.

    Raises `UnansweredError` with every open question of a round, `DiffError` when an answer names nothing.
    """
    scope = Scope(options.ignore)
    result = Renamed(current)
    answers = RenameAnswers(options, models)
    for moment in RenameRound:
        context = Context(result.current, desired, options, models)
        pairs = _Round(context, answers, _kinds(moment)).pairs()
        if not pairs:
            continue
        operations = [operation for old, new in pairs for operation in _operations(old, new, context)]
        for statement in script(operations):
            connection.execute(statement.encode())
        result.operations += operations
        result.changes += [
            CountedChange("rename", new, old[1][-1] if old[0] != "function" else old[1][1]) for old, new in pairs
        ]
        result.current = read_snapshot(connection, scope)
    answers.demand_used()
    return result


def _kinds(moment: RenameRound) -> tuple[str, ...]:
    kinds = sorted((kind for kind in KINDS.values() if moment in kind.rename_rounds), key=lambda kind: kind.rename_rank)
    found = tuple(kind.name for kind in kinds)
    return (*found, "enum_value") if moment is RenameRound.PARTS else found


def _operations(old: Key, new: Key, context: Context) -> Iterable[MigrateOperation]:
    if old[0] == "enum_value":
        from supabase_tasks.diff.kinds.enum import rename_value

        return rename_value(old[1], new[1])
    return KINDS[old[0]].rename(context.current.items[old], context.desired.items[new], context)


class _Round:
    """The renames of some kinds."""

    def __init__(self, context: Context, answers: RenameAnswers, kinds: Sequence[str]) -> None:
        self._context, self._answers, self._kinds = context, answers, kinds
        self._questions: list[Question] = []

    def pairs(self) -> list[tuple[Key, Key]]:
        """Old and new keys, in a stable order."""
        found: list[tuple[Key, Key]] = []
        for kind in self._kinds:
            gone, new = self._sides(kind)
            if gone or new:
                found += self._pair(kind, gone, new)
        if self._questions:
            raise unanswered(self._questions, ())
        return found

    def _sides(self, kind: str) -> tuple[list[Key], list[Key]]:
        before, after = self._keys(self._context.current, kind), self._keys(self._context.desired, kind)
        return sorted(before - after), sorted(after - before)

    def _keys(self, side: Snapshot, kind: str) -> set[Key]:
        if kind != "enum_value":
            return {key for key in side.keys.get(kind, ()) if not side.items[key].inherited}
        desired = self._context.desired.items
        enums: list[Any] = [side.items[key] for key in self._context.current.keys.get("enum", ()) if key in desired]
        return {(kind, (*enum.identity, value)) for enum in enums for value in enum.values}

    def _pair(self, kind: str, gone: list[Key], new: list[Key]) -> list[tuple[Key, Key]]:
        found = self._answers.pairs(gone, new)
        gone = [key for key in gone if key not in {old for old, _ in found}]
        new = [key for key in new if key not in {fresh for _, fresh in found}]
        for ranked in (self._exact(gone, new), self._asked(kind, gone, new)):
            for old, fresh in ranked:
                if old in gone and fresh in new:
                    found.append((old, fresh))
                    gone.remove(old)
                    new.remove(fresh)
        return found

    def _exact(self, gone: list[Key], new: list[Key]) -> list[tuple[Key, Key]]:
        """Pairs that are the same but for the name and hold no rows."""
        return [
            (old, fresh)
            for fresh in new
            for old in gone
            if not self._holds_rows(old, fresh)
            and not self._answers.is_new(fresh)
            and self._likeness(old, fresh) == 1.0
        ]

    def _holds_rows(self, old: Key, new: Key) -> bool:
        if old[0] == "sequence":
            owners = [
                side.get("sequence_owner", *key[1])
                for side, key in ((self._context.current, old), (self._context.desired, new))
            ]
            places = [owner and (owner.table_schema, owner.table, owner.column) for owner in owners]
            return not (places[0] and places[0] == places[1])
        return old[0] == "enum_value" or KINDS[old[0]].holds_rows

    def _asked(self, kind: str, gone: list[Key], new: list[Key]) -> list[tuple[Key, Key]]:
        found = []
        taken: set[Key] = set()
        for fresh in new:
            if self._answers.is_new(fresh):
                continue
            by_text = {_dotted(old): old for old in gone if old not in taken and self._holds_rows(old, fresh)}
            question = self._question(kind, fresh, by_text)
            if question is None:
                continue
            chosen = self._ask(question)
            if chosen is not None:
                taken.add(by_text[chosen.old])
                found.append((by_text[chosen.old], fresh))
        return found

    def _question(self, kind: str, fresh: Key, by_text: dict[str, Key]) -> Question | None:
        candidates = [
            Candidate(kind, text, _dotted(fresh), similarity)
            for text, old in by_text.items()
            if (similarity := self._likeness(old, fresh)) >= _ALIKE
        ]
        if not candidates:
            return None
        ranked = sorted(candidates, key=lambda candidate: (-candidate.similarity, candidate.old))
        return Question(kind, _dotted(fresh), tuple(ranked))

    def _ask(self, question: Question) -> Candidate | None:
        ask = self._context.options.ask
        if ask is None:
            self._questions.append(question)
            return None
        return ask(question)

    def _likeness(self, old: Key, new: Key) -> float:
        if old[0] == "enum_value":
            return self._value_likeness(old, new)
        before: Any = self._context.current.items[old]
        after: Any = self._context.desired.items[new]
        kind = KINDS[old[0]]
        if before.parent != after.parent:
            return 0.0
        return kind.similarity(before, after, self._context)

    def _value_likeness(self, old: Key, new: Key) -> float:
        if old[1][:2] != new[1][:2]:
            return 0.0
        before = self._context.current.get("enum", *old[1][:2]).values.index(old[1][2])
        after = self._context.desired.get("enum", *new[1][:2]).values.index(new[1][2])
        return 0.9 if before == after else 0.6


def _dotted(key: Key) -> str:
    return ".".join(key[1][:2] if is_routine(key[0]) else key[1])
