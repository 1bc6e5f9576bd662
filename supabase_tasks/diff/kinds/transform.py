"""Transforms: how a procedural language sees a type. Their functions take `internal`, which only superusers may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Transform(Item):
    """A transform; `ways` are the functions as CREATE TRANSFORM takes them."""

    kind: ClassVar[str] = "transform"
    type: str
    language: str
    ways: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.type, self.language)

    @property
    def label(self) -> str:
        return f"TRANSFORM FOR {self.type} LANGUAGE {ident(self.language)}"


def _way(word: str, column: str) -> str:
    return f"CASE WHEN t.{column} <> 0 THEN '{word} SQL WITH FUNCTION ' || t.{column}::oid::regprocedure END"


class TransformKind(Kind[Transform]):
    item = Transform
    rank = 177
    section = 37
    noun = "transform"
    found_in = "pg_transform WHERE oid >= 16384"
    query = f"""
        SELECT 3576::int8, t.oid::int8, 0, pg_catalog.format_type(t.trftype, NULL) AS type, l.lanname AS language,
            array_remove(ARRAY[{_way("FROM", "trffromsql")}, {_way("TO", "trftosql")}], NULL) AS ways
        FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON l.oid = t.trflang
        WHERE t.oid >= 16384 AND {not_member("pg_transform", "t.oid")}
    """

    def create(self, new: Transform, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.label} ({', '.join(new.ways)})")]

    def drop(self, old: Transform, context: Context) -> Operations:
        label = old.label
        hazards = (
            [] if old.key in context.desired.items else [incompatible(label, f"functions that name {label} break")]
        )
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def alter(self, old: Transform, new: Transform, context: Context) -> Operations:
        sql = new.label.replace("TRANSFORM", "CREATE OR REPLACE TRANSFORM", 1)
        return [op.AlterObject(self.name, new.identity, f"{sql} ({', '.join(new.ways)})")]


KIND = TransformKind()
