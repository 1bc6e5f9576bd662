"""What a child's column is once its parent's has changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supabase_tasks.diff.kinds.common.column_item import Column

# What a parent's ALTER TABLE does to its children too (PostgreSQL 17, ATPrepCmd).
_FOLLOWING = (
    "type",
    "collation",
    "default",
    "generated",
    "not_null",
    "storage",
    "statistics",
    "identity_mode",
    "sequence",
)


def given_by_parent(old: Column | None, new: Column, stages: Sequence[Column], *, fresh_table: bool) -> Column:
    """What a child's column is after its parent's change: see `Kind.given_by_parent`."""
    wanted = stages[-1]
    if old is None:
        target = None if fresh_table else wanted.statistics
        taken = {name: getattr(wanted, name) for name in ("default", "generated", "not_null", "storage", "compression")}
        return replace(new, statistics=target, options=(), **taken)
    for before, after in pairwise(stages):
        changed = [name for name in _FOLLOWING if getattr(before, name) != getattr(after, name)]
        old = replace(old, **{name: getattr(after, name) for name in changed})
    return replace(old, not_null=True) if len(stages) == 1 and wanted.not_null else old
