"""Operator classes: how a type is indexed. Only superusers make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.operator_members import OWN, members

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class OperatorClass(SchemaItem):
    """An operator class for the type `input`; `members` are its operators and functions as CREATE OPERATOR CLASS takes them."""

    kind: ClassVar[str] = "operator_class"
    method: str
    input: str
    is_default: bool
    family_schema: str
    family: str
    storage: str
    members: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.name, self.method)

    @property
    def label(self) -> str:
        return f"OPERATOR CLASS {qualified(self.schema, self.name)} USING {ident(self.method)}"


class OperatorClassKind(Kind[OperatorClass]):
    item = OperatorClass
    rank = 176
    section = 37
    noun = "operator class"
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    found_in = "pg_opclass WHERE oid >= 16384"
    query = f"""
        SELECT 2616::int8, o.oid::int8, 0, n.nspname AS schema, o.opcname AS name, m.amname AS method,
            pg_catalog.format_type(o.opcintype, NULL) AS input, o.opcdefault AS is_default, fn.nspname AS family_schema,
            f.opfname AS family,
            CASE WHEN o.opckeytype = 0 THEN '' ELSE pg_catalog.format_type(o.opckeytype, NULL) END AS storage,
            {members(OWN)} AS members
        FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
            JOIN pg_catalog.pg_am m ON m.oid = o.opcmethod JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
            JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
        WHERE o.oid >= 16384 AND {user_schema()} AND {not_member("pg_opclass", "o.oid")}
    """

    def needs(self, item: OperatorClass) -> list[Key]:
        family: Key = ("operator_family", (item.family_schema, item.family, item.method))
        return [("schema", (item.schema,)), family]

    def create(self, new: OperatorClass, context: Context) -> Operations:
        words = [*new.members, *([f"STORAGE {new.storage}"] if new.storage else [])]
        head = f"CREATE OPERATOR CLASS {qualified(new.schema, new.name)}{' DEFAULT' if new.is_default else ''}"
        family = f"FAMILY {qualified(new.family_schema, new.family)}"
        # Without a member of its own a class stores what it indexes.
        body = ",\n    ".join(words or [f"STORAGE {new.input}"])
        sql = f"{head} FOR TYPE {new.input}\n    USING {ident(new.method)} {family} AS\n    {body}"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: OperatorClass, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"indexes that name {label} break")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: OperatorClass, new: OperatorClass, context: Context) -> bool:
        return True

    def rename(self, old: OperatorClass, new: OperatorClass, context: Context) -> Operations:
        return op.rename_by_method("OPERATOR CLASS", self.name, old.identity, new.identity)


KIND = OperatorClassKind()
