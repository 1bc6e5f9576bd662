"""Indexes of tables and materialised views that no constraint owns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from alembic.operations import ops

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock, may_fail
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.storage import parameter_changes, parameters

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_VECTOR = re.compile(r" USING (?:hnsw|ivfflat) \(")
_HEAD = re.compile(r'^CREATE (UNIQUE )?INDEX ("(?:[^"]|"")+"|\S+) ON (?:ONLY )?')


@dataclass(frozen=True, kw_only=True)
class Index(SchemaItem):
    """An index; `definition` is what pg_get_indexdef prints after the index's name: `ON public.t (a)`."""

    kind: ClassVar[str] = "index"
    table: str
    on_view: bool
    unique: bool
    definition: str
    options: tuple[str, ...]
    statistics: tuple[str, ...]

    def __post_init__(self) -> None:
        text = _HEAD.sub("ON ", self.definition, count=1).replace(" USING btree (", " (", 1)
        object.__setattr__(self, "options", tuple(sorted(self.options)))
        object.__setattr__(self, "definition", canonical(re.sub(r" WITH \([^)]*\)", "", text, count=1)))

    @property
    def parent(self) -> Key:
        return ("materialized_view" if self.on_view else "table", (self.schema, self.table))

    @property
    def label(self) -> str:
        return f"INDEX {qualified(*self.identity)}"


class IndexKind(Kind[Index]):
    item = Index
    rank = 110
    slug_rank = 15
    namespace = "relation"
    rename_rounds = (RenameRound.ON_TABLES,)
    rebuilt = True
    section = 41
    noun = "index"
    query = f"""
        SELECT 1259::int8, i.oid::int8, 0, n.nspname AS schema, i.relname AS name, c.relname AS table,
            c.relkind = 'm' AS on_view, x.indisunique AS unique, pg_catalog.pg_get_indexdef(i.oid, 0, true) AS definition,
            coalesce(i.reloptions, '{{}}') AS options,
            CASE WHEN x.indexprs IS NULL THEN '{{}}' ELSE ARRAY(SELECT a.attnum || '=' || a.attstattarget
                FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0 ORDER BY a.attnum)
                END AS statistics,
            i.relispartition AS inherited
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
        found = [op.CreateIndex(self.name, new.identity, definition(new), hazards=hazards)]
        return [*found, *(self._alter(new, f"ALTER COLUMN {text}") for text in _targets((), new.statistics))]

    def _alter(self, index: Index, text: str) -> op.AlterObject:
        name = qualified(*index.identity)
        hazard = lock(name, "ACCESS EXCLUSIVE")
        return op.AlterObject(self.name, index.identity, f"ALTER INDEX {name} {text}", hazards=[hazard])

    def drop(self, old: Index, context: Context) -> Operations:
        hazard = lock(qualified(old.schema, old.table), locks.mode("DROP INDEX"))
        return [op.with_hazards(ops.DropIndexOp(old.name, schema=old.schema), [hazard])]

    def replaces(self, old: Index, new: Index, context: Context) -> bool:
        if (old.definition, old.unique, old.table) != (new.definition, new.unique, new.table):
            return True
        # pgvector reads its parameters when the index is built (https://github.com/pgvector/pgvector#index-options).
        return old.options != new.options and _VECTOR.search(new.definition) is not None

    def alter(self, old: Index, new: Index, context: Context) -> Operations:
        texts = parameter_changes(old.options, new.options)
        texts += [f"ALTER COLUMN {text}" for text in _targets(old.statistics, new.statistics)]
        return [self._alter(new, text) for text in texts]

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


def definition(index: Index) -> str:
    """CREATE INDEX as a person writes it."""
    text = index.definition
    if index.options:
        before, where, predicate = text.partition(" WHERE ")
        text = f"{before} WITH ({', '.join(parameters(index.options))}){where}{predicate}"
    return f"CREATE {'UNIQUE ' if index.unique else ''}INDEX {ident(index.name)} {text}"


def _targets(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    before, after = (dict(item.split("=") for item in items) for items in (old, new))
    changed = sorted(number for number in before.keys() | after.keys() if before.get(number) != after.get(number))
    return [f"{number} SET STATISTICS {after.get(number, '-1')}" for number in changed]


KIND = IndexKind()
