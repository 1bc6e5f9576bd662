"""What differs between two snapshots, and all that has to happen because of it."""

from __future__ import annotations

from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.closure import close
from supabase_tasks.diff.plan.partition_indexes import renew_for_partitions


def find_changes(current: Snapshot, desired: Snapshot, context: Context) -> Changes:
    """Compare, then close: what has to go takes its children and dependants along.

    Raises `DiffError` (code `impossible`) naming what PostgreSQL cannot change.
    """
    changes = Changes(current, desired)
    changes.created |= desired.items.keys() - current.items.keys()
    changes.dropped |= current.items.keys() - desired.items.keys()
    for key, old in current.items.items():
        new = desired.items.get(key)
        if new is None or old == new:
            continue
        kind = KINDS[key[0]]
        intermediate = kind.intermediate(old, new, context)
        if kind.replaces(old, new, context):
            changes.replaced.add(key)
        elif intermediate is not None:
            changes.detached[key] = intermediate
        else:
            changes.altered.add(key)
    renew_for_partitions(changes)
    close(changes, context)
    changes.settle()
    _find_dropped_with(changes)
    return changes


def _find_dropped_with(changes: Changes) -> None:
    """Find the drops that another drop does: children of what goes, sequences of columns that go."""
    going = changes.dropped | changes.replaced
    for key in sorted(going):
        item = changes.current.items[key]
        containers = going | changes.swapped if item.is_attribute else going
        for container in KINDS[key[0]].dropped_along_with(item, changes.current):
            if container in containers:
                changes.dropped_with[key] = container
                break
