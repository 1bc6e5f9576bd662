"""Steps become Alembic operations: each kind writes its own, new tables take their columns and constraints in."""

from __future__ import annotations

from typing import Any

from alembic.operations.ops import MigrateOperation

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds import table as tables
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.order import Ordered, Step


def assemble_operations(changes: Changes, ordered: Ordered, context: Context) -> list[MigrateOperation]:
    """The operations of all steps in order; hazards on objects that this migration creates are taken off."""
    inside: dict[Key, list[Key]] = {}
    for key in ordered.inline:
        parent = changes.desired.items[key].parent
        assert parent is not None
        inside.setdefault(parent, []).append(key)
    found: list[MigrateOperation] = []
    for step in ordered.steps:
        found += _operations(step, changes, inside.get(step.key, []), context)
    for operation in found:
        _quiet(operation, context)
    return found


def _operations(step: Step, changes: Changes, inside: list[Key], context: Context) -> list[MigrateOperation]:
    key = step.key
    kind = KINDS[key[0]]
    old: Any = changes.current.items.get(key)
    new: Any = changes.desired.items.get(key)
    if key in changes.detached:
        left: Any = changes.detached[key]
        return list(kind.alter(old, left, context) if step.action == "down" else kind.alter(left, new, context))
    if new is not None and new.inherited:
        return list(kind.inherits(old, new, context)) if step.action == "alter" and old.inherited else []
    if step.action == "down":
        return [] if old.inherited else list(kind.drop(old, context))
    if step.action == "alter":
        return list(kind.alter(old, new, context))
    if key[0] == "table":
        return _table(new, inside, changes, context)
    return list(kind.create(new, context))


def _table(new: tables.Table, inside: list[Key], changes: Changes, context: Context) -> list[MigrateOperation]:
    children: list[Any] = [changes.desired.items[key] for key in inside]
    children.sort(key=lambda item: (item.kind == "constraint", KINDS[item.kind].sort_key(item)))
    body = [KINDS[item.kind].clause(item) for item in children]
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
