"""Rows of published tables that a migration writes: PostgreSQL publishes an UPDATE only of a table with a replica identity.

Source: PostgreSQL 17, CheckCmdReplicaIdentity(): the table needs a primary key, an index that stands for it, or FULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from alembic.operations import ops

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.errors import impossible

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.plan.changes import Changes

_WORDS = {"d": "DEFAULT", "n": "NOTHING"}
_PARTLY = "its rows get a value, it has no replica identity, and a publication sends only some of its columns"


def identify_rows(operations: Iterable[MigrateOperation], changes: Changes) -> list[MigrateOperation]:
    """The operations, with every UPDATE between a FULL replica identity of the tables that have none, and what they had.

    Raises `DiffError` (code `impossible`) naming a table of which a publication sends only some columns."""
    refused: dict[Key, str] = {}
    found: list[MigrateOperation] = []
    said: set[Key] = set()
    gone: set[Key] = set()
    for operation in operations:
        if isinstance(operation, ops.DropTableOp):
            gone.add(("table", (str(operation.schema), operation.table_name)))
        if isinstance(operation, op.TableClause) and operation.kind == "replica_identity":
            said.add(("table", operation.identity[:2]))
        tables = [table for table in _tables_to_identify(operation, changes, said) if table not in gone]
        refused |= {table: _PARTLY for table in tables if _is_partly_published(changes, table)}
        found += [_set(table, "FULL") for table in tables]
        found.append(operation)
        found += [_set(table, _WORDS[_mode(_side(table, changes, said), table)]) for table in tables]
    if refused:
        raise impossible(refused)
    return found


def _is_partly_published(changes: Changes, table: Key) -> bool:
    """Whether some publication sends only columns of it, which PostgreSQL does not let it do with FULL."""
    members: list[Any] = [one for side in (changes.current, changes.desired) for one in side.of("publication_table")]
    tables = (table, *changes.current.lineage.ancestors(table))
    return any(one.columns and one.parent in tables for one in members)


def _tables_to_identify(operation: MigrateOperation, changes: Changes, said: set[Key]) -> list[Key]:
    """The tables whose rows it writes that PostgreSQL would not let it."""
    if (
        not isinstance(operation, op.AlterObject)
        or operation.kind != "column"
        or not operation.statements[0].startswith("UPDATE ")
    ):
        return []
    table: Key = ("table", operation.identity[:2])
    current = changes.current
    family = (table, *current.lineage.descendants(table))
    # A foreign table is published by nothing.
    written = [key for key in family if key in current.items and key not in changes.fresh]
    return [
        key
        for key in sorted(written)
        if getattr(current.items[key], "partition_by", None) is None
        and any(_is_published(side, key) for side in (current, changes.desired))
        and _lacks_identity(_mode(_side(key, changes, said), key), key, changes)
    ]


def _side(table: Key, changes: Changes, said: set[Key]) -> Snapshot:
    return changes.desired if table in said else changes.current


def _mode(side: Snapshot, table: Key) -> str:
    setting: Any = side.get("replica_identity", *table[1])
    return "d" if setting is None else str(setting.mode)


def _lacks_identity(mode: str, table: Key, changes: Changes) -> bool:
    sides = (changes.current, changes.desired)
    return mode == "n" or (mode == "d" and not all(_has_primary_key(side, table) for side in sides))


def _has_primary_key(side: Snapshot, table: Key) -> bool:
    keys: list[Any] = [side.items[key] for key in side.children.get(table, ()) if key[0] == "constraint"]
    return any(key.type == "p" for key in keys)


def _is_published(side: Snapshot, table: Key) -> bool:
    """Whether a publication sends updates of it: by itself, with its schema, or with a table that it is a partition of."""
    for publication in _publications(side):
        if "update" in publication.actions and (
            publication.all_tables
            or any(_is_member(side, publication.name, one) for one in (table, *side.lineage.ancestors(table)))
        ):
            return True
    return False


def _publications(side: Snapshot) -> Iterator[Any]:
    for kind in ("publication", "realtime_options"):
        yield from side.of(kind)


def _is_member(side: Snapshot, publication: str, table: Key) -> bool:
    members: tuple[Key, ...] = (
        ("publication_table", (publication, *table[1])),
        ("publication_schema", (publication, table[1][0])),
    )
    return any(member in side.items for member in members)


def _set(table: Key, word: str) -> op.TableClause:
    relation = qualified(*table[1])
    hazards = [lock(relation, "ACCESS EXCLUSIVE")]
    return op.TableClause(
        "replica_identity", table[1], relation, f"REPLICA IDENTITY {word}", hazards=hazards, alone=True
    )
