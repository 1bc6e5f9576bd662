"""What a plan says about itself: counts by kind, and the comment block on top of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from supabase_tasks import migration_head, visible, wording
from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl.hazards import LOCKS, Blocking, Hazard, lock
from supabase_tasks.diff.ddl.levels import LEVELS, level_of
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.diff.kinds.common.kind import Kind
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.diff.plan.inner_names import INNER_NAMES
from supabase_tasks.diff.plan.naming import CountedChange

_SIGNS = {"create": "+", "alter": "~", "rename": "~", "drop": "−"}


def counted_changes(changes: Changes) -> list[CountedChange]:
    """The changes that a person would count: what is inside a new table, or only rebuilt, is not."""
    found: list[CountedChange] = []
    for action, keys in (
        ("create", changes.created),
        ("alter", changes.altered | set(changes.detached) | changes.swapped | (changes.replaced - changes.recreated)),
        ("drop", changes.dropped),
    ):
        for key in sorted(keys):
            if KINDS[key[0]].noun and not _inside(changes, action, key) and not _same(changes, action, key):
                found.append(CountedChange(action, key))
    return found


def _same(changes: Changes, action: str, key: Key) -> bool:
    kind: Kind[Any] = KINDS[key[0]]
    return action == "alter" and not kind.is_counted(changes.current.items[key], changes.desired.items[key])


def _inside(changes: Changes, action: str, key: Key) -> bool:
    side = changes.current if action == "drop" else changes.desired
    if side.items[key].inherited:
        return not (
            action == "alter"
            and ((key[0] in ("index", "constraint") and key not in changes.replaced) or key in changes.given)
        )
    parent = side.items[key].parent
    if action != "alter" and side.items[key].comes_with_parent:
        return True
    if parent is None:
        return False
    if action == "drop":
        return parent in changes.dropped
    return action == "create" and parent in changes.created and (KINDS[key[0]].inline or side.items[key].is_attribute)


def header(changes: Sequence[CountedChange]) -> str:
    """`+1 table, ~2 columns, −1 grant`: by sign, then by kind in the order of the registry."""
    counts: dict[tuple[str, str], int] = {}
    for change in changes:
        pair = (_SIGNS[change.action], kind_of(change))
        counts[pair] = counts.get(pair, 0) + 1
    order = list(KINDS)
    ranked = sorted(counts.items(), key=lambda entry: ("+~−".index(entry[0][0]), order.index(entry[0][1])))
    return ", ".join(f"{sign}{wording.count(number, KINDS[kind].noun)}" for (sign, kind), number in ranked)


def kind_of(change: CountedChange) -> str:
    """The kind that the change is one of: a value's is that of its enum."""
    inner = INNER_NAMES.get(change.key[0])
    return inner.type_kind if inner else change.key[0]


def comment_block(title: str, hazards: Sequence[Hazard]) -> str:
    """The lines on top of a file: what it does, and its hazards."""
    # A line break in a name would end the comment, and the rest of the name would be run as SQL.
    lines = [f"-- {visible.line(title)}"]
    for hazard in distinct(hazards):
        lines.append(migration_head.hazard_line(hazard.code, visible.line(hazard.message)))
    return "\n".join(lines)


def by_level(hazards: Iterable[Hazard]) -> list[Hazard]:
    """Each hazard once, the most harmful level first, then as they came."""
    return sorted(distinct(tuple(hazards)), key=lambda hazard: LEVELS.index(level_of(hazard)))


def distinct(hazards: Sequence[Hazard]) -> list[Hazard]:
    """Each hazard once. The locks on one relation are one: all are held until the transaction ends."""
    found: list[Hazard] = []
    locks: dict[str, list[Hazard]] = {}
    rewritten = {hazard.relation for hazard in hazards if hazard.code == "rewrite"}
    for hazard in hazards:
        if hazard.code != "lock":
            if hazard not in found:
                found.append(hazard)
        elif hazard.relation not in rewritten:
            locks.setdefault(hazard.relation, []).append(hazard)
    return found + [_one_lock(name, locks[name]) for name in sorted(locks)]


def _one_lock(relation: str, hazards: Sequence[Hazard]) -> Hazard:
    modes = [hazard.lock for hazard in hazards]
    strongest = min(modes, key=lambda mode: LOCKS.index(mode) if mode in LOCKS else len(LOCKS))
    spans: tuple[Blocking, ...] = ("instant", "scan", "rewrite")
    return lock(relation, strongest, max((hazard.blocking for hazard in hazards), key=spans.index))
