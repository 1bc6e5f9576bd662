"""Renames: found by similarity, answered by the user, tried out on the current database so that PostgreSQL itself says
how everything that names the renamed object reads afterwards.

They go in rounds, because what lives in a renamed object, or names it, is compared under its new name: schemas; tables
and types; columns and enum values; views and functions; what lives on tables. A rename that loses nothing either way
(an index, a policy of the same definition) is made without a question; one that would lose rows is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.columns import needs_value
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.kind import RenameRound
from supabase_tasks.diff.options import Candidate, PlanOptions, Question
from supabase_tasks.diff.plan import inner_names, owned_names, partition_names, rename_steps, values
from supabase_tasks.diff.plan.inner_names import INNER_NAMES
from supabase_tasks.diff.plan.naming import CountedChange
from supabase_tasks.diff.plan.relocations import new_schemas, relocate
from supabase_tasks.diff.plan.rename_answers import RenameAnswers
from supabase_tasks.diff.plan.spoken_names import spoken_name
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.models.summary import ModelSummary

# Less than this is another object: the same type at another place with nothing else in common stays above.
_ALIKE = 0.5


@dataclass
class RenameResult:
    """The current database after the renames, the operations that make them, how they are counted, and the questions
    that are open; their objects are taken for new so far. `aside` has the former names of what gave its name to another."""

    current: Snapshot
    questions: list[Question] = field(default_factory=list)
    operations: list[MigrateOperation] = field(default_factory=list)
    changes: list[CountedChange] = field(default_factory=list)
    aside: dict[Key, Key] = field(default_factory=dict)


def detect_renames(
    connection: psycopg.Connection[Any],
    current: Snapshot,
    desired: Snapshot,
    models: ModelSummary | None,
    options: PlanOptions,
) -> RenameResult:
    """Find, answer and try out all renames on the database behind `connection`, which is `current`. Must run inside a
    transaction that the caller rolls back.

    Raises `DiffError` when an answer names nothing.
    """
    scope = Scope(options.ignore)
    result = RenameResult(current)
    answers = RenameAnswers(options, models)
    for moment in RenameRound:
        if moment is RenameRound.TABLES_AND_TYPES:
            _relocate(connection, result, desired, options, scope)
        context = Context(result.current, desired, options, models)
        pairs = _Round(context, answers, moment, result.questions).pairs()
        if not pairs:
            continue
        made = list(new_schemas(pairs, context))
        operations = [operation for schema in made for operation in KINDS["schema"].create(schema, context)]
        steps = rename_steps.in_order(pairs, context)
        operations += rename_steps.operations(steps, context)
        result.aside.update(rename_steps.put_aside(steps, pairs))
        _try_out(connection, operations, options)
        result.operations += operations
        result.changes += [CountedChange("create", schema.key) for schema in made]
        result.changes += [
            CountedChange("rename", new, old[1][-1] if old[0] != "function" else old[1][1]) for old, new in pairs
        ]
        result.current = read_snapshot(connection, scope)
    answers.demand_clear()
    if not result.questions:
        # What lies in an object that may yet be a renamed one cannot be found under its new name.
        answers.demand_used()
    for follow in (_follow_owners, _follow_partitions):
        context = Context(result.current, desired, options, models)
        operations = follow(context, result)
        if operations:
            _try_out(connection, operations, options)
            result.operations += operations
            result.current = read_snapshot(connection, scope)
    return result


def _follow_owners(context: Context, result: RenameResult) -> list[MigrateOperation]:
    """What gives the sequences of identity columns, and the like, their names."""
    pairs = owned_names.pairs(context)
    result.changes += owned_names.counted_renames([owned for owned, _ in pairs], result.changes)
    return rename_steps.operations(rename_steps.in_order(pairs, context), context)


def _follow_partitions(context: Context, result: RenameResult) -> list[MigrateOperation]:
    """What gives the keys and indexes of partitions their names. Those that follow a rename are not what a person would
    count."""
    pairs = partition_names.pairs(context)
    result.changes += [] if result.changes else [CountedChange("rename", new, old[1][-1]) for old, new in pairs]
    return rename_steps.operations(rename_steps.in_order(pairs, context), context)


def _relocate(
    connection: psycopg.Connection[Any], result: RenameResult, desired: Snapshot, options: PlanOptions, scope: Scope
) -> None:
    moved = relocate(connection, Context(result.current, desired, options))
    for key, operations in moved:
        result.operations += operations
        result.changes.append(CountedChange("create" if key[0] == "schema" else "alter", key))
    if moved:
        result.current = read_snapshot(connection, scope)


def _kinds(moment: RenameRound) -> tuple[str, ...]:
    kinds = sorted((kind for kind in KINDS.values() if moment in kind.rename_rounds), key=lambda kind: kind.rename_rank)
    found = tuple(kind.name for kind in kinds)
    return (*found, *INNER_NAMES) if moment is RenameRound.PARTS else found


def _try_out(connection: psycopg.Connection[Any], operations: Sequence[MigrateOperation], options: PlanOptions) -> None:
    import psycopg

    for statement in script(operations):
        try:
            options.try_statement(connection, statement)
        except psycopg.Error as error:
            raise DiffError(
                f"PostgreSQL refuses a rename: {error.diag.message_primary or error}",
                cause=statement,
                next_step="inv schema-generate --custom --name rename  (and write it by hand)",
                code="rename-refused",
            ) from error


class _Round:
    """The renames of the kinds that have their turn."""

    def __init__(
        self, context: Context, answers: RenameAnswers, moment: RenameRound, questions: list[Question]
    ) -> None:
        self._context, self._answers, self._moment, self._questions = context, answers, moment, questions

    def pairs(self) -> list[tuple[Key, Key]]:
        """Old and new keys, in a stable order."""
        found: list[tuple[Key, Key]] = []
        for kind in _kinds(self._moment):
            before, after = self._keys(self._context.current, kind), self._keys(self._context.desired, kind)
            if before != after or self._answers.given or kind == "sequence":
                found += self._pair(kind, before, after)
        return rename_steps.possible(found, self._context)

    def _keys(self, side: Snapshot, kind: str) -> set[Key]:
        other = self._context.desired if side is self._context.current else self._context.current
        if kind not in INNER_NAMES:
            items = ((key, side.items[key]) for key in side.keys.get(kind, ()))
            return {key for key, item in items if not item.inherited or partition_names.stands_alone_in(other, item)}
        return inner_names.keys_of(side, kind, other.items)

    def _pair(self, kind: str, before: set[Key], after: set[Key]) -> list[tuple[Key, Key]]:
        found = self._answers.pairs(before, after)
        if kind == "sequence":
            found += self._followers(found)
        olds, news = {old for old, _ in found}, {new for _, new in found}
        # A name that another object takes, and one that is left and made anew, count as gone and as new.
        gone = sorted((before - after | news & before) - olds)
        new = sorted((after - before | olds & after) - news)
        for ranked in (self._exact, self._ask_about):
            for old, fresh in ranked(kind, gone, new):
                if old in gone and fresh in new:
                    found.append((old, fresh))
                    gone.remove(old)
                    new.remove(fresh)
        return found

    def _followers(self, answered: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
        """Sequences that go with their column: PostgreSQL knows whose they are, so there is no question. They wait until tables
        and columns have their new names."""
        if self._moment is not RenameRound.ON_TABLES:
            return []
        taken = {key for pair in answered for key in pair}
        now, then = (self._by_owner(side) for side in (self._context.current, self._context.desired))
        return [
            (now[place], then[place])
            for place in sorted(now.keys() & then.keys())
            if now[place] != then[place] and taken.isdisjoint((now[place], then[place]))
        ]

    def _by_owner(self, side: Snapshot) -> dict[tuple[str, ...], Key]:
        return {
            (owner.table_schema, owner.table, owner.column): owner.parent
            for owner in side.of("sequence_owner")
            if owner.parent in side.items
        }

    def _exact(self, kind: str, gone: list[Key], new: list[Key]) -> list[tuple[Key, Key]]:
        """Pairs that are the same but for the name and hold no rows."""
        return [
            (old, fresh)
            for fresh in new
            for old in gone
            if not self._holds_rows(old) and not self._answers.is_new(fresh) and self._likeness(old, fresh) == 1.0
        ]

    def _holds_rows(self, old: Key) -> bool:
        return old[0] in INNER_NAMES or KINDS[old[0]].holds_rows

    def _ask_about(self, kind: str, gone: list[Key], new: list[Key]) -> list[tuple[Key, Key]]:
        found = []
        taken: set[Key] = set()
        for fresh in new:
            if self._answers.is_new(fresh) or not self._stands_alone(
                fresh, self._context.desired, self._context.current
            ):
                continue
            olds = [
                old
                for old in gone
                if old not in taken
                and self._holds_rows(old)
                and self._stands_alone(old, self._context.current, self._context.desired)
            ]
            by_text = {spoken_name(old): old for old in olds}
            question = self._question(kind, fresh, by_text)
            if question is None:
                continue
            chosen = self._ask(question)
            if chosen is not None:
                taken.add(by_text[chosen.old])
                found.append((by_text[chosen.old], fresh))
        return found

    def _stands_alone(self, key: Key, side: Snapshot, other: Snapshot) -> bool:
        """Whether an object is not one that comes or goes with a column: a sequence whose column the other side lacks."""
        if key[0] != "sequence":
            return True
        owner = side.get("sequence_owner", *key[1])
        if owner is None:
            return True
        there = other.get("column", owner.table_schema, owner.table, owner.column) is not None
        return there and self._moment is RenameRound.ON_TABLES

    def _question(self, kind: str, fresh: Key, by_text: dict[str, Key]) -> Question | None:
        candidates = [
            Candidate(kind, text, spoken_name(fresh), similarity)
            for text, old in by_text.items()
            if (similarity := self._likeness(old, fresh)) >= _ALIKE
        ]
        if not candidates:
            return None
        ranked = sorted(candidates, key=lambda candidate: (-candidate.similarity, candidate.old))
        return Question(kind, spoken_name(fresh), tuple(ranked), self._consequences(fresh))

    def _consequences(self, fresh: Key) -> tuple[str, ...]:
        """What else "it is new" takes."""
        found: list[str] = []
        if fresh[0] == "column":
            column: Any = self._context.desired.items[fresh]
            if needs_value(column):
                found += values.question(column, self._context.desired).proposal
        if fresh[0] in INNER_NAMES:
            found += INNER_NAMES[fresh[0]].consequences
        elif KINDS[fresh[0]].drop_is_gated:
            found += ("--allow", "data-loss")
        return tuple(found)

    def _ask(self, question: Question) -> Candidate | None:
        ask = self._context.options.ask
        if ask is None:
            self._questions.append(question)
            return None
        return ask(question)

    def _likeness(self, old: Key, new: Key) -> float:
        if old[0] in INNER_NAMES:
            return inner_names.likeness(self._context.current, self._context.desired, old, new)
        before: Any = self._context.current.items[old]
        after: Any = self._context.desired.items[new]
        kind = KINDS[old[0]]
        if before.parent != after.parent:
            return 0.0
        return kind.similarity(before, after, self._context)
