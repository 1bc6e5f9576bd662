"""Aggregates. PostgreSQL has no way to change one but to create it anew, and no function that deparses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Aggregate(SchemaItem):
    """An aggregate; `arguments` is its signature as CREATE AGGREGATE takes it, `options` its parameters, rendered."""

    kind: ClassVar[str] = "aggregate"
    types: str
    arguments: str
    options: tuple[str, ...]
    initial: str | None
    moving_initial: str | None

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.name, self.types)

    @property
    def label(self) -> str:
        return f"AGGREGATE {qualified(self.schema, self.name)}({self.arguments or '*'})"

    @property
    def grant_label(self) -> str:
        """How GRANT and ALTER … OWNER TO address it: as a function, direct and aggregated arguments in one list."""
        return f"FUNCTION {qualified(self.schema, self.name)}({self.types})"


def _function(word: str, column: str) -> str:
    return f"CASE WHEN a.{column} <> 0 THEN '{word} = ' || a.{column}::regproc::text END"


_OPTIONS = ", ".join(
    (
        _function("SFUNC", "aggtransfn"),
        "'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL)",
        "CASE WHEN a.aggtransspace <> 0 THEN 'SSPACE = ' || a.aggtransspace END",
        _function("FINALFUNC", "aggfinalfn"),
        "CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END",
        "CASE a.aggfinalmodify WHEN 's' THEN 'FINALFUNC_MODIFY = SHAREABLE' WHEN 'w' THEN 'FINALFUNC_MODIFY = READ_WRITE' END",
        _function("COMBINEFUNC", "aggcombinefn"),
        _function("SERIALFUNC", "aggserialfn"),
        _function("DESERIALFUNC", "aggdeserialfn"),
        _function("MSFUNC", "aggmtransfn"),
        _function("MINVFUNC", "aggminvtransfn"),
        "CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || pg_catalog.format_type(a.aggmtranstype, NULL) END",
        "CASE WHEN a.aggmtransspace <> 0 THEN 'MSSPACE = ' || a.aggmtransspace END",
        _function("MFINALFUNC", "aggmfinalfn"),
        "CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END",
        "CASE WHEN a.aggsortop <> 0 THEN 'SORTOP = ' || (SELECT format('OPERATOR(%I.%s)', sn.nspname, so.oprname)"
        " FROM pg_catalog.pg_operator so JOIN pg_catalog.pg_namespace sn ON sn.oid = so.oprnamespace"
        " WHERE so.oid = a.aggsortop) END",
        "CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END",
        "CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END",
    )
)


class AggregateKind(Kind[Aggregate]):
    item = Aggregate
    named_in_code = True
    rank = 170
    slug_rank = 11
    namespaces = ("routine",)
    rename_rounds = (RenameRound.VIEWS_AND_ROUTINES,)
    section = 36
    noun = "aggregate"
    sql_file = "functions"
    found_in = "pg_aggregate WHERE aggfnoid::oid >= 16384"
    query = f"""
        SELECT 1255::int8, p.oid::int8, 0, n.nspname AS schema, p.proname AS name,
            pg_catalog.oidvectortypes(p.proargtypes) AS types,
            pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
            array_remove(ARRAY[{_OPTIONS}], NULL) AS options,
            a.agginitval AS initial, a.aggminitval AS moving_initial
        FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE {user_schema()} AND {not_member("pg_proc", "p.oid")}
    """

    def needs(self, item: Aggregate) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Aggregate, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Aggregate, context: Context) -> Operations:
        label = old.label
        hazards = [] if old.key in context.desired.items else [incompatible(label, f"code that calls {label} breaks")]
        return [op.DropObject(self.name, old.identity, f"DROP {label}", hazards=hazards)]

    def replaces(self, old: Aggregate, new: Aggregate, context: Context) -> bool:
        return True

    def rename(self, old: Aggregate, new: Aggregate, context: Context) -> Operations:
        found = []
        if old.schema != new.schema:
            found.append(f"ALTER {old.label} SET SCHEMA {ident(new.schema)}")
        if old.name != new.name:
            found.append(f"ALTER {replace(old, schema=new.schema).label} RENAME TO {ident(new.name)}")
        return [op.RenameObject(self.name, new.identity, *found)]


def definition(aggregate: Aggregate) -> str:
    """CREATE AGGREGATE with what is not the default."""
    options = list(aggregate.options)
    options += [f"INITCOND = {literal(aggregate.initial)}"] if aggregate.initial is not None else []
    options += [f"MINITCOND = {literal(aggregate.moving_initial)}"] if aggregate.moving_initial is not None else []
    name = f"{qualified(aggregate.schema, aggregate.name)}({aggregate.arguments or '*'})"
    return f"CREATE AGGREGATE {name} (\n    " + ",\n    ".join(options) + "\n)"


KIND = AggregateKind()
