"""PostgreSQL's types as Python's and SQLAlchemy's; those that need more than a name get one in the module `types`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from supabase_tasks.flow.importing.source import string

Identity = tuple[str, ...]

# By PostgreSQL's name: the annotation, SQLAlchemy's class, and whether SQLModel takes that class for the annotation.
_PLAIN: Mapping[str, tuple[str, str, bool]] = {
    "uuid": ("UUID", "sa.Uuid", True),
    "text": ("str", "sa.Text", False),
    "character varying": ("str", "sa.String", True),
    "boolean": ("bool", "sa.Boolean", True),
    "smallint": ("int", "sa.SmallInteger", False),
    "integer": ("int", "sa.Integer", True),
    "bigint": ("int", "sa.BigInteger", False),
    "real": ("float", "sa.REAL", False),
    "double precision": ("float", "sa.Double", True),
    "numeric": ("Decimal", "sa.Numeric", True),
    "bytea": ("bytes", "sa.LargeBinary", True),
    "date": ("date", "sa.Date", True),
    "interval": ("timedelta", "sa.Interval", True),
    "timestamp without time zone": ("datetime", "sa.DateTime", False),
    "time without time zone": ("time", "sa.Time", True),
    "inet": ("str", "pg.INET", False),
    "cidr": ("str", "pg.CIDR", False),
    "macaddr": ("str", "pg.MACADDR", False),
    "tsvector": ("str", "pg.TSVECTOR", False),
    "tsquery": ("str", "pg.TSQUERY", False),
    "int4range": ("Any", "pg.INT4RANGE", False),
    "int4multirange": ("Any", "pg.INT4MULTIRANGE", False),
    "int8range": ("Any", "pg.INT8RANGE", False),
    "int8multirange": ("Any", "pg.INT8MULTIRANGE", False),
    "numrange": ("Any", "pg.NUMRANGE", False),
    "nummultirange": ("Any", "pg.NUMMULTIRANGE", False),
    "daterange": ("Any", "pg.DATERANGE", False),
    "datemultirange": ("Any", "pg.DATEMULTIRANGE", False),
    "tsrange": ("Any", "pg.TSRANGE", False),
    "tsmultirange": ("Any", "pg.TSMULTIRANGE", False),
    "tstzrange": ("Any", "pg.TSTZRANGE", False),
    "tstzmultirange": ("Any", "pg.TSTZMULTIRANGE", False),
}
# By pattern: the annotation, SQLAlchemy's type, and its name in the module `types`.
_NAMED = (
    (re.compile(r"timestamp with time zone"), "datetime", "sa.DateTime(timezone=True)", "Timestamp"),
    (re.compile(r"timestamp\((\d)\) with time zone"), "datetime", "pg.TIMESTAMP(timezone=True, precision={0})", "Timestamp{0}"),
    (re.compile(r"timestamp\((\d)\) without time zone"), "datetime", "pg.TIMESTAMP(precision={0})", "LocalTimestamp{0}"),
    (re.compile(r"time with time zone"), "time", "sa.Time(timezone=True)", "TimeWithZone"),
    (re.compile(r"time\((\d)\) with time zone"), "time", "pg.TIME(timezone=True, precision={0})", "TimeWithZone{0}"),
    (re.compile(r"time\((\d)\) without time zone"), "time", "pg.TIME(precision={0})", "Time{0}"),
    # Python's None is SQL's NULL here, as in every other column; SQLAlchemy's own choice is the JSON text `null`.
    (re.compile(r"json"), "Any", "pg.JSON(none_as_null=True)", "Json"),
    (re.compile(r"jsonb"), "Any", "pg.JSONB(none_as_null=True)", "Jsonb"),
    (re.compile(r"character\((\d+)\)"), "str", "sa.CHAR({0})", "Char{0}"),
    (re.compile(r"numeric\((\d+),-(\d+)\)"), "Decimal", "sa.Numeric({0}, -{1})", "Numeric{0}Minus{1}"),
)  # fmt: skip
_SIZED = (
    (re.compile(r"character varying\((\d+)\)"), "str", "sa.String({0})", ("max_length={0}",)),
    (re.compile(r"numeric\((\d+),(\d+)\)"), "Decimal", "sa.Numeric({0}, {1})", ("max_digits={0}", "decimal_places={1}")),
)  # fmt: skip
_STRINGS = frozenset(("citext", "ltree", "xml", "money", "name", "macaddr8"))
DATES = frozenset(("date", "datetime", "time", "timedelta"))


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A column's type: the annotation, SQLAlchemy's type, and the options by which a Field says it; `plain` where the
    annotation says it alone."""

    annotation: str
    expression: str
    options: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class EnumNames:
    """What an enum is called: its class, its column type, and the member of each label."""

    class_name: str
    members: Mapping[str, str]

    @property
    def type_name(self) -> str:
        return f"{self.class_name}Type"


