"""Indexes of tables and materialized views that no constraint owns."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from alembic.operations import ops

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock, may_fail
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import index_partitions as partitions
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.partition_names import index_columns
from supabase_tasks.diff.kinds.common.storage import parameter_changes, parameters

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context

_VECTOR = re.compile(r" USING (?:hnsw|ivfflat) \(")
_NAME = r'"(?:[^"]|"")+"|[^\s".]+'
_HEAD = re.compile(
    rf"^CREATE (?:UNIQUE )?INDEX (?:{_NAME}) ON (?:ONLY )?((?:{_NAME})(?:\.(?:{_NAME}))?) (?:USING btree (?=\())?"
)


@dataclass(frozen=True, kw_only=True)
class Index(SchemaItem):
    """An index; `definition` is what pg_get_indexdef prints after the index's name, without the options: `ON public.t (a)`,
    and its end is `predicate`, the text behind WHERE.

    `only` says that it is a partitioned table's and that a partition lacks it; `parent_index` is the schema and name of the
    one that it is a partition of. `attributes` and `chosen` are those of `index_columns`, where partitions have part in it.
    """

    kind: ClassVar[str] = "index"
    is_relation: ClassVar[bool] = True
    table: str
    on_view: bool
    unique: bool
    definition: str
    predicate: str | None = field(compare=False)
    partitioned: bool = field(compare=False)
    only: bool
    parent_index: tuple[str, ...]
    attributes: tuple[str, ...] = field(compare=False)
    chosen: tuple[str, ...] = field(compare=False)
    options: tuple[str, ...]
    statistics: tuple[str, ...]
    valid: bool

    def __post_init__(self) -> None:
        # A copy of one has the text that is kept.
        if not self.definition.startswith("CREATE "):
            return
        end = "" if self.predicate is None else f" WHERE {self.predicate}"
        text = _HEAD.sub(r"ON \1 ", self.definition, count=1).removesuffix(end)
        # What precedes may hold the words in a literal; the options are what comes last.
        text = text[: text.rindex(" WITH (")] if self.options else text
        object.__setattr__(self, "options", tuple(sorted(self.options)))
        object.__setattr__(self, "definition", canonical(text + end))
        if self.predicate is not None:
            object.__setattr__(self, "predicate", canonical(self.predicate))

    @property
    def parent(self) -> Key:
        return ("materialized_view" if self.on_view else "table", (self.schema, self.table))

    @property
    def can_be_made(self) -> bool:
        # What a failed CREATE INDEX CONCURRENTLY left behind: it is named (`unmodelled`).
        return self.valid

    @property
    def label(self) -> str:
        return f"INDEX {qualified(*self.identity)}"


class IndexKind(Kind[Index]):
    item = Index
    rank = 110
    slug_rank = 15
    namespaces = ("relation",)
    rename_rounds = (RenameRound.ON_TABLES,)
    rebuilt = True
    cycle_breaker = 1
    dropped_along_with = Kind.dropped_with_column
    section = 41
    noun = "index"
    has_children = True
    named_after_partition = True
    sql_file = "indexes"
    query = f"""
        SELECT 1259::int8, i.oid::int8, 0, n.nspname AS schema, i.relname AS name, c.relname AS table,
            c.relkind = 'm' AS on_view, x.indisunique AS unique, pg_catalog.pg_get_indexdef(i.oid, 0, true) AS definition,
            pg_catalog.pg_get_expr(x.indpred, x.indrelid, true) AS predicate,
            coalesce(i.reloptions, '{{}}') AS options,
            CASE WHEN x.indexprs IS NULL THEN '{{}}' ELSE ARRAY(SELECT a.attnum || '=' || a.attstattarget
                FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0 ORDER BY a.attnum)
                END AS statistics,
            i.relkind = 'I' AS partitioned, i.relkind = 'I' AND NOT x.indisvalid AS only,
            x.indisvalid OR c.relkind = 'p' AS valid, i.relispartition AS inherited,
            CASE WHEN i.relispartition THEN (SELECT ARRAY[hn.nspname::text, h.relname::text] FROM pg_catalog.pg_inherits e
                JOIN pg_catalog.pg_class h ON h.oid = e.inhparent JOIN pg_catalog.pg_namespace hn ON hn.oid = h.relnamespace
                WHERE e.inhrelid = i.oid) ELSE '{{}}' END AS parent_index,
            {index_columns("i.oid", "i.relispartition OR i.relkind = 'I'")}
        FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_class c ON c.oid = x.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND {user_schema()}
            AND {not_member("pg_class", "c.oid")}
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
    """

    def create(self, new: Index, context: Context) -> Operations:
        relation = qualified(new.schema, new.table)
        hazards = [lock(relation, locks.mode("CREATE INDEX"), "scan")]
        if new.unique:
            hazards.append(may_fail(relation, f"{new.name} fails when {relation} holds a duplicate"))
        only = new.only or not partitions.cascades(new, context)
        # CONCURRENTLY knows no partitioned tables, and what is attached has to be there before.
        plain = new.partitioned or bool(new.parent_index)
        create = op.CreateObject if plain else op.CreateIndex
        found = [create(self.name, new.identity, definition(new, only=only), hazards=hazards)]
        return [*found, *(self._alter(new, f"ALTER COLUMN {text}") for text in _targets((), new.statistics))]

    def inherits(self, old: Index | None, new: Index, context: Context) -> Operations:
        gift = partitions.gift(old, new, context)
        name = qualified(*new.identity)
        if gift == "renamed":
            renamed = [
                op.RenameObject(
                    self.name, new.identity, f"ALTER INDEX {qualified(new.schema, one)} RENAME TO {ident(other)}"
                )
                for one, other in partitions.renames(new, context)
            ]
            former = partitions.former(new, context)
            # An index that is in use is known by the name that it had.
            in_use = context.table_exists(new.schema, new.table) and context.exists(("index", new.parent_index))
            known = former.name if in_use else new.name
            return [*renamed, *self._tune(former, new, known)]
        changes = list(self.alter(old, new, context)) if old is not None else []
        if gift == "given":
            return changes
        attach = f"ALTER INDEX {qualified(*new.parent_index)} ATTACH PARTITION {name}"
        made = self.create(new, context) if old is None else changes
        return [*made, op.AlterObject(self.name, new.identity, attach)]

    def _alter(self, index: Index, text: str, known: str = "") -> op.AlterObject:
        name = qualified(*index.identity)
        hazard = lock(qualified(index.schema, known or index.name), "ACCESS EXCLUSIVE")
        return op.AlterObject(self.name, index.identity, f"ALTER INDEX {name} {text}", hazards=[hazard])

    def drop(self, old: Index, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), locks.mode("DROP INDEX"))
        if old.partitioned:
            sql = f"DROP INDEX {qualified(*old.identity)}"
            return [op.DropObject(self.name, old.identity, sql, hazards=[hazard])]
        return [op.with_hazards(ops.DropIndexOp(old.name, schema=old.schema), [hazard])]

    def replaces(self, old: Index, new: Index, context: Context) -> bool:
        if (old.definition, old.unique, old.table) != (new.definition, new.unique, new.table):
            return True
        # pgvector reads its parameters when the index is built (https://github.com/pgvector/pgvector#index-options).
        if old.options != new.options and _VECTOR.search(new.definition):
            return True
        # No partition's index can be detached by itself.
        return new.only and not old.only

    def disturbs(self, old: Index, new: Index | None, context: Context) -> list[Key]:
        return [("replica_identity", (old.schema, old.table))] if new is None else []

    def forgets(self, item: Index, cause: Key, context: Context) -> Index | None:
        # Source: PostgreSQL 17, ATPostAlterTypeCleanup(): the index is created anew from its definition.
        if not item.statistics:
            return None
        left = copy(item)
        object.__setattr__(left, "statistics", ())
        return left

    def alter(self, old: Index, new: Index, context: Context) -> Operations:
        return [*self._tune(old, new), *([] if old.valid else [self._reindex(new)])]

    def _tune(self, old: Index | partitions.Former, new: Index, known: str = "") -> list[MigrateOperation]:
        texts = parameter_changes(old.options, new.options)
        texts += [f"ALTER COLUMN {text}" for text in _targets(old.statistics, new.statistics)]
        return [self._alter(new, text, known) for text in texts]

    def _reindex(self, index: Index) -> op.AlterObject:
        relation = qualified(index.schema, index.table)
        hazards = [lock(relation, "SHARE", "scan")]
        if index.unique:
            hazards.append(may_fail(relation, f"{index.name} fails when {relation} holds a duplicate"))
        sql = f"REINDEX INDEX {qualified(*index.identity)}"
        return op.AlterObject(self.name, index.identity, sql, hazards=hazards)

    def rename(self, old: Index, new: Index, context: Context) -> Operations:
        return op.rename_in_schema("INDEX", self.name, old.identity, new.identity)

    def similarity(self, old: Index, new: Index, context: Context) -> float:
        same = (old.schema, old.table, old.unique, old.definition) == (
            new.schema,
            new.table,
            new.unique,
            new.definition,
        )
        return float(same)


def definition(index: Index, *, only: bool = False) -> str:
    """CREATE INDEX as a person writes it; with `only`, for the partitioned table alone."""
    text = index.definition.replace("ON ", "ON ONLY ", 1) if only else index.definition
    if index.options:
        end = "" if index.predicate is None else f" WHERE {index.predicate}"
        text = f"{text.removesuffix(end)} WITH ({', '.join(parameters(index.options))}){end}"
    return f"CREATE {'UNIQUE ' if index.unique else ''}INDEX {ident(index.name)} {text}"


def _targets(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    before, after = (dict(item.split("=") for item in items) for items in (old, new))
    changed = sorted(number for number in before.keys() | after.keys() if before.get(number) != after.get(number))
    return [f"{number} SET STATISTICS {after.get(number, '-1')}" for number in changed]


KIND = IndexKind()
