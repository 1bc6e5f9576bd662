"""Options of tables, columns and their parts that SQLAlchemy does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, ident, idents, qualified
from supabase_tasks.models.language.base import TableItem, wrong
from supabase_tasks.models.language.words import Ahead, Phase, Word, qualified_name, register_word, relation_name
from supabase_tasks.sql_text import literal


@dataclass(frozen=True, eq=False)
class RenamedFrom(TableItem):
    """The table's former name: `RenamedFrom("old")`, or `RenamedFrom("old_schema.old")` when it moved."""

    old: str

    @property
    def kind(self) -> str:
        return "table"

    @property
    def identity(self) -> Identity:
        return self.table_identity

    def statements(self) -> list[str]:
        """None: it says something about the table's past."""
        return []


def renamed_from(old: str, **info: Any) -> dict[str, Any]:
    """`info` for a column, index or constraint that was called `old`: `Column(…, info=renamed_from("old"))`.

    SQLModel: `Field(sa_column_kwargs={"info": renamed_from("old")})`.
    """
    return {**info, "renamed_from": old}


@dataclass(frozen=True, eq=False)
class TableOptions(TableItem):
    """UNLOGGED, storage parameters (`{"fillfactor": 70}`), parents of an inheritance, clustering.

    SQLAlchemy itself has `postgresql_partition_by`, `postgresql_using`, `postgresql_tablespace`.
    """

    unlogged: bool = False
    storage: Mapping[str, object] = field(default_factory=dict)
    inherits: Sequence[str] = ()
    cluster_on: str | None = None

    @property
    def kind(self) -> str:
        return "table_option"

    @property
    def identity(self) -> Identity:
        return self.table_identity

    def statements(self) -> list[str]:
        table = f"alter table {qualified(*self.table_identity)}"
        storage = ", ".join(f"{name} = {value}" for name, value in self.storage.items())
        return [
            *([f"{table} set unlogged"] if self.unlogged else []),
            *([f"{table} set ({storage})"] if storage else []),
            *(f"{table} inherit {_table_name(parent)}" for parent in self.inherits),
            *([f"{table} cluster on {ident(self.cluster_on)}"] if self.cluster_on else []),
        ]


@dataclass(frozen=True, eq=False)
class ColumnOptions(TableItem):
    """A column's storage, compression and statistics target (rows of the histogram; -1 is the default).

    `sequence` is the name of an identity column's sequence, where that is not the one that PostgreSQL gives it: it keeps the
    name of a table that was renamed by hand.
    """

    column: str
    storage: Literal["plain", "external", "extended", "main"] | None = None
    compression: Literal["pglz", "lz4"] | None = None
    statistics: int | None = None
    sequence: str | None = None

    @property
    def kind(self) -> str:
        return "column_option"

    @property
    def identity(self) -> Identity:
        return (*self.table_identity, self.column)

    def statements(self) -> list[str]:
        if self.column not in self.owner.c:
            raise wrong(self.origin, f"{self.owner.name} has no column {self.column!r}")
        column = f"alter table {qualified(*self.table_identity)} alter column {ident(self.column)}"
        return [
            *([f"{column} set storage {self.storage}"] if self.storage else []),
            *([f"{column} set compression {self.compression}"] if self.compression else []),
            *([f"{column} set statistics {self.statistics}"] if self.statistics is not None else []),
            *([self._renaming(self.sequence)] if self.sequence else []),
        ]

    def _renaming(self, sequence: str) -> str:
        if self.owner.c[self.column].identity is None:
            raise wrong(self.origin, f"{self.owner.name}.{self.column} is no identity column", "leave sequence= out")
        table, name = literal(qualified(*self.table_identity)), literal(sequence)
        # PostgreSQL adds a number to its own name for the sequence where another relation has that.
        return (
            f"do $$ declare had text := pg_catalog.pg_get_serial_sequence({table}, {literal(self.column)}); begin "
            f"if had <> pg_catalog.format('%I.%I', {literal(self.table_identity[0])}, {name}) then "
            f"execute pg_catalog.format('alter sequence %s rename to %I', had, {name}); end if; end $$"
        )


@dataclass(frozen=True, eq=False)
class ReplicaIdentity(TableItem):
    """REPLICA IDENTITY: `full`, `nothing`, or the name of a unique index."""

    identity_of: str = "full"

    @property
    def kind(self) -> str:
        return "replica_identity"

    @property
    def identity(self) -> Identity:
        return self.table_identity

    def statements(self) -> list[str]:
        word = self.identity_of.lower()
        how = word if word in ("full", "nothing", "default") else f"using index {ident(self.identity_of)}"
        return [f"alter table {qualified(*self.table_identity)} replica identity {how}"]


