"""Tables: persistence, partitioning, inheritance, storage parameters. Columns are their own kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from alembic.operations import ops

from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, data_loss, incompatible, lock, rewrite
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import persistence, typed_tables
from supabase_tasks.diff.kinds.common.column_item import Column
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.storage import parameter_changes, parameters

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Table(SchemaItem):
    """An ordinary or partitioned table.

    `partition_by` is the deparsed key (`RANGE (at)`), `bound` a partition's bound (`FOR VALUES …`), `parents` the
    qualified SQL names of what it inherits from or is a partition of, in order.
    """

    kind: ClassVar[str] = "table"
    is_relation: ClassVar[bool] = True
    unlogged: bool
    partition_by: str | None
    bound: str | None
    parents: tuple[str, ...]
    parent_keys: tuple[str, ...]
    of_type: str | None
    access_method: str | None
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(sorted(self.options)))

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    @property
    def label(self) -> str:
        return f"TABLE {qualified(*self.identity)}"

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        columns = sorted((one for one in children if isinstance(one, Column)), key=lambda column: column.position)
        return {column.name: column.type for column in columns}


class TableKind(Kind[Table]):
    item = Table
    rank = 80
    slug_rank = 1
    slug_word = False
    slug_lists = True
    namespaces = ("relation", "type")
    rename_rank = -1
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    named_in_bodies = True
    section = 40
    noun = "table"
    holds_rows = True
    drop_is_gated = True
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS name, c.relpersistence = 'u' AS unlogged,
            pg_catalog.pg_get_partkeydef(c.oid) AS partition_by,
            CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bound,
            ARRAY(SELECT i.inhparent::regclass::text FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid
                ORDER BY i.inhseqno) AS parents,
            ARRAY(SELECT pn.nspname || '.' || p.relname FROM pg_catalog.pg_inherits i
                JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
                WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parent_keys,
            CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END AS of_type,
            nullif(am.amname, 'heap') AS access_method,
            coalesce(c.reloptions, '{{}}')
                || ARRAY(SELECT 'toast.' || o FROM unnest(t.reloptions) o) AS options
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
            LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: Table) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Table, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new, []))]

    def drop(self, old: Table, context: Context) -> Operations:
        relation = qualified(*old.identity)
        hazards = [
            data_loss(relation, f"table {relation} is dropped with its rows"),
            incompatible(relation, f"code that reads {relation} breaks"),
        ]
        dropped = op.with_hazards(ops.DropTableOp(old.name, schema=old.schema), hazards)
        return [*self._detach_partition(old, context), dropped]

    def _detach_partition(self, old: Table, context: Context) -> list[op.TableClause]:
        """A partition of a table that a foreign key refers to cannot be dropped before it is detached."""
        parent = old.parents[0] if old.bound is not None else None
        if parent is None or not any(item.references == parent for item in context.desired.of("constraint")):
            return []
        return [self._leave(old, parent)]

    def replaces(self, old: Table, new: Table, context: Context) -> bool:
        joins = new.of_type is not None and old.of_type != new.of_type
        return old.partition_by != new.partition_by or (joins and not typed_tables.fits(new, context))

    def dropped_along_with(self, item: Table, snapshot: Snapshot) -> list[Key]:
        # A partitioned table takes its partitions along; children by INHERITS keep it from being dropped.
        return list(snapshot.lineage.parents.get(item.key, ())) if item.bound is not None else []

    def intermediate(self, old: Table, new: Table, context: Context) -> Table | None:
        """Away from the parents that it leaves, so that what they change next is not done to it."""
        kept = [place for place, parent in enumerate(old.parents) if parent in new.parents and old.bound == new.bound]
        if len(kept) == len(old.parents):
            left = old.of_type is not None and new.of_type is not None and old.of_type != new.of_type
            return replace(old, of_type=None) if left else None
        parents, keys = (tuple(names[place] for place in kept) for names in (old.parents, old.parent_keys))
        return replace(old, parents=parents, parent_keys=keys, bound=old.bound if kept else None)

    def detach(self, old: Table, gone: Item, context: Context) -> Table | None:
        made: Any = context.current.items[old.key]
        if made.of_type is None or not typed_tables.is_of(made, gone) or not typed_tables.fits(old, context):
            return None
        return replace(old, of_type=None)

    def blocks(self, old: Table, new: Table, context: Context) -> list[Key]:
        return persistence.in_cycles(persistence.pairs(context.current, context.desired)) if _moves(old, new) else []

    def alter(self, old: Table, new: Table, context: Context) -> Operations:
        return [
            *(self._persistence(old, new)),
            *(self._type(old, new)),
            *(self._parents(old, new)),
            *(self._clause(new, text) for text in parameter_changes(old.options, new.options)),
        ]

    def _clause(self, table: Table, text: str, *hazards: Hazard, alone: bool = False) -> op.TableClause:
        relation = qualified(*table.identity)
        taken = hazards or (lock(relation, "ACCESS EXCLUSIVE"),)
        return op.TableClause(self.name, table.identity, relation, text, hazards=taken, alone=alone)

    def _persistence(self, old: Table, new: Table) -> list[op.TableClause]:
        relation = qualified(*new.identity)
        found = []
        if old.unlogged != new.unlogged:
            hazard = rewrite(relation, f"{relation} is rewritten")
            found.append(self._clause(new, f"SET {'UNLOGGED' if new.unlogged else 'LOGGED'}", hazard))
        if old.access_method != new.access_method:
            hazard = rewrite(relation, f"{relation} is rewritten")
            found.append(self._clause(new, f"SET ACCESS METHOD {ident(new.access_method or 'heap')}", hazard))
        return found

    def _type(self, old: Table, new: Table) -> list[op.TableClause]:
        if old.of_type == new.of_type:
            return []
        return [self._clause(new, "NOT OF" if new.of_type is None else f"OF {new.of_type}", alone=True)]

    def _parents(self, old: Table, new: Table) -> list[op.TableClause]:
        left = [parent for parent in old.parents if parent not in new.parents or old.bound != new.bound]
        joined = [parent for parent in new.parents if parent not in old.parents or old.bound != new.bound]
        return [*(self._leave(old, parent) for parent in left), *(self._join(new, parent) for parent in joined)]

    def _leave(self, table: Table, parent: str) -> op.TableClause:
        if table.bound is None:
            return self._clause(table, f"NO INHERIT {parent}", alone=True)
        return self._partition(table, parent, f"DETACH PARTITION {qualified(*table.identity)}")

    def _join(self, table: Table, parent: str) -> op.TableClause:
        if table.bound is None:
            return self._clause(table, f"INHERIT {parent}", alone=True)
        return self._partition(table, parent, f"ATTACH PARTITION {qualified(*table.identity)} {table.bound}")

    def _partition(self, table: Table, parent: str, text: str) -> op.TableClause:
        taken = locks.mode("ATTACH PARTITION" if text.startswith("ATTACH") else "DETACH PARTITION")
        hazard = lock(parent, taken, "scan")
        return op.TableClause(self.name, table.identity, parent, text, hazards=[hazard], alone=True)

    def rename(self, old: Table, new: Table, context: Context) -> Operations:
        relation = qualified(*old.identity)
        hazards = [
            incompatible(relation, f"code that uses the name {relation} breaks"),
            lock(relation, "ACCESS EXCLUSIVE"),
        ]
        found: list[MigrateOperation] = []
        if old.schema != new.schema:
            sql = f"ALTER TABLE {relation} SET SCHEMA {ident(new.schema)}"
            found.append(op.RenameObject(self.name, new.identity, sql, hazards=hazards))
        if old.name != new.name:
            renamed = ops.RenameTableOp(old.name, new.name, schema=new.schema)
            found.append(op.with_hazards(renamed, hazards))
        return found

    def similarity(self, old: Table, new: Table, context: Context) -> float:
        before = _columns(context.current.children.get(old.key, ()))
        after = _columns(context.desired.children.get(new.key, ()))
        return len(before & after) / max(len(before | after), 1)


def _moves(old: Table, new: Table) -> bool:
    return old.unlogged != new.unlogged


def _columns(children: tuple[Key, ...]) -> set[str]:
    return {identity[-1] for kind, identity in children if kind == "column"}


def definition(table: Table, body: list[str]) -> str:
    """CREATE TABLE with the given lines (columns and constraints) between its parentheses."""
    relation = qualified(*table.identity)
    head = f"CREATE {'UNLOGGED ' if table.unlogged else ''}TABLE {relation}"
    inner = "(\n    " + ",\n    ".join(body) + "\n)" if body else "()"
    if table.bound is not None:
        head += f" PARTITION OF {table.parents[0]}" + (f" {inner}" if body else "") + f" {table.bound}"
    elif table.of_type is not None:
        head += f" OF {table.of_type}" + (f" {inner}" if body else "")
    else:
        head += f" {inner}" + (f" INHERITS ({', '.join(table.parents)})" if table.parents else "")
    if table.partition_by is not None:
        head += f" PARTITION BY {table.partition_by}"
    if table.access_method is not None:
        head += f" USING {ident(table.access_method)}"
    return head + (f" WITH ({', '.join(parameters(table.options))})" if table.options else "")


KIND = TableKind()
