"""Functions, window functions and procedures: signature, body, attributes, settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import flatten
from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Function(SchemaItem):
    """A function; `types` are its input types as format_type writes them, `definition` its CREATE OR REPLACE text.

    `signature` is what CREATE OR REPLACE may not change: result, argument names and modes, how many defaults at least.
    """

    kind: ClassVar[str] = "function"
    query_fields: ClassVar[tuple[str, ...]] = ("definition",)
    types: str
    word: str
    definition: str
    result: str | None
    arguments: tuple[str, ...]
    modes: str
    defaults: int
    body: str = field(compare=False)
    atomic: bool = field(compare=False)
    owner_rights: bool

    def __post_init__(self) -> None:
        if self.atomic:
            object.__setattr__(self, "definition", flatten(self.definition))

    @property
    def rows_of(self) -> str:
        return (self.result or "").removeprefix("SETOF ")

    @property
    def queries(self) -> Mapping[str, str]:
        # Any other body is text, and read when it runs.
        return super().queries if self.atomic else {}

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.name, self.types)

    @property
    def sql_name(self) -> str:
        return f"{qualified(self.schema, self.name)}({self.types})"

    @property
    def label(self) -> str:
        return f"{self.word} {self.sql_name}"


# `select *` and `t.*`, and not `count(*)`, nor a product.
_ALL_COLUMNS = re.compile(r"(?:\bselect|\bdistinct|\breturning|,|\.)\s*\*", re.IGNORECASE)


class FunctionKind(Kind[Function]):
    item = Function
    named_in_code = True
    section = 35
    sql_file = "functions"
    noun = "function"
    query = ""

    @staticmethod
    def sql(prokinds: str) -> str:
        """The query for the given pg_proc.prokind values."""
        return f"""
        SELECT 1255::int8, p.oid::int8, 0, n.nspname AS schema, p.proname AS name,
            pg_catalog.oidvectortypes(p.proargtypes) AS types,
            CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS word,
            pg_catalog.pg_get_functiondef(p.oid) AS definition,
            pg_catalog.pg_get_function_result(p.oid) AS result,
            coalesce(p.proargnames, '{{}}') AS arguments, coalesce(p.proargmodes::text, '') AS modes,
            p.pronargdefaults::int AS defaults, CASE WHEN l.lanname IN ('sql', 'plpgsql') THEN p.prosrc ELSE '' END AS body,
            p.prosqlbody IS NOT NULL AS atomic, p.prosecdef AS owner_rights
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        WHERE p.prokind IN ({prokinds}) AND {user_schema()} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
            WHERE e.classid = 1255 AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
    """

    def needs(self, item: Function) -> list[Key]:
        return [("schema", (item.schema,))]

    def soft_references(self, item: Function) -> str:
        # A body may name the columns of a row that it is given or gives, and not the table.
        return f"{item.types} {item.result} {item.body}" if item.body else ""

    def soft_rows(self, item: Function) -> str:
        if not item.body:
            return ""
        return f"{item.types} {item.result} {item.body if _ALL_COLUMNS.search(item.body) else ''}"

    def create(self, new: Function, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, self._text(new, context), hazards=self._hazards(None, new))]

    def _text(self, new: Function, context: Context) -> str:
        text = context.author_sql(new) or new.definition
        if context.exists(new.key):
            return re.sub(
                r"^\s*create\s+(?:or\s+replace\s+)?", "CREATE OR REPLACE ", text, count=1, flags=re.IGNORECASE
            )
        return re.sub(r"^\s*(create)\s+or\s+replace\s+", r"\1 ", text, count=1, flags=re.IGNORECASE)

    def _hazards(self, old: Function | None, new: Function) -> list[Hazard]:
        if old is not None and new.owner_rights and not old.owner_rights:
            return [Hazard("rls-widened", f"{new.sql_name} now runs with its owner's rights", new.sql_name)]
        return []

    def drop(self, old: Function, context: Context) -> Operations:
        hazards = []
        if old.key not in context.desired.items:
            hazards.append(incompatible(old.sql_name, f"code that calls {old.sql_name} breaks"))
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=hazards)]

    def replaces(self, old: Function, new: Function, context: Context) -> bool:
        before = (old.result, old.arguments, old.modes, old.word)
        return before != (new.result, new.arguments, new.modes, new.word) or new.defaults < old.defaults

    def releases(self, old: Function, new: Function, gone: Item) -> bool:
        return True

    def alter(self, old: Function, new: Function, context: Context) -> Operations:
        hazards = self._hazards(old, new)
        return [op.AlterObject(self.name, new.identity, self._text(new, context), hazards=hazards)]

    def rename(self, old: Function, new: Function, context: Context) -> Operations:
        found = []
        if old.schema != new.schema:
            found.append(f"ALTER {old.label} SET SCHEMA {ident(new.schema)}")
        if old.name != new.name:
            moved = replace(old, schema=new.schema)
            found.append(f"ALTER {moved.label} RENAME TO {ident(new.name)}")
        return [op.RenameObject(self.name, new.identity, *found)]

    def similarity(self, old: Function, new: Function, context: Context) -> float:
        if old.types != new.types:
            return 0.0
        renamed = replace(old, schema=new.schema, name=new.name, definition=new.definition)
        head = f"{qualified(old.schema, old.name)}(", f"{qualified(new.schema, new.name)}("
        return float(renamed == new and old.definition.replace(*head, 1) == new.definition)


class PlainFunctionKind(FunctionKind):
    rank = 150
    slug_rank = 9
    namespaces = ("routine",)
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    named_in_bodies = True
    query = FunctionKind.sql("'f', 'w'")


@dataclass(frozen=True, kw_only=True)
class Procedure(Function):
    """A procedure: a function that CALL runs."""

    kind: ClassVar[str] = "procedure"


class ProcedureKind(FunctionKind):
    item = Procedure
    rank = 160
    slug_rank = 10
    namespaces = ("routine",)
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    noun = "procedure"
    found_in = "pg_proc WHERE oid >= 16384 AND prokind = 'p'"
    query = FunctionKind.sql("'p'")


KIND = PlainFunctionKind()
PROCEDURE = ProcedureKind()
