"""The objects of one database as the SQL that would create them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl.render import script
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.options import PlanOptions


def find_definitions(snapshot: Snapshot, kinds: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """Key and statements of every object of those of `kinds` that are modelled; one for which nothing has to be said (what
    default privileges grant) is left out."""
    context = Context(snapshot, snapshot, PlanOptions(), fresh=frozenset(snapshot.items))
    for name in kinds:
        for item in snapshot.of(name) if name in KINDS else ():
            sql = "\n".join(script(KINDS[name].create(item, context)))
            if sql:
                yield item.key, sql
