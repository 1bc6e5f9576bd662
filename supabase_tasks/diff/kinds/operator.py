"""Operators. Only the estimators of one can be changed in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Operator(SchemaItem):
    """An operator; the other objects are named as SQL names them, and empty where it has none."""

    kind: ClassVar[str] = "operator"
    left: str
    right: str
    function: str
    commutator: str
    negator: str
    restriction: str
    joining: str
    hashes: bool
    merges: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.name, self.left, self.right)

    @property
    def sql_name(self) -> str:
        return f"{ident(self.schema)}.{self.name}"

    @property
    def label(self) -> str:
        return f"OPERATOR {self.sql_name} ({self.left or 'NONE'}, {self.right or 'NONE'})"


def _other(column: str) -> str:
    return (
        "coalesce((SELECT format('OPERATOR(%I.%s)', pn.nspname, p.oprname) FROM pg_catalog.pg_operator p"
        f" JOIN pg_catalog.pg_namespace pn ON pn.oid = p.oprnamespace WHERE p.oid = o.{column}), '')"
    )


def _function(column: str) -> str:
    return f"CASE WHEN o.{column} = 0 THEN '' ELSE o.{column}::oid::regproc::text END"


class OperatorKind(Kind[Operator]):
    item = Operator
    rank = 172
    section = 37
    noun = "operator"
    # Without code it is a placeholder that another operator's COMMUTATOR or NEGATOR has made.
    found_in = "pg_operator WHERE oid >= 16384"
    query = f"""
        SELECT 2617::int8, o.oid::int8, 0, n.nspname AS schema, o.oprname AS name,
            coalesce(pg_catalog.format_type(nullif(o.oprleft, 0), NULL), '') AS left,
            coalesce(pg_catalog.format_type(nullif(o.oprright, 0), NULL), '') AS right,
            o.oprcode::oid::regproc::text AS function, {_other("oprcom")} AS commutator, {_other("oprnegate")} AS negator,
            {_function("oprrest")} AS restriction, {_function("oprjoin")} AS joining,
            o.oprcanhash AS hashes, o.oprcanmerge AS merges
        FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
        WHERE o.oid >= 16384 AND o.oprcode <> 0 AND {user_schema()} AND {not_member("pg_operator", "o.oid")}
    """

    def needs(self, item: Operator) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Operator, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Operator, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"code that uses {label} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: Operator, new: Operator, context: Context) -> bool:
        return replace(old, restriction=new.restriction, joining=new.joining) != new

    def alter(self, old: Operator, new: Operator, context: Context) -> Operations:
        words = [f"RESTRICT = {new.restriction or 'NONE'}"] if old.restriction != new.restriction else []
        words += [f"JOIN = {new.joining or 'NONE'}"] if old.joining != new.joining else []
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label} SET ({', '.join(words)})")]


def definition(item: Operator) -> str:
    """CREATE OPERATOR with what it has."""
    pairs = (
        ("FUNCTION", item.function),
        ("LEFTARG", item.left),
        ("RIGHTARG", item.right),
        ("COMMUTATOR", item.commutator),
        ("NEGATOR", item.negator),
        ("RESTRICT", item.restriction),
        ("JOIN", item.joining),
    )
    words = [f"{word} = {value}" for word, value in pairs if value]
    words += ["HASHES"] if item.hashes else []
    words += ["MERGES"] if item.merges else []
    return f"CREATE OPERATOR {item.sql_name} (\n    " + ",\n    ".join(words) + "\n)"


KIND = OperatorKind()
