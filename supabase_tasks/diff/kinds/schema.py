"""Schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Schema(Item):
    """A schema of the project; owner, comment and grants are kinds of their own."""

    kind: ClassVar[str] = "schema"
    name: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        return f"SCHEMA {ident(self.name)}"


class SchemaKind(Kind[Schema]):
    item = Schema
    named_in_code = True
    rank = 10
    slug_rank = 17
    rename_rounds = (RenameRound.SCHEMAS,)
    section = 10
    noun = "schema"
    holds_rows = True
    sql_file = "schemas"
    query = f"""
        SELECT 2615::int8, n.oid::int8, 0, n.nspname AS name
        FROM pg_catalog.pg_namespace n
        WHERE {user_schema()} AND {not_member("pg_namespace", "n.oid")}
    """

    def create(self, new: Schema, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, f"CREATE SCHEMA {ident(new.name)}")]

    def drop(self, old: Schema, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP SCHEMA {ident(old.name)}")]

    def replaces(self, old: Schema, new: Schema, context: Context) -> bool:
        # It is its name: nothing else of it could differ.
        return True

    def rename(self, old: Schema, new: Schema, context: Context) -> Operations:
        sql = f"ALTER SCHEMA {ident(old.name)} RENAME TO {ident(new.name)}"
        return [op.RenameObject(self.name, new.identity, sql)]

    def similarity(self, old: Schema, new: Schema, context: Context) -> float:
        before = {key for key in context.current.items if key[1][0] == old.name}
        after = {(key[0], (old.name, *key[1][1:])) for key in context.desired.items if key[1][0] == new.name}
        return len(before & after) / max(len(before | after), 1)


KIND = SchemaKind()
