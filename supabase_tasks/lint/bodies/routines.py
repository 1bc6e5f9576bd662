"""The project's functions and procedures, read from the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

# What stands for a pseudo-type while a body is checked; plpgsql_check does the same ("anyelementtype", default int).
_CONCRETE = {
    "anyelement": "integer",
    "anynonarray": "integer",
    "anyenum": "text",
    "anyarray": "integer[]",
    "anyrange": "int4range",
    "anymultirange": "int4multirange",
    "anycompatible": "integer",
    "anycompatiblearray": "integer[]",
    "anycompatiblenonarray": "integer",
    "anycompatiblerange": "int4range",
}

_QUERY = """
SELECT p.oid::bigint, n.nspname, p.proname, l.lanname, p.prosrc, p.proretset, format_type(p.prorettype, NULL),
       COALESCE(p.proargnames, '{}'), COALESCE(p.proargmodes::text[], '{}'),
       ARRAY(SELECT format_type(a.oid, NULL) FROM unnest(COALESCE(p.proallargtypes, p.proargtypes::oid[]))
             WITH ORDINALITY AS a (oid, position) ORDER BY a.position),
       (SELECT substr(s.setting, 13) FROM unnest(p.proconfig) AS s (setting) WHERE s.setting LIKE 'search_path=%%'),
       ARRAY(SELECT DISTINCT t.tgrelid::regclass::text
             FROM pg_catalog.pg_trigger t WHERE t.tgfoid = p.oid AND NOT t.tgisinternal ORDER BY 1),
       ARRAY(SELECT DISTINCT x.name || ' ' || t.tgrelid::regclass::text FROM pg_catalog.pg_trigger t,
             unnest(ARRAY[t.tgnewtable, t.tgoldtable]) AS x (name)
             WHERE t.tgfoid = p.oid AND x.name IS NOT NULL ORDER BY 1)
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE l.lanname IN ('plpgsql', 'sql') AND p.prokind IN ('f', 'p') AND n.nspname = ANY(%s)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::regclass
                  AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY n.nspname, p.proname, p.oid
"""


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter: its name ("" when it has none), type as SQL, and whether it goes in and comes out."""

    name: str
    type: str
    goes_in: bool
    comes_out: bool


@dataclass(frozen=True, slots=True)
class Routine:
    """A function or procedure. `tables` are those it is a trigger of; `transitions` their transition tables
    (name, table)."""

    oid: int
    schema: str
    name: str
    language: str
    body: str
    returns_set: bool
    returns: str
    arguments: tuple[Argument, ...]
    search_path: str | None
    tables: tuple[str, ...]
    transitions: tuple[tuple[str, str], ...]

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def is_trigger(self) -> bool:
        return self.returns == "trigger"


def read(connection: psycopg.Connection[Any], schemas: Sequence[str]) -> tuple[Routine, ...]:
    """Every SQL and PL/pgSQL routine in `schemas` that no extension made, sorted by name.

    Changes the transaction's search_path: with none, PostgreSQL writes every type and table with its schema.
    """
    connection.execute("SET LOCAL search_path = ''")
    return tuple(_routine(row) for row in connection.execute(_QUERY, [list(schemas)]))


# A catalog row.
def _routine(row: tuple[Any, ...]) -> Routine:
    oid, schema, name, language, body, returns_set, returns, names, modes, types, path, tables, transitions = row
    modes = modes or ["i"] * len(types)
    names = names or [""] * len(types)
    arguments = tuple(
        Argument(name, _CONCRETE.get(type_, type_), mode in ("i", "b", "v"), mode in ("o", "b", "t"))
        for name, type_, mode in zip(names, types, modes, strict=True)
    )
    pairs = tuple((text.partition(" ")[0], text.partition(" ")[2]) for text in transitions)
    return Routine(oid, schema, name, language, body, returns_set, returns, arguments, path, tuple(tables), pairs)
