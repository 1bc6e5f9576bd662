"""Operator families, with the members that no operator class has of its own. Only superusers make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.operator_members import LOOSE, members

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class OperatorFamily(SchemaItem):
    """An operator family; `loose` are its members as ALTER … ADD takes them, each behind the words by which DROP does."""

    kind: ClassVar[str] = "operator_family"
    method: str
    loose: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.name, self.method)

    @property
    def label(self) -> str:
        return f"OPERATOR FAMILY {qualified(self.schema, self.name)} USING {ident(self.method)}"

    @property
    def pairs(self) -> dict[str, str]:
        """The members, by the words by which DROP takes them."""
        return {one: whole for one, _, whole in (text.partition("|") for text in self.loose)}


class OperatorFamilyKind(Kind[OperatorFamily]):
    item = OperatorFamily
    rank = 175
    section = 37
    noun = "operator family"
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    # One that CREATE OPERATOR CLASS has made has the class as a member by deptype 'a' only.
    found_in = "pg_opfamily WHERE oid >= 16384"
    query = f"""
        SELECT 2753::int8, f.oid::int8, 0, n.nspname AS schema, f.opfname AS name, m.amname AS method,
            {members(LOOSE)} AS loose
        FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
            JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
        WHERE f.oid >= 16384 AND {user_schema()} AND {not_member("pg_opfamily", "f.oid")}
    """

    def needs(self, item: OperatorFamily) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: OperatorFamily, context: Context) -> Operations:
        made = op.CreateObject(self.name, new.identity, f"CREATE {new.label}")
        return [made, *self._change("ADD", new, list(new.pairs.values()))]

    def drop(self, old: OperatorFamily, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def alter(self, old: OperatorFamily, new: OperatorFamily, context: Context) -> Operations:
        before, after = old.pairs, new.pairs
        gone = [one for one, text in before.items() if after.get(one) != text]
        added = [text for one, text in after.items() if before.get(one) != text]
        return [*self._change("DROP", new, gone), *self._change("ADD", new, added)]

    def _change(self, word: str, item: OperatorFamily, texts: list[str]) -> list[op.AlterObject]:
        if not texts:
            return []
        sql = f"ALTER {item.label} {word}\n    " + ",\n    ".join(texts)
        return [op.AlterObject(self.name, item.identity, sql)]

    def rename(self, old: OperatorFamily, new: OperatorFamily, context: Context) -> Operations:
        return op.rename_by_method("OPERATOR FAMILY", self.name, old.identity, new.identity)


KIND = OperatorFamilyKind()
