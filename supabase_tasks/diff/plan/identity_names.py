"""The sequences behind identity columns keep their names when a table or a column gets another: PostgreSQL renames neither."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import free_name, ident, qualified
from supabase_tasks.diff.plan.naming import CountedChange


def counted_renames(followers: Iterable[op.RenameObject], renames: Iterable[CountedChange]) -> list[CountedChange]:
    """The changes that a person would count: a sequence that only follows its renamed table or column is none."""
    moved = {change.key[1] for change in renames if change.key[0] in ("table", "column")}
    keys = dict.fromkeys(("column", one.identity) for one in followers)
    return [CountedChange("alter", key) for key in keys if not {key[1], key[1][:2]} & moved]


def rename_operations(current: Snapshot, desired: Snapshot) -> list[op.RenameObject]:
    """The operations that give each sequence of an identity column the name that it is to have; one whose name another of
    them has still gets it by way of a free one."""
    pairs = dict(_pairs(current, desired))
    held = {current.items[key].sequence_name for key in pairs}  # type: ignore[attr-defined]
    taken_names: dict[str, set[str]] = {}
    away, plain, back = [], [], []
    for key, wanted in pairs.items():
        column: Any = current.items[key]
        name, sequence = column.sequence_name, _bare(wanted, column.schema)
        if wanted not in held:
            plain.append(_rename(key, name, sequence))
            continue
        taken = taken_names.setdefault(column.schema, _taken(column.schema, current, desired))
        chosen = free_name("renamed_" + sequence.strip('"'), taken)
        taken.add(chosen)
        away.append(_rename(key, name, ident(chosen)))
        back.append(_rename(key, f"{qualified(column.schema)}.{ident(chosen)}", sequence))
    return [*away, *plain, *back]


def _taken(schema: str, *sides: Snapshot) -> set[str]:
    """The names in the schema, those of the sequences behind identity columns (which are no objects by themselves) included."""
    behind: list[Any] = [column for side in sides for column in side.of("column") if column.schema == schema]
    sequences = {_bare(column.sequence_name, schema).strip('"') for column in behind if column.sequence_name}
    return sequences.union(*(side.names_in(schema) for side in sides))


def _pairs(current: Snapshot, desired: Snapshot) -> list[tuple[Key, str]]:
    found = []
    for key in sorted(current.keys.get("column", ())):
        old: Any = current.items[key]
        new: Any = desired.items.get(key)
        if new is not None and old.sequence_name and new.sequence_name not in ("", old.sequence_name):
            found.append((key, new.sequence_name))
    return found


def _rename(key: Key, old: str, new: str) -> op.RenameObject:
    return op.RenameObject("column", key[1], f"ALTER SEQUENCE {old} RENAME TO {new}")


def _bare(name: str, schema: str) -> str:
    return name.removeprefix(f"{ident(schema)}.")
