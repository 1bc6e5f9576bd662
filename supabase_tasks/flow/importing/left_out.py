"""What `ignore` leaves out of an import although the rest of it needs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from supabase_tasks import wording
from supabase_tasks.diff.errors import name_of, pattern_of
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.catalog.snapshot import Snapshot


def demand_needed(whole: Snapshot, platform: Snapshot, scope: Scope) -> None:
    """Raises `DiffError` (code `ignored-but-needed`) naming the objects of `whole` that models could not be built with: they are
    not ignored, and need what is. What a fresh project has (`platform`) is there all the same."""
    gone = frozenset(key for key in whole.items if scope.ignores(*key) and key not in platform.items)
    needed = {key: _left_out(whole, key, gone) for key in whole.items if not scope.ignores(*key)}
    broken = {key: names for key, names in needed.items() if names and not whole.items[key].is_attribute}
    if not broken:
        return
    patterns = json.dumps([*scope.ignore, *sorted({pattern_of(key) for key in broken})], ensure_ascii=False)
    raise DiffError(
        f"{wording.count(len(broken), 'object')} cannot be imported without what `ignore` leaves out",
        cause="\n".join(
            f"{name_of(key)} needs {', '.join(map(name_of, names))}" for key, names in sorted(broken.items())
        ),
        next_step=f"add to [tool.supabase-tasks] ignore = {patterns}",
        code="ignored-but-needed",
        data={"objects": sorted(map(name_of, broken)), "ignore": json.loads(patterns)},
    )


def _left_out(whole: Snapshot, key: Key, gone: frozenset[Key]) -> list[Key]:
    """What of `gone` it needs, of itself or by way of others."""
    found: set[Key] = set()
    waiting, seen = [key], {key}
    while waiting:
        for needed in whole.dependencies.needs.get(waiting.pop(), frozenset()) - seen:
            seen.add(needed)
            if needed in gone:
                found.add(needed)
            else:
                waiting.append(needed)
    return sorted(found)
