"""Foreign keys between tables that become unlogged, or logged, in one migration.

Source: PostgreSQL 17, ATPrepChangePersistence(): no table becomes unlogged while a logged one refers to it, and none becomes
logged while it refers to an unlogged one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key
    from supabase_tasks.diff.catalog.snapshot import Snapshot

# The foreign key, and the tables of its two ends in the order in which they have to change.
Pair = tuple["Key", "Key", "Key"]


def pairs(current: Snapshot, desired: Snapshot) -> list[Pair]:
    """The foreign keys whose ends are two tables that both change."""
    changing = {key for key in current.keys.get("table", ()) if _changes(current, desired, key)}
    found: list[Pair] = []
    for key in sorted(current.keys.get("constraint", ())) if changing else ():
        table = ("table", key[1][:2])
        if table not in changing or getattr(current.items[key], "type", "") != "f":
            continue
        for other in _references(current, key) & changing - {table}:
            unlogged = getattr(desired.items[table], "unlogged", False)
            found.append((key, table, other) if unlogged else (key, other, table))
    return found


def _changes(current: Snapshot, desired: Snapshot, key: Key) -> bool:
    new = desired.items.get(key)
    return new is not None and getattr(current.items[key], "unlogged", None) != getattr(new, "unlogged", None)


def _references(side: Snapshot, key: Key) -> set[Key]:
    return {("table", need[1][:2]) for need in side.dependencies.needs.get(key, ()) if need[0] in ("table", "column")}


def in_cycles(found: list[Pair]) -> list[Key]:
    """The foreign keys that leave no order, because each table has to change before the other."""
    after: dict[Key, set[Key]] = {}
    for _, first, then in found:
        after.setdefault(first, set()).add(then)
    return [key for key, first, then in found if first in _tables_after(then, after)]


def _tables_after(start: Key, after: dict[Key, set[Key]]) -> set[Key]:
    seen: set[Key] = set()
    open_ = [start]
    while open_:
        for key in after.get(open_.pop(), ()):
            if key not in seen:
                seen.add(key)
                open_.append(key)
    return seen
