"""What a schema diagram shows: tables in groups, their columns, the references between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column as SqlColumn
    from sqlalchemy import MetaData, Table

Name = str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` as PostgreSQL writes it. `change` is `new`, `gone`, `changed` (`before`: what it was) or empty."""

    name: str
    type: str
    primary: bool = False
    foreign: bool = False
    unique: bool = False
    nullable: bool = True
    change: str = ""
    before: str = ""

    @property
    def shown(self) -> str:
        """The type, and whether it may be NULL."""
        return self.type if self.nullable else f"{self.type} not null"


@dataclass(frozen=True, slots=True)
class Detail:
    """What belongs to a table and is no column (index, policy, trigger, …), or stands by itself (enum, view, function, …):
    its SQL, and with a `change` the SQL `before`. `noun` is what people call one, where that is not its kind; `is_type` says
    that columns may be of it."""

    kind: str
    name: str
    text: str
    noun: str = ""
    is_type: bool = False
    change: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One table, `schema.name`. `external` belongs to the platform; `policies` is None without row level security."""

    name: Name
    group: str
    columns: tuple[Column, ...]
    external: bool = False
    policies: int | None = None
    comment: str = ""
    details: tuple[Detail, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A foreign key: `columns` of `source` refer to `target`; `single` when at most one row refers to each."""

    source: Name
    columns: tuple[str, ...]
    target: Name
    optional: bool
    single: bool
    change: str = ""


@dataclass(frozen=True)
class Diagram:
    """Tables sorted by group and name, the links between them, and what stands by itself. `compared` says with what, where
    changes are shown."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    others: tuple[Detail, ...] = ()
    compared: str = ""

    @cached_property
    def groups(self) -> Mapping[str, tuple[Entity, ...]]:
        found: dict[str, list[Entity]] = {}
        for entity in self.entities:
            found.setdefault(entity.group, []).append(entity)
        return {name: tuple(members) for name, members in found.items()}


def read(
    metadata: MetaData,
    *,
    groups: Mapping[Name, str],
    external: frozenset[Name] = frozenset(),
    policies: Mapping[Name, int] | None = None,
    details: Mapping[Name, Sequence[Detail]] | None = None,
    others: Sequence[Detail] = (),
) -> Diagram:
    """The diagram of SQLAlchemy metadata.

    `groups` names each table's group (default: its schema), `external` the platform's tables, of which only the columns
    that others refer to are shown. `policies` counts them per table with row level security; `details` and `others` are the
    SQL of what is not in the picture.
    """
    secured = policies or {}
    referred = {key.target_fullname for table in metadata.tables.values() for key in table.foreign_keys}
    entities = tuple(
        Entity(
            name=name_of(table),
            group=groups.get(name_of(table), table.schema or "public"),
            columns=tuple(
                _column(column)
                for column in table.columns
                if name_of(table) not in external or f"{table.fullname}.{column.name}" in referred
            ),
            external=name_of(table) in external,
            policies=secured.get(name_of(table)),
            comment=table.comment or "",
            details=tuple((details or {}).get(name_of(table), ())),
        )
        for table in metadata.tables.values()
        if name_of(table) not in external or any(name.startswith(f"{table.fullname}.") for name in referred)
    )
    links = (link for table in metadata.tables.values() for link in _links(table))
    return arrange(entities, links, others)


def arrange(entities: Iterable[Entity], links: Iterable[Link], others: Iterable[Detail], compared: str = "") -> Diagram:
    """The diagram with everything in its order: the platform last."""
    found = sorted(entities, key=lambda entity: (entity.external, entity.group, entity.name))
    things = sorted(others, key=lambda one: (one.kind, one.name, one.text))
    return Diagram(tuple(found), tuple(sorted(links)), tuple(things), compared)


def name_of(table: Table) -> Name:
    """`schema.name`, `public` for SQLAlchemy's None."""
    return f"{table.schema or 'public'}.{table.name}"


# A column's Python type is of no interest here.
def _column(column: SqlColumn[object]) -> Column:
    return Column(
        name=column.name,
        type=_type(column),
        primary=column.primary_key,
        foreign=bool(column.foreign_keys),
        unique=_unique(column.table, (column.name,)) and not column.primary_key,
        nullable=bool(column.nullable),
    )


def _type(column: SqlColumn[object]) -> str:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.exc import CompileError

    try:
        text = column.type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call,unused-ignore]
    except CompileError:
        return "?"
    return short_type(text.lower() if text.isupper() else text)


# PostgreSQL's own names on the left, the usual short ones on the right.
_SHORT = {
    "timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp",
    "time with time zone": "timetz", "time without time zone": "time", "character varying": "varchar",
    "character": "char", "double precision": "float8",
}  # fmt: skip


def short_type(text: str) -> str:
    """A type by its short name: `varchar(80)` for `character varying(80)`."""
    for long, short in _SHORT.items():
        if text.lower() == long or text.lower().startswith((f"{long}(", f"{long}[")):
            return short + text[len(long) :]
    return text.removeprefix("public.")


def _links(table: Table) -> list[Link]:
    return [
        Link(
            source=name_of(table),
            columns=tuple(element.parent.name for element in key.elements),
            target=_target(key.elements[0].target_fullname),
            optional=any(element.parent.nullable for element in key.elements),
            single=_unique(table, tuple(element.parent.name for element in key.elements)),
        )
        for key in table.foreign_key_constraints
        if _target(key.elements[0].target_fullname) in {name_of(other) for other in table.metadata.tables.values()}
    ]


def _target(full: str) -> Name:
    table = full.rpartition(".")[0]
    return table if "." in table else f"public.{table}"


def _unique(table: Table, names: tuple[str, ...]) -> bool:
    from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

    keys = [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint | PrimaryKeyConstraint)]
    # A partial unique index says nothing about the rows it leaves out, an expression nothing about its column.
    keys += [
        list(index.columns)
        for index in table.indexes
        if index.unique
        and index.dialect_options["postgresql"]["where"] is None
        and all(any(item is column for column in index.columns) for item in index.expressions)
    ]
    return any({column.name for column in key} == set(names) for key in keys)