@dataclass(frozen=True, eq=False)
class Statistics(TableItem):
    """CREATE STATISTICS: `columns` are names or expressions in parentheses, `kinds` of ndistinct, dependencies, mcv."""

    name: str
    columns: Sequence[str]
    kinds: Sequence[Literal["ndistinct", "dependencies", "mcv"]] = ()

    @property
    def kind(self) -> str:
        return "statistics"

    @property
    def identity(self) -> Identity:
        return (self.table_identity[0], self.name)

    @property
    def on_clause(self) -> str:
        return f"statistics {qualified(*self.identity)}"

    def statements(self) -> list[str]:
        kinds = f" ({', '.join(self.kinds)})" if self.kinds else ""
        columns = ", ".join(name if name.startswith("(") else ident(name) for name in self.columns)
        table = qualified(*self.table_identity)
        return [f"create statistics {qualified(*self.identity)}{kinds} on {columns} from {table}"]


@dataclass(frozen=True, eq=False)
class Publication(TableItem):
    """The table's membership in a publication; `supabase_realtime` is the one that Realtime listens to. Tables that inherit
    from it have their own."""

    publication: str = "supabase_realtime"
    columns: Sequence[str] = ()
    where: str | None = None

    @property
    def kind(self) -> str:
        return "publication"

    @property
    def identity(self) -> Identity:
        return (self.publication, *self.table_identity)

    def statements(self) -> list[str]:
        columns = f" ({idents(self.columns)})" if self.columns else ""
        where = f" where ({self.where})" if self.where else ""
        # Without ONLY, PostgreSQL takes the tables that inherit from it along, which may have a membership of their own.
        table = f"only {qualified(*self.table_identity)}"
        return [f"alter publication {ident(self.publication)} add table {table}{columns}{where}"]


@dataclass(frozen=True, eq=False)
class PartComment(TableItem):
    """A comment on a part of the table: `PartComment("index", "ix_name", "why it is there")`.

    Tables, columns and constraints take SQLAlchemy's `comment=`; declarations of this language take `comment=` too.
    """

    part: Literal["index", "constraint", "trigger", "policy", "rule"]
    name: str
    text: str

    @property
    def kind(self) -> str:
        return "comment"

    @property
    def identity(self) -> Identity:
        if self.part == "index":
            return ("index", self.table_identity[0], self.name)
        return (self.part, *self.table_identity, self.name)

    def statements(self) -> list[str]:
        return [f"comment on {self.part} {self._about()} is {literal(self.text)}"]

    def _about(self) -> str:
        if self.part == "index":
            return qualified(self.table_identity[0], self.name)
        return f"{ident(self.name)} on {qualified(*self.table_identity)}"


@dataclass(frozen=True, eq=False)
class Referenced(TableItem):
    """The table exists elsewhere (made by another tool): it may be referred to, and is never created or compared."""

    @property
    def kind(self) -> str:
        return "referenced"

    @property
    def identity(self) -> Identity:
        return self.table_identity

    def statements(self) -> list[str]:
        """None."""
        return []


def _table_name(path: str) -> str:
    schema, _, name = path.rpartition(".")
    return qualified(schema or None, name)


def _index(statement: Any) -> Identity | None:
    schema = statement.relation.schemaname or DEFAULT_SCHEMA
    return (schema, statement.idxname) if statement.idxname else None


register_word(
    Word(
        "table",
        Phase.TABLE,
        space="relation",
        implies_schema=True,
        sql={"create_stmt": lambda s: relation_name(s.relation)},
        ahead=Ahead.RUN,
        named=True,
        privileges=(
            "select",
            "insert",
            "update",
            "delete",
            "truncate",
            "references",
            "trigger",
            "maintain",
        ),
    )
)
register_word(Word("constraint", Phase.CONSTRAINT, ahead=Ahead.RUN))
register_word(
    Word(
        "index",
        Phase.INDEX,
        space="relation",
        own_schema=True,
        sql={"index_stmt": _index},
        ahead=Ahead.RUN,
        drawn="with its table",
    )
)
register_word(Word("table_option", Phase.TABLE_OPTION, space="table_option", ahead=Ahead.OVERTAKEN, named=True))
register_word(Word("column_option", Phase.COLUMN_OPTION, space="column_option", ahead=Ahead.OVERTAKEN, named=True))
register_word(
    Word("replica_identity", Phase.REPLICA_IDENTITY, space="replica_identity", ahead=Ahead.OVERTAKEN, named=True)
)
register_word(
    Word(
        "statistics",
        Phase.STATISTICS,
        space="statistics",
        own_schema=True,
        sql={"create_stats_stmt": lambda s: qualified_name(s.defnames) if s.defnames else None},
        ahead=Ahead.OVERTAKEN,
    )
)
register_word(Word("publication", Phase.PUBLICATION, space="publication"))
