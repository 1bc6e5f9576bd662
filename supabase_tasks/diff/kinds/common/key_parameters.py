"""Storage parameters of the index behind a primary key or unique constraint, which stand in the constraint's definition.

The items are those of `diff/kinds/constraint.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.kinds.common.partition_constraints import key_above
from supabase_tasks.diff.kinds.common.storage import parameter_changes

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_WITH = re.compile(r" WITH \(([^()]*)\)(?=(?: DEFERRABLE| INITIALLY DEFERRED)*\Z)")


def changes(old: Any, new: Any) -> list[str] | None:
    """The SET (…) and RESET (…) clauses that make the index of `old` that of `new`; None when they differ in more, or have
    none whose parameters PostgreSQL changes in place (a partitioned table's has not)."""
    if new.type not in "pu" or new.partitioned or old.type != new.type:
        return None
    before, after = (_WITH.sub("", one.definition) for one in (old, new))
    return parameter_changes(_options(old), _options(new)) if before == after else None


def is_tuned(old: Any, new: Any, context: Context) -> bool:
    """Whether only the parameters differ, and those of the key that it may come from do not."""
    above = key_above(new, context)
    sides = [side.items.get(above or new.key) for side in (context.current, context.desired)]
    return changes(old, new) is not None and (above is None or sides[0] == sides[1])


def inherited_changes(old: Any, new: Any, context: Context) -> list[str]:
    """The same for a partition's key: from what it was, or from the key that it is made of."""
    above = key_above(new, context)
    if new.type not in "pu" or new.partitioned or above is None:
        return []
    there: Any = old or context.current.items.get(new.key)
    kept = there is not None and context.exists(above) and context.table_exists(new.schema, new.table)
    base = there if kept else context.desired.items.get(above)
    return [] if base is None else parameter_changes(_options(base), _options(new))


def _options(constraint: Any) -> tuple[str, ...]:
    found = _WITH.search(constraint.definition)
    return tuple(sorted(found[1].split(", "))) if found else ()
