"""A schema as parts that name each other, and its SQL. Expressions are such that they hold for a column of any type."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from random import Random

from support.generator import extras
from support.generator.place import Extra

LITERALS = {
    "integer": "7",
    "bigint": "7",
    "numeric(8,2)": "1.5",
    "text": "'x'",
    "character varying(20)": "'x'",
    "boolean": "true",
    "date": "'2026-01-01'",
    "timestamptz": "'2026-01-01 12:00+00'",
    "timestamp": "'2026-01-01 12:00'",
    "uuid": "'00000000-0000-0000-0000-000000000001'",
    "jsonb": "'{\"a\": 1}'",
    "double precision": "0.5",
    "text[]": "'{x,y}'",
    "integer[]": "'{1,2}'",
}
# What a row may hold instead: the ends of a type, and what looks like nothing.
EXTREMES = {
    "integer": ("'-2147483648'", "0"),
    "bigint": ("9223372036854775807", "'-1'"),
    "numeric(8,2)": ("'NaN'", "'-999999.99'"),
    "text": ("''", "'a  '", "repeat('ä', 300)"),
    "character varying(20)": ("''", "'12345678901234567890'"),
    "date": ("'infinity'", "'4713-01-01 BC'"),
    "timestamptz": ("'-infinity'", "'2026-06-01 23:59:59.999999+14'"),
    "timestamp": ("'infinity'", "'2026-03-29 02:30'"),
    "jsonb": ("'null'", "'[]'"),
    "double precision": ("'-Infinity'", "1e300"),
    "text[]": ("'{}'", "'{{a,NULL},{c,d}}'"),
    "integer[]": ("'{NULL}'", "'[0:1]={1,2}'"),
}


@dataclass
class Column:
    """`suffix` is what follows the type; `mode` one of plain, generated, identity."""

    type: str
    default: str = ""
    not_null: bool = False
    mode: str = "plain"
    statistics: int | None = None

    @property
    def shown(self) -> str:
        """The type that the column has in its mode."""
        return {"generated": "integer", "identity": "bigint"}.get(self.mode, self.type)


@dataclass
class Table:
    """A table with a key `id`; `partitions` are names with what they have of their own."""

    columns: dict[str, Column] = field(default_factory=dict)
    partitions: dict[str, str] = field(default_factory=dict)
    unlogged: bool = False
    options: str = ""

    @property
    def is_unlogged(self) -> bool:
        return self.unlogged and not self.partitions


@dataclass
class World:
    """Everything by name. The parts of a table are (table, column, form)."""

    enums: dict[str, list[str]] = field(default_factory=dict)
    domains: dict[str, tuple[str, str]] = field(default_factory=dict)
    composites: dict[str, dict[str, str]] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)
    sequences: dict[str, str] = field(default_factory=dict)
    functions: dict[str, tuple[str, str]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    parts: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    views: dict[str, tuple[str, list[str], str]] = field(default_factory=dict)
    publications: dict[str, list[str]] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def copied(self) -> World:
        return copy.deepcopy(self)

    def types(self) -> list[str]:
        own = [*self.enums, *self.domains, *self.composites, *self.ranges]
        return [
            *LITERALS,
            *(f"public.{name}" for name in own),
            *(f"public.{name}[]" for name in own),
            *(f"public.{name}_multirange" for name in self.ranges),
        ]

    def literal(self, kind: str) -> str:
        """A value of the type as SQL."""
        if kind in LITERALS:
            return f"{LITERALS[kind]}::{kind}"
        if kind.endswith("[]"):
            return f"ARRAY[{self.literal(kind[:-2])}]::{kind}"
        name = kind.removeprefix("public.")
        if name in self.enums:
            return f"'{self.enums[name][0]}'::{kind}"
        if name in self.domains:
            return f"{self.literal(self.domains[name][0])}::{kind}"
        if name.endswith("_multirange"):
            return f"{kind}({self.literal(kind.removesuffix('_multirange'))})"
        if name in self.ranges:
            return f"{kind}({self.literal(self.ranges[name])}, NULL)"
        return f"ROW({', '.join(self.literal(item) for item in self.composites[name].values())})::{kind}"

    def sql(self, *, rows: Random | None = None) -> str:
        """Statements that create it all; with `rows`, some rows too."""
        lines = [text for _, text in sorted(self._types())]
        lines += [f"CREATE SEQUENCE public.{name} {text}" for name, text in self.sequences.items()]
        for name, (kind, attributes) in self.functions.items():
            body = f"$$ SELECT {self.literal(kind)} $$"
            lines.append(f"CREATE FUNCTION public.{name}() RETURNS {kind} LANGUAGE sql {attributes} AS {body}")
        lines.append("CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
        for name, table in self.tables.items():
            lines += self._table(name, table)
        if rows is not None:
            lines += [text for name in self.tables for text in self._rows(name, rows)]
        lines += [self._part(name, *part) for name, part in self.parts.items()]
        lines += [self._view(name, *view) for name, view in self.views.items()]
        lines += [text for name, extra in self.extras.items() for text in extras.statements(self, name, extra)]
        for name, tables in self.publications.items():
            lines.append(f"CREATE PUBLICATION {name} FOR TABLE {', '.join(f'public.{table}' for table in tables)}")
        text = ";\n".join(lines) + ";\n"
        # A default is a value of the type as it is by now.
        return re.sub("@([^@]+)@", lambda found: self.literal(found[1]), text)

    def _types(self) -> list[tuple[int, str]]:
        """The statement of each type by its number: what it is made of has a lower one."""
        found = [(name, f"TYPE public.{name} AS ENUM ({', '.join(map(repr, at))})") for name, at in self.enums.items()]
        found += [(name, f"DOMAIN public.{name} AS {base} {rest}") for name, (base, rest) in self.domains.items()]
        for name, fields in self.composites.items():
            found.append(
                (name, f"TYPE public.{name} AS ({', '.join(f'{key} {kind}' for key, kind in fields.items())})")
            )
        found += [(name, f"TYPE public.{name} AS RANGE (SUBTYPE = {base})") for name, base in self.ranges.items()]
        return [(int(name[1:]), f"CREATE {text}") for name, text in found]

    def _table(self, name: str, table: Table) -> list[str]:
        body = ["id integer NOT NULL", *(self._column(key, column) for key, column in table.columns.items())]
        tail = " PARTITION BY RANGE (id)" if table.partitions else f" WITH ({table.options})" if table.options else ""
        word = "UNLOGGED " if table.unlogged and not table.partitions else ""
        found = [f"CREATE {word}TABLE public.{name} ({', '.join(body)}, PRIMARY KEY (id)){tail}"]
        for place, (part, own) in enumerate(table.partitions.items()):
            bound = "DEFAULT" if place == 0 else f"FOR VALUES FROM ({place * 100}) TO ({place * 100 + 100})"
            found.append(f"CREATE TABLE public.{part} PARTITION OF public.{name} {bound}")
            found += [f"ALTER TABLE public.{part} {own}"] if own else []
        for key, column in table.columns.items():
            if column.statistics is not None:
                found.append(f"ALTER TABLE ONLY public.{name} ALTER {key} SET STATISTICS {column.statistics}")
        return [*found, f"ALTER TABLE public.{name} ENABLE ROW LEVEL SECURITY"]

    def _column(self, key: str, column: Column) -> str:
        if column.mode == "generated":
            return f"{key} integer GENERATED ALWAYS AS (id + {len(column.default) + 1}) STORED"
        if column.mode == "identity":
            return f"{key} bigint GENERATED BY DEFAULT AS IDENTITY {column.default}"
        default = f" DEFAULT {column.default or self.literal(column.type)}" if column.default or column.not_null else ""
        return f"{key} {column.type}{default}" + (" NOT NULL" if column.not_null else "")

    def _part(self, name: str, kind: str, table: str, column: str, form: str) -> str:
        place, value = f"public.{table}", f"({column})::text"
        call = f"public.{form}()" if form in self.functions else "current_user"
        key = f"({column if form == 'plain' else 'id'})" + (f" WHERE {column} IS NOT NULL" if form == "partial" else "")
        unchecked = "" if table in self.tables and self.tables[table].partitions else " NOT VALID"
        trigger = f"BEFORE UPDATE OF {column} ON {place} FOR EACH ROW EXECUTE FUNCTION public.touch()"
        texts = {
            "index": f"CREATE INDEX {name} ON {place} {key}",
            "check": f"ALTER TABLE {place} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL OR id > -{len(form)})",
            "policy": f"CREATE POLICY {name} ON {place} TO authenticated USING ({value} <> {call}::text OR id > 1)",
            "trigger": f"CREATE TRIGGER {name} {trigger}",
            "key": f"ALTER TABLE {place} ADD CONSTRAINT {name} FOREIGN KEY (id) REFERENCES public.{form} (id){unchecked}",
            "statistics": f"CREATE STATISTICS public.{name} ON id, ({column} IS NULL) FROM {place}",
            "grant": f"GRANT {'SELECT' if form == 'plain' else 'SELECT, UPDATE'} ({column}) ON {place} TO anon",
            "comment": f"COMMENT ON COLUMN {place}.{column} IS '{name} {form}'",
        }
        return texts[kind]

    def _view(self, name: str, source: str, columns: list[str], form: str) -> str:
        call = f", public.{form}()::text AS called" if form in self.functions else ""
        chosen = ", ".join(["id", *columns])
        word = "MATERIALIZED VIEW" if form == "stored" else "VIEW"
        return f"CREATE {word} public.{name} AS SELECT {chosen}{call} FROM public.{source}"

    def _rows(self, name: str, dice: Random) -> list[str]:
        found = []
        plain = {key: column for key, column in self.tables[name].columns.items() if column.mode == "plain"}
        for number in (1, 2):
            values = [str(number), *(self._value(column, dice) for column in plain.values())]
            found.append(f"INSERT INTO public.{name} ({', '.join(['id', *plain])}) VALUES ({', '.join(values)})")
        return found

    def _value(self, column: Column, dice: Random) -> str:
        if not column.not_null and dice.random() < 0.3:
            return "NULL"
        if column.type in EXTREMES and dice.random() < 0.2:
            return f"{dice.choice(EXTREMES[column.type])}::{column.type}"
        return self.literal(column.type)
