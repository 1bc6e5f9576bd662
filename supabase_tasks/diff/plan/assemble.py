"""Steps become Alembic operations: each kind writes its own, new tables take their columns and constraints in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alembic.operations.ops import MigrateOperation

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, data_loss
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds import table as tables
from supabase_tasks.diff.kinds.common.casts import always_fits, conversion
from supabase_tasks.diff.kinds.common.column_item import Column
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.common.type_changes import over
from supabase_tasks.diff.plan import inherited
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.inherited_defaults import correct_defaults
from supabase_tasks.diff.plan.order import StepOrder
from supabase_tasks.diff.plan.published_rows import identify_rows
from supabase_tasks.diff.plan.step import Step
from supabase_tasks.diff.plan.type_swap import swap_types


def assemble_operations(changes: Changes, ordered: StepOrder, context: Context) -> list[MigrateOperation]:
    """The operations of all steps in order; hazards on objects that this migration creates are taken off."""
    inside: dict[Key, list[Key]] = {}
    for key in ordered.inline:
        parent = changes.desired.items[key].parent
        assert parent is not None
        inside.setdefault(parent, []).append(key)
    found: list[MigrateOperation] = []
    for step in ordered.steps:
        found += _operations(step, changes, inside.get(step.key, []), context)
    found += correct_defaults(found, changes)
    found = _with_rows_said_last(found, changes)
    found = identify_rows(found, changes)
    for operation in found:
        _quiet(operation, context)
    return found


def _with_rows_said_last(found: list[MigrateOperation], changes: Changes) -> list[MigrateOperation]:
    """The defaults of what waited as text behind the columns that its row type gets: a value of it has them, and the rows that
    there are have not."""
    later: dict[int, list[MigrateOperation]] = {}
    for key in sorted(changes.parked):
        held = [part for part in changes.current.stored.parts(changes.current.items[key]) if part[0] == "table"]
        coming = {one[1] for one in changes.created if one[0] == "column" and ("table", one[1][:2]) in held}
        last = max((place for place, one in enumerate(found) if getattr(one, "identity", None) in coming), default=0)
        said = [one for one in found[:last] if isinstance(one, op.TableClause) and _says_default(one, key)]
        later.setdefault(last, []).extend(said)
    moved = [one for several in later.values() for one in several]
    kept = ((place, one) for place, one in enumerate(found) if one not in moved)
    return [each for place, one in kept for each in (one, *later.get(place, ()))]


def _says_default(operation: op.TableClause, column: Key) -> bool:
    start = f"ALTER COLUMN {ident(column[1][2])} SET DEFAULT "
    # A row is written in parentheses.
    return operation.identity == column[1] and operation.clause.startswith(start) and "(" in operation.clause


def _operations(step: Step, changes: Changes, inside: list[Key], context: Context) -> list[MigrateOperation]:
    key = step.key
    kind = KINDS[key[0]]
    old: Any = changes.current.items.get(key)
    new: Any = changes.desired.items.get(key)
    if key in changes.swap_of and step.action == "alter":
        return swap_types(key, changes, context)
    if key in changes.detached:
        return _detach(step, changes, context)
    joins = new is not None and new.parent in changes.joining and inherited.is_demanded(changes, key)
    joins = joins or inherited.comes_from_below(changes, key)
    if new is not None and new.inherited and not joins and step.action != "down":
        base: Any = changes.given.get(key, None if key in changes.fresh else old)
        return list(kind.inherits(base, new, context))
    if step.action == "down":
        # A partition that is detached loses the triggers that it was given, and keeps the rest.
        stays = key[0] != "trigger" and old.parent in changes.leaving
        given = old.inherited and not stays and not inherited.stays_behind(changes, key)
        return [] if given else _with_partitions(list(kind.drop(old, context)), key, changes, context)
    if step.action == "alter":
        return list(kind.alter(old, new, context))
    if key[0] == "table":
        return _table(new, inside, changes, context)
    return list(kind.create(new, context))


def _detach(step: Step, changes: Changes, context: Context) -> list[MigrateOperation]:
    key = step.key
    kind = KINDS[key[0]]
    old, left, new = changes.current.items[key], changes.detached[key], changes.desired.items[key]
    if old.inherited and new.inherited and _done_by_parent(key, changes):
        return [] if step.action == "down" else _own(key, changes, context)
    if key in changes.swap_of and step.action == "up":
        left = replace(new, checks=(), default=None)  # type: ignore[call-arg]
    if key in changes.forgotten and step.action == "down":
        return []
    found = list(kind.alter(old, left, context) if step.action == "down" else kind.alter(left, new, context))
    if key in changes.parked:
        narrows = any(_may_narrow(cause, changes) for cause in changes.parked[key])
        told = ("rewrite", "may-fail") if narrows else ("rewrite",)
        for operation in found:
            op.with_hazards(operation, [hazard for hazard in op.hazards_of(operation) if hazard.code in told])
        if step.action != "down" and found:
            op.with_hazards(found[0], (*op.hazards_of(found[0]), *_losses_of_rows(key, changes)))
    return found


def _losses_of_rows(key: Key, changes: Changes) -> list[Hazard]:
    """What the rows lose that a column holds as values: its text is read as what they are now."""
    found = []
    for cause in sorted(changes.parked[key]):
        for name, old, new in _type_changes(cause, changes):
            loses = conversion("value", over(old, changes.current), over(new, changes.desired)).loses
            told = f"rows of {qualified(*cause[1][:2])} in {'.'.join(key[1])} lose {loses} of {name}"
            found += [data_loss(qualified(*key[1][:2]), f"{told}: {old} becomes {new}")] if loses else []
    return found


def _may_narrow(cause: Key, changes: Changes) -> bool:
    """Whether a value that waits as text may not fit afterwards."""
    # A type whose name one of another kind takes.
    if cause in changes.moved or (KINDS[cause[0]].is_type and cause in changes.dropped):
        return True
    return any(_is_narrower(old, new, changes) for _, old, new in _type_changes(cause, changes))


def _is_narrower(old: str, new: str, changes: Changes) -> bool:
    # Read from a text, a value does not become an array of itself.
    becomes_array = over(old, changes.current).endswith("[]") != over(new, changes.desired).endswith("[]")
    return becomes_array or not always_fits(old, new)


def _type_changes(cause: Key, changes: Changes) -> list[tuple[str, str, str]]:
    """The columns of rows that change with `cause`, a column or a view: name, type before and after."""
    old, new = (side.items.get(cause) for side in (changes.current, changes.desired))
    if isinstance(old, Column) and isinstance(new, Column):
        return [(old.name, old.type, new.type)]
    if old is None or new is None or not old.is_relation or cause[0] == "table":
        return []
    before, after = old.parts(()), new.parts(())
    return [(name, before[name], after[name]) for name in before if name in after]


def _done_by_parent(key: Key, changes: Changes) -> bool:
    """Whether what happens to a column happens to the parent's column alike, and so to this one."""
    if key in changes.parked:
        return True
    for parent in changes.current.lineage.parents.get(("table", key[1][:2]), ()):
        above: Key = ("column", (*parent[1], key[1][2]))
        pairs = [
            tuple(getattr(side.items[one], "default", None) for side in (changes.current, changes.desired))
            for one in (key, above)
            if above in changes.detached
        ]
        if len(pairs) == 2 and pairs[0] == pairs[1]:
            return True
    return False


