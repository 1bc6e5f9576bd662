"""What a snapshot of a database says, as values that tests compare."""

from __future__ import annotations

from dataclasses import fields

from supabase_tasks.diff.catalog.snapshot import Snapshot


def contents(one: Snapshot) -> tuple[object, ...]:
    """Everything that a snapshot says, also what is not compared, in its order."""
    items = [
        (key, [(field.name, getattr(item, field.name)) for field in fields(item)]) for key, item in one.items.items()
    ]
    return items, one.dependencies.addresses, one.dependencies.links, one.version, one.unmodelled
