"""What a table writes to the log for logical replication, and the index it, or a materialized view, was clustered on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ReplicaIdentity(Item):
    """Only for tables (and `materialized` views) that differ from the default. `mode` is pg_class.relreplident, `index` for
    mode `i`."""

    kind: ClassVar[str] = "replica_identity"
    is_attribute: ClassVar[bool] = True
    schema: str
    table: str
    mode: str
    index: str | None
    clustered: str | None
    materialized: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.table)

    @property
    def parent(self) -> Key:
        return ("materialized_view" if self.materialized else "table", (self.schema, self.table))


class ReplicaIdentityKind(Kind[ReplicaIdentity]):
    item = ReplicaIdentity
    rank = 140
    section = 43
    noun = "table setting"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS table, c.relreplident::text AS mode,
            ri.relname AS index, ci.relname AS clustered, c.relkind = 'm' AS materialized
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_index r ON r.indrelid = c.oid AND r.indisreplident AND c.relreplident = 'i'
            LEFT JOIN pg_catalog.pg_class ri ON ri.oid = r.indexrelid
            LEFT JOIN pg_catalog.pg_index k ON k.indrelid = c.oid AND k.indisclustered
            LEFT JOIN pg_catalog.pg_class ci ON ci.oid = k.indexrelid
        WHERE c.relkind IN ('r', 'p', 'm') AND (c.relreplident <> 'd' OR k.indexrelid IS NOT NULL) AND {user_schema()}
            AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: ReplicaIdentity) -> list[Key]:
        names = [name for name in (item.index, item.clustered) if name]
        indexes: list[Key] = [("index", (item.schema, name)) for name in names]
        return indexes + [("constraint", (item.schema, item.table, name)) for name in names]

    def forgets(self, item: ReplicaIdentity, cause: Key, context: Context) -> ReplicaIdentity | None:
        name = cause[1][-1]
        index, clustered = (None if one == name else one for one in (item.index, item.clustered))
        left = replace(item, index=index, clustered=clustered)
        return None if left == item else left

    def create(self, new: ReplicaIdentity, context: Context) -> Operations:
        return self._changes(replace(new, mode="d", index=None, clustered=None), new)

    def drop(self, old: ReplicaIdentity, context: Context) -> Operations:
        return self._changes(old, replace(old, mode="d", index=None, clustered=None))

    def alter(self, old: ReplicaIdentity, new: ReplicaIdentity, context: Context) -> Operations:
        return self._changes(old, new)

    def _changes(self, old: ReplicaIdentity, new: ReplicaIdentity) -> Operations:
        relation = qualified(new.schema, new.table)
        texts = []
        if (old.mode, old.index) != (new.mode, new.index):
            word = {"d": "DEFAULT", "f": "FULL", "n": "NOTHING", "i": f"USING INDEX {ident(new.index or '')}"}[new.mode]
            texts.append(f"REPLICA IDENTITY {word}")
        if old.clustered != new.clustered:
            texts.append(f"CLUSTER ON {ident(new.clustered)}" if new.clustered else "SET WITHOUT CLUSTER")
        hazard = lock(relation, "ACCESS EXCLUSIVE")
        return [op.TableClause(self.name, new.identity, relation, text, hazards=[hazard]) for text in texts]


KIND = ReplicaIdentityKind()
