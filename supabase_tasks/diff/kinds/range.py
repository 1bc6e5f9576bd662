"""Range types; their multirange types come with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident, qualified, split_dotted
from supabase_tasks.diff.kinds.common.kind import Kind, Name, Operations, OtherName, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Range(SchemaItem):
    """A range type; parameters that are the subtype's default are empty."""

    kind: ClassVar[str] = "range"
    subtype: str
    opclass: str
    collation: str
    canonical: str
    difference: str
    multirange: str
    multirange_schema: str

    @property
    def multirange_name(self) -> str:
        """Its SQL name."""
        return f"{self.multirange_schema}.{ident(self.multirange)}"

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity), self.multirange_name)

    @property
    def held_types(self) -> tuple[str, ...]:
        return (self.subtype,)

    @property
    def label(self) -> str:
        return f"TYPE {qualified(*self.identity)}"

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        return {"": self.subtype}


class RangeKind(Kind[Range]):
    item = Range
    named_in_code = True
    rank = 60
    slug_rank = 5
    namespaces = ("type",)
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    section = 23
    noun = "range type"
    holds_rows = True
    keeps_collation = True
    sql_file = "types"
    found_in = "pg_range WHERE rngtypid >= 16384"
    query = f"""
        SELECT 1247::int8, t.oid::int8, 0, n.nspname AS schema, t.typname AS name,
            pg_catalog.format_type(r.rngsubtype, NULL) AS subtype,
            CASE WHEN oc.opcdefault THEN '' ELSE quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) END AS opclass,
            CASE WHEN r.rngcollation IN (0, b.typcollation) THEN ''
                ELSE (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_catalog.pg_collation co
                    JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = r.rngcollation)
                END AS collation,
            CASE WHEN r.rngcanonical = 0 THEN '' ELSE r.rngcanonical::regproc::text END AS canonical,
            CASE WHEN r.rngsubdiff = 0 THEN '' ELSE r.rngsubdiff::regproc::text END AS difference,
            mt.typname AS multirange, mt.typnamespace::regnamespace::text AS multirange_schema
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid JOIN pg_catalog.pg_type b ON b.oid = r.rngsubtype
            JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
            JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
            LEFT JOIN pg_catalog.pg_type mt ON mt.oid = r.rngmultitypid
        WHERE t.typtype = 'r' AND {user_schema()} AND {not_member("pg_type", "t.oid")}
    """

    def other_names(self, item: Range) -> list[OtherName]:
        # Source: PostgreSQL 17, makeRangeConstructors(), makeMultirangeConstructors().
        sub, plain, many = item.subtype, qualified(*item.identity), split_dotted(item.multirange_name)
        made: list[Name] = [(item.schema, item.name, types) for types in (f"{sub}, {sub}", f"{sub}, {sub}, text")]
        made += [(*many, types) for types in ("", plain, f"{plain}[]")]
        multirange = OtherName(("type", *many), f"TYPE {item.multirange_name}")
        return [multirange, *(OtherName(("routine", *one)) for one in made)]

    def create(self, new: Range, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Range, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP TYPE {qualified(*old.identity)}")]

    def swaps(self, old: Range, new: Range, context: Context) -> bool:
        return True

    def rename(self, old: Range, new: Range, context: Context) -> Operations:
        found = op.rename_in_schema("TYPE", self.name, old.identity, new.identity)
        before, after = split_dotted(old.multirange_name), split_dotted(new.multirange_name)
        # It is renamed with everything that belongs to what has a new name, but stays in its schema.
        moved = op.rename_in_schema("TYPE", self.name, before, (after[0], before[1])) if before[0] != after[0] else []
        return [*found, *moved]

    def similarity(self, old: Range, new: Range, context: Context) -> float:
        return float(
            replace(
                old,
                schema=new.schema,
                name=new.name,
                multirange=new.multirange,
                multirange_schema=new.multirange_schema,
            )
            == new
        )


def definition(item: Range) -> str:
    """CREATE TYPE … AS RANGE with what is not the default."""
    words = [f"SUBTYPE = {item.subtype}"]
    words += [f"SUBTYPE_OPCLASS = {item.opclass}"] if item.opclass else []
    words += [f"COLLATION = {item.collation}"] if item.collation else []
    words += [f"CANONICAL = {item.canonical}"] if item.canonical else []
    words += [f"SUBTYPE_DIFF = {item.difference}"] if item.difference else []
    words += [f"MULTIRANGE_TYPE_NAME = {item.multirange_name}"] if item.multirange else []
    return f"CREATE TYPE {qualified(*item.identity)} AS RANGE (\n    " + ",\n    ".join(words) + "\n)"


KIND = RangeKind()
