"""What child tables keep of what their parents lose."""

from __future__ import annotations

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot


def keepers(current: Snapshot, desired: Snapshot, column: Key) -> bool:
    """Whether a child that stays one, or one below it, keeps a column that the parent loses."""
    table: Key = ("table", column[1][:2])
    # One that is created anew goes and comes with its children's.
    if table not in desired.items or column in desired.items:
        return False
    for child in current.lineage.children.get(table, ()):
        own: Key = ("column", (*child[1], column[1][2]))
        stays = table in desired.lineage.parents.get(child, ())
        if stays and own in current.items and (own in desired.items or keepers(current, desired, own)):
            return True
    return False
