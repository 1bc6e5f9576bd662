"""Publications and their members: what logical replication (Supabase Realtime) sends out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import flatten
from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.catalog.scope import not_member, platform_publication, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.common.published import ACTIONS, option_changes, option_list

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Publication(Item):
    """A publication that the project made; `actions` are the published ones, in PostgreSQL's order."""

    kind: ClassVar[str] = "publication"
    name: str
    all_tables: bool
    actions: tuple[str, ...]
    via_root: bool

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        return f"PUBLICATION {ident(self.name)}"


class PublicationKind(Kind[Publication]):
    item = Publication
    rank = 240
    section = 60
    noun = "publication"
    query = f"""
        SELECT 6104::int8, p.oid::int8, 0, p.pubname AS name, p.puballtables AS all_tables,
            {ACTIONS} AS actions,
            p.pubviaroot AS via_root
        FROM pg_catalog.pg_publication p
        WHERE NOT {platform_publication("p.pubname")} AND {not_member("pg_publication", "p.oid")}
    """

    def create(self, new: Publication, context: Context) -> Operations:
        what = " FOR ALL TABLES" if new.all_tables else ""
        sql = f"CREATE {new.label}{what} WITH ({option_list(new)})"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: Publication, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def replaces(self, old: Publication, new: Publication, context: Context) -> bool:
        return old.all_tables != new.all_tables

    def alter(self, old: Publication, new: Publication, context: Context) -> Operations:
        return [op.AlterObject(self.name, new.identity, f"ALTER {new.label} SET ({option_changes(old, new)})")]

    def rename(self, old: Publication, new: Publication, context: Context) -> Operations:
        sql = f"ALTER {old.label} RENAME TO {ident(new.name)}"
        return [op.RenameObject(self.name, new.identity, sql)]


def _publications(name: str) -> list[Key]:
    """The publication of that name: the project's own, or the platform's."""
    return [("publication", (name,)), ("realtime_options", (name,))]


@dataclass(frozen=True, kw_only=True)
class PublicationTable(Item):
    """A table in a publication; `columns` is empty for all of them, `condition` the row filter's deparsed text."""

    kind: ClassVar[str] = "publication_table"
    publication: str
    schema: str
    table: str
    columns: tuple[str, ...] = field(compare=False)
    # They are kept by their places in the table, which differ where one was added later.
    column_names: tuple[str, ...] = field(default=(), init=False)
    condition: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "column_names", tuple(sorted(self.columns)))
        if self.condition is not None:
            object.__setattr__(self, "condition", flatten(self.condition))

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.publication, self.schema, self.table)

    @property
    def parent(self) -> Key:
        return ("table", (self.schema, self.table))


class PublicationTableKind(Kind[PublicationTable]):
    item = PublicationTable
    rank = 250
    section = 61
    noun = "published table"
    found_in = "pg_publication_rel"
    query = f"""
        SELECT 6106::int8, r.oid::int8, 0, p.pubname AS publication, n.nspname AS schema, c.relname AS table,
            ARRAY(SELECT a.attname::text FROM unnest(r.prattrs) WITH ORDINALITY k(number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number ORDER BY k.place) AS columns,
            pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS condition
        FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
            JOIN pg_catalog.pg_class c ON c.oid = r.prrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: PublicationTable) -> list[Key]:
        return _publications(item.publication)

    def create(self, new: PublicationTable, context: Context) -> Operations:
        relation = qualified(new.schema, new.table)
        columns = f" ({', '.join(map(ident, new.columns))})" if new.columns else ""
        condition = f" WHERE {_in_brackets(new.condition)}" if new.condition else ""
        table = f"{_only(new, context)}{relation}"
        sql = f"ALTER PUBLICATION {ident(new.publication)} ADD TABLE {table}{columns}{condition}"
        return [
            op.CreateObject(self.name, new.identity, sql, hazards=[lock(relation, locks.mode("PUBLICATION TABLE"))])
        ]

    def drop(self, old: PublicationTable, context: Context) -> Operations:
        relation = qualified(old.schema, old.table)
        sql = f"ALTER PUBLICATION {ident(old.publication)} DROP TABLE {_only(old, context)}{relation}"
        return [op.DropObject(self.name, old.identity, sql, hazards=[lock(relation, locks.mode("PUBLICATION TABLE"))])]

    def dropped_along_with(self, item: PublicationTable, snapshot: Snapshot) -> list[Key]:
        return [*_publications(item.publication), item.parent]

    def replaces(self, old: PublicationTable, new: PublicationTable, context: Context) -> bool:
        return True


def _only(item: PublicationTable, context: Context) -> str:
    """Without ONLY a table takes the tables that inherit from it along, which are members by themselves."""
    sides = (context.current, context.desired)
    children = [side.items[key] for side in sides for key in side.lineage.children.get(item.parent, ())]
    return "ONLY " if any(getattr(child, "bound", None) is None for child in children) else ""


def _in_brackets(condition: str) -> str:
    return condition if condition.startswith("(") else f"({condition})"


@dataclass(frozen=True, kw_only=True)
class PublicationSchema(Item):
    """A whole schema in a publication."""

    kind: ClassVar[str] = "publication_schema"
    publication: str
    schema: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.publication, self.schema)


class PublicationSchemaKind(Kind[PublicationSchema]):
    item = PublicationSchema
    rank = 260
    section = 61
    noun = "published schema"
    found_in = "pg_publication_namespace"
    query = f"""
        SELECT 6237::int8, r.oid::int8, 0, p.pubname AS publication, n.nspname AS schema
        FROM pg_catalog.pg_publication_namespace r JOIN pg_catalog.pg_publication p ON p.oid = r.pnpubid
            JOIN pg_catalog.pg_namespace n ON n.oid = r.pnnspid
        WHERE {user_schema()}
    """

    def needs(self, item: PublicationSchema) -> list[Key]:
        return [*_publications(item.publication), ("schema", (item.schema,))]

    def dropped_along_with(self, item: PublicationSchema, snapshot: Snapshot) -> list[Key]:
        return [*_publications(item.publication), ("schema", (item.schema,))]

    def create(self, new: PublicationSchema, context: Context) -> Operations:
        sql = f"ALTER PUBLICATION {ident(new.publication)} ADD TABLES IN SCHEMA {ident(new.schema)}"
        return [op.CreateObject(self.name, new.identity, sql)]

    def drop(self, old: PublicationSchema, context: Context) -> Operations:
        sql = f"ALTER PUBLICATION {ident(old.publication)} DROP TABLES IN SCHEMA {ident(old.schema)}"
        return [op.DropObject(self.name, old.identity, sql)]

    def replaces(self, old: PublicationSchema, new: PublicationSchema, context: Context) -> bool:
        # It is its name: nothing else of it could differ.
        return True


KIND = PublicationKind()
TABLE = PublicationTableKind()
SCHEMA = PublicationSchemaKind()