def _own(key: Key, changes: Changes, context: Context) -> list[MigrateOperation]:
    """What a child's column is to have of its own, beyond what its parent's change does to it."""
    old, new = changes.current.items[key], changes.desired.items[key]
    sides = ((inherited.origin(side, key), side) for side in (changes.current, changes.desired))
    stages: list[Any] = [side.items[above] for above, side in sides if above is not None]
    given: Any = KINDS[key[0]].given_by_parent(old, new, stages, fresh_table=False) if stages else None
    # Its default, and its type, have gone and come with the parent's.
    left = None if given is None else replace(given, type=new.type, collation=new.collation, default=new.default)  # type: ignore[attr-defined]
    return [] if left is None else list(KINDS[key[0]].inherits(left, new, context))


def _with_partitions(
    found: list[MigrateOperation], key: Key, changes: Changes, context: Context
) -> list[MigrateOperation]:
    """The drop of a partitioned table with the losses of the partitions that go with it."""
    for partition, container in changes.dropped_with.items():
        if key[0] == partition[0] == "table" and container == key:
            inner = _with_partitions(
                list(KINDS["table"].drop(changes.current.items[partition], context)), partition, changes, context
            )
            op.with_hazards(found[-1], (*op.hazards_of(found[-1]), *op.hazards_of(inner[-1])))
    return found


def _table(new: tables.Table, inside: list[Key], changes: Changes, context: Context) -> list[MigrateOperation]:
    children: list[Any] = [changes.desired.items[key] for key in inside]
    children.sort(key=lambda item: (item.kind == "constraint", KINDS[item.kind].sort_key(item)))
    # A column of a typed table may have nothing to say.
    body = [text for item in children if (text := KINDS[item.kind].clause(item))]
    created = op.CreateObject("table", new.identity, tables.definition(new, body))
    extras = [extra for item in children for extra in KINDS[item.kind].extras(item, context)]
    return [created, *extras]


def _quiet(operation: MigrateOperation, context: Context) -> None:
    """A lock on, or a rewrite of, a relation that is not there yet or is created empty in this file is harmless."""
    kept = [
        hazard
        for hazard in op.hazards_of(operation)
        if not (hazard.code in ("lock", "rewrite", "may-fail", "incompatible") and _is_fresh(hazard.relation, context))
    ]
    op.with_hazards(operation, kept)


def _is_fresh(relation: str, context: Context) -> bool:
    return relation in context.fresh_relations