@dataclass
class Names:
    """What the types of the database are called in the modules. `named` fills as columns are written: the name of each type
    in the module `types`, and what it is there."""

    enums: Mapping[Identity, EnumNames]
    # The type that each domain is one of.
    domains: Mapping[Identity, str] = field(default_factory=dict)
    # Names of datetime's classes that are columns: the module stands before all of them then.
    attributes: Collection[str] = ()
    named: dict[str, str] = field(default_factory=dict)

    @property
    def dates(self) -> str:
        """What stands before the names of datetime's classes."""
        return "dt." if DATES & set(self.attributes) else ""

    def column_type(self, text: str) -> ColumnType:
        """The type that PostgreSQL's `format_type` writes as `text`; names in it are qualified.

        A type that SQLAlchemy does not know (a domain, one of an extension) is written by its SQL text.
        """
        if text.endswith("[]"):
            return self._array(text.removesuffix("[]"))
        if text in _PLAIN:
            annotation, expression, plain = _PLAIN[text]
            return ColumnType(self._date(annotation), expression, plain=plain)
        for pattern, annotation, expression, options in _SIZED:
            if match := pattern.fullmatch(text):
                said = tuple(option.format(*match.groups()) for option in options)
                return ColumnType(annotation, expression.format(*match.groups()), said, plain=True)
        for pattern, annotation, expression, name in _NAMED:
            if match := pattern.fullmatch(text):
                found = self._name(name.format(*match.groups()), expression.format(*match.groups()))
                return ColumnType(self._date(annotation), found)
        known = self.enums.get(identity_of(text))
        if known:
            return ColumnType(known.class_name, known.type_name)
        return ColumnType(self._annotation(text), self._name(_camel(text), f"SqlType({string(text)})"))

    def _annotation(self, text: str) -> str:
        """Python's type of a domain's values, or of a type that an extension has."""
        base = self.domains.get(identity_of(text))
        if base is not None:
            known = base in _PLAIN or _SIZED[0][0].fullmatch(base)
            return self.column_type(base).annotation if known else self._annotation(base)
        return "str" if identity_of(text)[-1] in _STRINGS else "Any"

    def _array(self, text: str) -> ColumnType:
        inner = self.column_type(text)
        name = f"{_camel(text)}Array"
        return ColumnType(f"list[{inner.annotation}]", self._name(name, f"pg.ARRAY({inner.expression})"))

    def _date(self, annotation: str) -> str:
        return f"{self.dates}{annotation}" if annotation in DATES else annotation

    def _name(self, name: str, expression: str) -> str:
        """The name that `expression` has: `name`, with a number where that is another type's."""
        taken = {one.class_name for one in self.enums.values()} | {one.type_name for one in self.enums.values()}
        for candidate in (name, *(f"{name}_{number}" for number in range(2, 1000))):
            if candidate not in taken and self.named.setdefault(candidate, expression) == expression:
                return candidate
        raise AssertionError("a thousand types of one name")


def identity_of(text: str) -> Identity:
    """`schema."name"` as its parts, quotes removed; `public` where none is named."""
    parts = re.findall(r'"((?:[^"]|"")*)"|([^."]+)', text)
    found = tuple((quoted or plain).replace('""', '"') for quoted, plain in parts)
    return found if len(found) > 1 else ("public", *found)


def _camel(text: str) -> str:
    """`extensions.vector(3)` is `Vector3`."""
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r'^("(?:[^"]|"")*"|\w+)\.', "", text))
    name = "".join(f"{word[:1].upper()}{word[1:]}" for word in words) or "Type"
    return name if name[0].isalpha() else f"T{name}"
