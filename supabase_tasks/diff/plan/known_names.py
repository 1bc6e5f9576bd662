"""Renames as people know them: what breaks is the name that an object had, also where it is put aside on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, incompatible
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds import KINDS, is_routine
from supabase_tasks.diff.plan.inner_names import INNER_NAMES
from supabase_tasks.diff.plan.naming import CountedChange
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation


def warn_of(kind: str, old: Any, operations: Sequence[MigrateOperation], side: Snapshot) -> None:
    """Say of the operations that rename `old`, an item of `side`, that code which uses its name breaks, unless they do."""
    if not operations or not KINDS[kind].named_in_code or getattr(old, "result", "") in ("trigger", "event_trigger"):
        return
    # Those that belong to a column are used through it.
    owned = kind == "sequence" and side.get("sequence_owner", *old.identity) is not None
    if not owned and not any(one.code == "incompatible" for made in operations for one in op.hazards_of(made)):
        name = _text(old.key)
        hazard = incompatible(name, f"code that uses the name {name} breaks")
        op.with_hazards(operations[0], (*op.hazards_of(operations[0]), hazard))


def speak(operations: Iterable[MigrateOperation], aside: Mapping[Key, Key]) -> None:
    """Call what was put aside in the hazards by the name that it had: `aside` has both, by the one that it has now."""
    texts = [(_text(now), _text(then)) for now, then in aside.items()]
    for operation in operations if texts else ():
        for inner in (operation, *getattr(operation, "ops", ())):
            own: tuple[Hazard, ...] = tuple(getattr(inner, "hazards", ()))
            if own:
                op.with_hazards(inner, (_spoken(hazard, texts) for hazard in own))


def under_former_names(changes: Iterable[CountedChange], aside: Mapping[Key, Key]) -> list[CountedChange]:
    """The changes with what was put aside under the name that it had."""
    return [change._replace(key=aside.get(change.key, change.key)) for change in changes]


def _spoken(hazard: Hazard, texts: Sequence[tuple[str, str]]) -> Hazard:
    relation, message = hazard.relation, hazard.message
    for now, then in texts:
        whole = re.compile(rf'(?<![\w"$.]){re.escape(now)}(?![\w"$])')
        relation, message = (then.join(whole.split(text)) for text in (relation, message))
    return replace(hazard, relation=relation, message=message)


def _text(key: Key) -> str:
    kind, identity = key
    if kind in INNER_NAMES:
        return literal(identity[2]) if kind == "enum_value" else f"{identity[2]} of {qualified(*identity[:2])}"
    name = qualified(*identity[:2])
    if is_routine(kind):
        return f"{name}({identity[2]})"
    return name if len(identity) < 3 else f"{name}.{identity[2]}"
