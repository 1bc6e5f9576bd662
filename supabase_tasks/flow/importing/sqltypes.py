"""PostgreSQL's types as SQLAlchemy's, with the Python type that a value has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from supabase_tasks.flow.importing.source import string

Identity = tuple[str, ...]

_PLAIN: Mapping[str, tuple[str, str]] = {
    "uuid": ("sa.Uuid", "UUID"),
    "text": ("sa.Text", "str"),
    "character varying": ("sa.String", "str"),
    "boolean": ("sa.Boolean", "bool"),
    "smallint": ("sa.SmallInteger", "int"),
    "integer": ("sa.Integer", "int"),
    "bigint": ("sa.BigInteger", "int"),
    "real": ("sa.REAL", "float"),
    "double precision": ("sa.Double", "float"),
    "numeric": ("sa.Numeric", "Decimal"),
    "bytea": ("sa.LargeBinary", "bytes"),
    "date": ("sa.Date", "dt.date"),
    "interval": ("sa.Interval", "dt.timedelta"),
    "timestamp with time zone": ("sa.DateTime(timezone=True)", "dt.datetime"),
    "timestamp without time zone": ("sa.DateTime", "dt.datetime"),
    "time with time zone": ("sa.Time(timezone=True)", "dt.time"),
    "time without time zone": ("sa.Time", "dt.time"),
    # Python's None is SQL's NULL here, as in every other column; SQLAlchemy's own choice is the JSON text `null`.
    "json": ("pg.JSON(none_as_null=True)", "Any"),
    "jsonb": ("pg.JSONB(none_as_null=True)", "Any"),
    "inet": ("pg.INET", "str"),
    "cidr": ("pg.CIDR", "str"),
    "macaddr": ("pg.MACADDR", "str"),
    "tsvector": ("pg.TSVECTOR", "str"),
    "tsquery": ("pg.TSQUERY", "str"),
}
_SIZED = (
    (re.compile(r"character varying\((\d+)\)"), "sa.String({0})", "str"),
    (re.compile(r"character\((\d+)\)"), "sa.CHAR({0})", "str"),
    (re.compile(r"numeric\((\d+),(-?\d+)\)"), "sa.Numeric({0}, {1})", "Decimal"),
    (re.compile(r"timestamp\((\d)\) with time zone"), "pg.TIMESTAMP(timezone=True, precision={0})", "dt.datetime"),
    (re.compile(r"timestamp\((\d)\) without time zone"), "pg.TIMESTAMP(precision={0})", "dt.datetime"),
    (re.compile(r"time\((\d)\) with time zone"), "pg.TIME(timezone=True, precision={0})", "dt.time"),
    (re.compile(r"time\((\d)\) without time zone"), "pg.TIME(precision={0})", "dt.time"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A column's type: the SQLAlchemy expression and the Python annotation."""

    expression: str
    annotation: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the project's own types are called in the modules: variable and class of each enum."""

    enums: Mapping[Identity, tuple[str, str]]


def typed(text: str, names: Names) -> Typed:
    """The type that PostgreSQL's `format_type` writes as `text`; names in it are qualified.

    A type that SQLAlchemy does not know (a domain, one of an extension) is written by its SQL text.
    """
    if text.endswith("[]"):
        inner = typed(text.removesuffix("[]"), names)
        return Typed(f"pg.ARRAY({inner.expression})", f"list[{inner.annotation}]")
    if text in _PLAIN:
        return Typed(*_PLAIN[text])
    for pattern, expression, annotation in _SIZED:
        match = pattern.fullmatch(text)
        if match:
            return Typed(expression.format(*match.groups()), annotation)
    known = names.enums.get(identity_of(text))
    if known:
        return Typed(f"enums.{known[0]}", f"enums.{known[1]}")
    return Typed(f"types.SqlType({string(text)})", "Any")


def identity_of(text: str) -> Identity:
    """`schema."name"` as its parts, quotes removed; `public` where none is named."""
    parts = re.findall(r'"((?:[^"]|"")*)"|([^."]+)', text)
    found = tuple((quoted or plain).replace('""', '"') for quoted, plain in parts)
    return found if len(found) > 1 else ("public", *found)
