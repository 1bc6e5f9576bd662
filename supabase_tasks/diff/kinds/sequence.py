"""Sequences of their own and those behind `serial`; an identity column's sequence belongs to the column."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import data_loss
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.common.numbering import TOPS, changed_options, move_statements, of_sequence

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Sequence(SchemaItem):
    """A sequence; `owner` is the column (schema, table, column) whose drop takes it along, or empty."""

    kind: ClassVar[str] = "sequence"
    unlogged: bool
    type: str
    start: int
    increment: int
    minimum: int
    maximum: int
    cache: int
    cycle: bool

    @property
    def label(self) -> str:
        return f"SEQUENCE {qualified(*self.identity)}"


class SequenceKind(Kind[Sequence]):
    item = Sequence
    named_in_code = True
    rank = 70
    slug_rank = 19
    namespaces = ("relation",)
    rename_rounds = (
        RenameRound.TABLES_AND_TYPES,
        RenameRound.ON_TABLES,
    )
    section = 30
    noun = "sequence"
    holds_rows = True
    drop_is_gated = True
    sql_file = "sequences"
    found_in = "pg_sequence"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS name, c.relpersistence = 'u' AS unlogged,
            pg_catalog.format_type(s.seqtypid, NULL) AS type, s.seqstart AS start, s.seqincrement AS increment,
            s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache, s.seqcycle AS cycle
        FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE {user_schema()} AND c.relpersistence <> 't' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
            WHERE e.classid = 1259 AND e.objid = c.oid AND e.deptype IN ('e', 'i'))
    """

    def needs(self, item: Sequence) -> list[Key]:
        return [("schema", (item.schema,))]

    def dropped_along_with(self, item: Sequence, snapshot: Snapshot) -> list[Key]:
        owner = snapshot.get("sequence_owner", *item.identity)
        if owner is None:
            return []
        table = (owner.table_schema, owner.table)
        return [("column", (*table, owner.column)), ("table", table)]

    def create(self, new: Sequence, context: Context) -> Operations:
        words = f" AS {new.type}" if new.type != "bigint" else ""
        words += "".join(f" {text}" for text in changed_options(of_sequence(_plain(new)), of_sequence(new)))
        head = "CREATE UNLOGGED SEQUENCE" if new.unlogged else "CREATE SEQUENCE"
        return [op.CreateObject(self.name, new.identity, f"{head} {qualified(*new.identity)}{words}")]

    def drop(self, old: Sequence, context: Context) -> Operations:
        name = qualified(*old.identity)
        hazards = [data_loss(name, f"sequence {name} is dropped with its current value")]
        # An identity that takes over goes on counting from the greatest value.
        if self._follows_identity(old, context):
            hazards = []
        return [op.DropObject(self.name, old.identity, f"DROP SEQUENCE {name}", hazards=hazards)]

    def _follows_identity(self, old: Sequence, context: Context) -> bool:
        owner = context.current.get("sequence_owner", *old.identity)
        column = owner and context.desired.get("column", owner.table_schema, owner.table, owner.column)
        return bool(column and column.identity_mode)

    def alter(self, old: Sequence, new: Sequence, context: Context) -> Operations:
        name = qualified(*new.identity)
        texts = []
        if old.unlogged != new.unlogged:
            texts.append("SET UNLOGGED" if new.unlogged else "SET LOGGED")
        options = ([f"AS {new.type}"] if old.type != new.type else []) + changed_options(
            of_sequence(old), of_sequence(new)
        )
        if options:
            texts.append(" ".join(options))
        statements = move_statements(of_sequence(old), of_sequence(new), name)
        statements += [f"ALTER SEQUENCE {name} {text}" for text in texts]
        return [op.AlterObject(self.name, new.identity, text) for text in statements]

    def rename(self, old: Sequence, new: Sequence, context: Context) -> Operations:
        return op.rename_in_schema("SEQUENCE", self.name, old.identity, new.identity)

    def similarity(self, old: Sequence, new: Sequence, context: Context) -> float:
        names = [item.name for item in fields(Sequence) if item.name not in ("address", "schema", "name")]
        same = [name for name in names if getattr(old, name) == getattr(new, name)]
        return len(same) / len(names)


def _plain(new: Sequence) -> Sequence:
    down = new.increment < 0
    top = TOPS[new.type]
    low, high = (-top - 1, -1) if down else (1, top)
    return Sequence(
        address=new.address,
        schema=new.schema,
        name=new.name,
        unlogged=new.unlogged,
        type=new.type,
        start=high if down else low,
        increment=1,
        minimum=low,
        maximum=high,
        cache=1,
        cycle=False,
    )


@dataclass(frozen=True, kw_only=True)
class SequenceOwner(Item):
    """That a sequence is dropped with a column (OWNED BY, what `serial` does)."""

    kind: ClassVar[str] = "sequence_owner"
    is_attribute: ClassVar[bool] = True
    schema: str
    sequence: str
    table_schema: str
    table: str
    column: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.schema, self.sequence)

    @property
    def parent(self) -> Key:
        return ("sequence", (self.schema, self.sequence))


class SequenceOwnerKind(Kind[SequenceOwner]):
    item = SequenceOwner
    noun = "sequence owner"
    rank = 120
    section = 40
    sql_file = "sequences"
    found_in = "pg_sequence"
    query = f"""
        SELECT 1259::int8, c.oid::int8, 0, n.nspname AS schema, c.relname AS sequence, tn.nspname AS table_schema,
            t.relname AS table, a.attname AS column
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_depend d ON d.classid = 1259 AND d.objid = c.oid AND d.refclassid = 1259 AND d.deptype = 'a'
                AND d.refobjsubid > 0
            JOIN pg_catalog.pg_class t ON t.oid = d.refobjid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE c.relkind = 'S' AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def needs(self, item: SequenceOwner) -> list[Key]:
        return [("column", (item.table_schema, item.table, item.column)), ("table", (item.table_schema, item.table))]

    def _set_owner(self, item: SequenceOwner, column: str) -> Operations:
        sql = f"ALTER SEQUENCE {qualified(*item.identity)} OWNED BY {column}"
        return [op.AlterObject(self.name, item.identity, sql)]

    def create(self, new: SequenceOwner, context: Context) -> Operations:
        return self._set_owner(new, qualified(new.table_schema, new.table, new.column))

    def drop(self, old: SequenceOwner, context: Context) -> Operations:
        return self._set_owner(old, "NONE")

    def alter(self, old: SequenceOwner, new: SequenceOwner, context: Context) -> Operations:
        return self.create(new, context)


KIND = SequenceKind()
OWNER = SequenceOwnerKind()
