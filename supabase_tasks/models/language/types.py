"""Types: options of enums, domains, composite and range types."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, ident, qualified, type_text
from supabase_tasks.models.language.base import expression_text, wrong
from supabase_tasks.models.language.grants import Grantable, SchemaObject, Target
from supabase_tasks.models.language.security import Condition
from supabase_tasks.models.language.words import Ahead, Phase, Word, qualified_name, register_word, relation_name

# A SQLAlchemy type (class or instance) or SQL text; SQLAlchemy types its types by the Python value, which is open.
TypeLike = Any


def enum_type(values: type[enum.Enum], *, name: str | None = None, schema: str | None = None) -> sqlalchemy.Enum:
    """A PostgreSQL enum whose labels are the *values* of a Python enum, in their order.

    SQLAlchemy (and so SQLModel) by itself stores the members' names. `name` defaults to the class name in snake case.
    """
    snake = "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(values.__name__))
    return sqlalchemy.Enum(
        values,
        name=name or snake,
        schema=schema,
        values_callable=lambda members: [str(member.value) for member in members],
    )


@dataclass(frozen=True, eq=False)
class EnumOptions(Grantable):
    """What SQLAlchemy's Enum cannot say: renamed values (`{"new": "old"}`), a former name, grants, a comment.

    `enum` is the column type (`sqlalchemy.Enum`), or the type's name with `schema`.
    """

    enum: sqlalchemy.Enum | str
    schema: str | None = None
    renamed_values: Mapping[str, str] = field(default_factory=dict)

    def validate(self) -> None:
        if isinstance(self.enum, str):
            return
        if not self.enum.name:
            raise wrong(self.origin, "the enum has no name")
        unknown = set(self.renamed_values) - set(self.enum.enums)
        if unknown:
            message = f"enum {self.enum.name} has no value {', '.join(sorted(unknown))}"
            raise wrong(self.origin, message, 'write renamed_values={"new": "old"}')

    @property
    def kind(self) -> str:
        return "enum"

    @property
    def identity(self) -> Identity:
        if isinstance(self.enum, str):
            return (self.schema or DEFAULT_SCHEMA, self.enum)
        return (self.schema or self.enum.schema or DEFAULT_SCHEMA, str(self.enum.name))

    @property
    def target(self) -> Target:
        return ("type", qualified(*self.identity), self.identity)

    @property
    def on_clause(self) -> str:
        return f"type {qualified(*self.identity)}"

    def statements(self) -> list[str]:
        """None: the type itself is created for the column that has it."""
        return []


class DeclaredType(SchemaObject):
    """A type that a column takes by its name."""

    word = "type"
    grant_word = "type"

    @property
    def type(self) -> NamedType:
        """The column type."""
        return NamedType(self.schema, self.name)


@dataclass(frozen=True, eq=False)
class Domain(DeclaredType):
    """CREATE DOMAIN: `check` is a condition over VALUE; `checks` names several (`{"name": "value > 0"}`).

    Use it as a column type with `sqlalchemy.dialects.postgresql.DOMAIN(..., create_type=False)` or `domain.type`.
    """

    word = "domain"
    grant_word = "domain"
    name: str
    base: TypeLike
    schema: str = "public"
    check: Condition | None = None
    checks: Mapping[str, Condition] = field(default_factory=dict)
    not_null: bool = False
    default: str | None = None
    collation: str | None = None

    @property
    def kind(self) -> str:
        return "domain"

    def statements(self) -> list[str]:
        unnamed = {} if self.check is None else {"": self.check}
        parts = [
            f"create domain {qualified(self.schema, self.name)} as {type_text(self.base)}",
            *([f"collate {self.collation}"] if self.collation else []),
            *([f"default {self.default}"] if self.default else []),
            *(["not null"] if self.not_null else []),
            *(self._check(name, value) for name, value in {**unnamed, **self.checks}.items()),
        ]
        return [" ".join(parts)]

    def _check(self, name: str, value: Condition) -> str:
        constraint = f"constraint {ident(name)} " if name else ""
        return f"{constraint}check ({expression_text(value, None, self.origin)})"


@dataclass(frozen=True, eq=False)
class CompositeType(DeclaredType):
    """CREATE TYPE … AS (…): `attributes` in order, name to SQLAlchemy type or SQL text."""

    name: str
    attributes: Mapping[str, TypeLike]
    schema: str = "public"

    @property
    def kind(self) -> str:
        return "composite"

    def statements(self) -> list[str]:
        listed = ",\n".join(f"  {ident(name)} {type_text(type_)}" for name, type_ in self.attributes.items())
        return [f"create type {qualified(self.schema, self.name)} as (\n{listed}\n)"]


@dataclass(frozen=True, eq=False)
class RangeType(DeclaredType):
    """CREATE TYPE … AS RANGE: `options` as SQL (`subtype_diff`, `collation`, `multirange_type_name`)."""

    name: str
    subtype: TypeLike
    schema: str = "public"
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "range"

    def statements(self) -> list[str]:
        options = {"subtype": type_text(self.subtype), **self.options}
        listed = ", ".join(f"{name} = {value}" for name, value in options.items())
        return [f"create type {qualified(self.schema, self.name)} as range ({listed})"]


class NamedType(sqlalchemy.types.UserDefinedType[Any]):
    """A column of a declared type, known by its name only."""

    cache_ok = True

    def __init__(self, schema: str, name: str) -> None:
        self.schema = schema
        self.name = name

    # SQLAlchemy's hook for the type's text in DDL.
    def get_col_spec(self, **_: Any) -> str:
        """The type's SQL name."""
        return qualified(self.schema, self.name)


register_word(
    Word(
        "enum",
        Phase.ENUM,
        space="enum",
        implies_schema=True,
        sql={"create_enum_stmt": lambda s: qualified_name(s.type_name)},
        python_type=True,
        ahead=Ahead.RUN,
        named=True,
        privileges=("usage",),
        grant_word="type",
        drawn="by itself",
    )
)
register_word(
    Word(
        "domain",
        Phase.DOMAIN,
        space="type",
        implies_schema=True,
        sql={"create_domain_stmt": lambda s: qualified_name(s.domainname)},
        python_type=True,
        ahead=Ahead.RUN,
        named=True,
        privileges=("usage",),
        drawn="by itself",
    )
)
register_word(
    Word(
        "composite",
        Phase.COMPOSITE,
        space="type",
        implies_schema=True,
        sql={"composite_type_stmt": lambda s: relation_name(s.typevar)},
        ahead=Ahead.RUN,
        named=True,
        privileges=("usage",),
        grant_word="type",
        drawn="by itself",
        noun="composite type",
    )
)
register_word(
    Word(
        "range",
        Phase.RANGE,
        space="type",
        implies_schema=True,
        sql={"create_range_stmt": lambda s: qualified_name(s.type_name)},
        ahead=Ahead.RUN,
        named=True,
        privileges=("usage",),
        grant_word="type",
        drawn="by itself",
        noun="range type",
    )
)
