"""Kinds of objects that the diff does not know: found and named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Container, Iterator

from supabase_tasks import undumped
from supabase_tasks.diff.catalog.scope import not_member, user_schema

_GLOBAL = (
    ("language", "pg_language", "lanname"),
    ("access method", "pg_am", "amname"),
)


# An index that is not valid on the desired side is nothing that a migration makes.
INVALID = "invalid index"
# What `undumped` reads and a kind plans all the same.
_PLANNED_LANGUAGE = (
    "kind = 'grant on language' AND EXISTS (SELECT FROM pg_catalog.pg_language l"
    f" WHERE l.lanname = name AND {undumped.may_grant_on_language('l.lanowner')})"
)


# One of these has a row wherever `query` has one.
FOUND_IN = (
    "pg_language WHERE oid >= 16384",
    "pg_am WHERE oid >= 16384",
    "pg_index WHERE NOT indisvalid",
    "pg_type WHERE oid >= 16384 AND typtype = 'b' AND typcategory <> 'A'",
    *undumped.FOUND_IN,
)


def query(modelled: Container[str]) -> str:
    """Yields rows (kind, name, definition) of every object whose kind is not in `modelled` (names with underscores), and of
    all that `pg_dump` does not say. The definition is empty where the dump compares it."""
    parts = " UNION ALL ".join(part for word, part in _parts() if word.replace(" ", "_") not in modelled)
    return (
        f"SELECT kind, name, '' AS definition FROM ({parts}) named UNION ALL SELECT * FROM ({undumped.QUERY})"
        f" undumped (kind, name, definition) WHERE NOT ({_PLANNED_LANGUAGE})"
    )


def _parts() -> Iterator[tuple[str, str]]:
    for word, catalog, column in _GLOBAL:
        yield (
            word,
            f"SELECT '{word}' AS kind, {column}::text AS name FROM pg_catalog.{catalog} x"
            f" WHERE x.oid >= 16384 AND {not_member(catalog, 'x.oid')}",
        )
    yield (
        INVALID,
        f"SELECT '{INVALID}', format('%I.%I', n.nspname, i.relname) FROM pg_catalog.pg_index x"
        " JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_class c ON c.oid = x.indrelid"
        " JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace"
        f" WHERE NOT x.indisvalid AND c.relkind IN ('r', 'm') AND {user_schema()} AND {not_member('pg_class', 'c.oid')}",
    )
    yield (
        "base type",
        "SELECT 'base type', format('%I.%I', n.nspname, t.typname) FROM pg_catalog.pg_type t"
        f" JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'b' AND t.typcategory <> 'A'"
        f" AND {user_schema()} AND {not_member('pg_type', 't.oid')}",
    )


Thing = tuple[str, str, str]


def differences(current: frozenset[Thing], desired: frozenset[Thing]) -> tuple[str, ...]:
    """What one side has and the other has not, or not the same: `operator public.=== (only on the desired side)`."""
    old, new = ({thing[:2]: thing[2] for thing in side} for side in (current, desired))
    only_new = [f"{kind} {name} (only on the desired side)" for kind, name in sorted(new.keys() - old.keys())]
    gone = sorted(pair for pair in old.keys() - new.keys() if pair[0] != INVALID)
    other = sorted(pair for pair in old.keys() & new.keys() if old[pair] != new[pair])
    return (
        *only_new,
        *(f"{kind} {name} (only on the current side)" for kind, name in gone),
        *(f"{kind} {name} (differs)" for kind, name in other),
    )
