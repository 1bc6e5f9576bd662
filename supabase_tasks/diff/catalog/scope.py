"""What belongs to the project and what to the platform: the one place that says which schemas are never compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from supabase_tasks.platform_schemas import PLATFORM_PUBLICATIONS, PLATFORM_SCHEMAS, SCHEMAS_OF_EVERY_PROJECT

# Users rightly put triggers and policies on these platform tables; what the platform itself has there is on both sides
# and cancels.
OPEN_SCHEMAS = ("auth", "storage", "realtime")


def user_schema(alias: str = "n") -> str:
    """SQL that holds for a pg_namespace row (`alias`) whose objects belong to the project."""
    return f"{_not_system(alias)} AND {alias}.nspname NOT IN ({_name_list(PLATFORM_SCHEMAS)})"


def open_schema(alias: str = "n") -> str:
    """The same, with the platform schemas that users hang triggers and policies on."""
    closed = [name for name in PLATFORM_SCHEMAS if name not in OPEN_SCHEMAS]
    return f"{_not_system(alias)} AND {alias}.nspname NOT IN ({_name_list(closed)})"


def not_member(catalog: str, oid: str) -> str:
    """SQL that holds when the object (`oid` in `catalog`) was not created by an extension (pg_depend deptype 'e')."""
    return (
        f"NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{catalog}'::regclass"
        f" AND e.objid = {oid} AND e.deptype = 'e')"
    )


def in_supabase() -> str:
    """SQL that holds in a database of Supabase, whoever runs it."""
    marks = SCHEMAS_OF_EVERY_PROJECT
    return f"{len(marks)} = (SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname IN ({_name_list(marks)}))"


def platform_publication(name: str) -> str:
    """SQL that holds for the `name` of a publication that is the platform's: a plain PostgreSQL has none."""
    return f"({name} IN ({_name_list(PLATFORM_PUBLICATIONS)}) AND {in_supabase()})"


def _not_system(alias: str) -> str:
    return f"{alias}.nspname !~ '^pg_' AND {alias}.nspname <> 'information_schema'"


def _name_list(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


# What lives on an object of another kind whose name its identity begins with.
_LIVES_ON = {"extension_grant": ("extension",)}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which objects are compared. `ignore` holds patterns (`*`, `?`, `[…]`) of `schema.name…` or `kind:schema.name…`."""

    ignore: tuple[str, ...] = ()

    def ignores(self, kind: str, identity: tuple[str, ...]) -> bool:
        """Whether a pattern of `ignore` covers the object, or the table or extension that it lives on."""
        if not self.ignore:
            return False
        dotted = [".".join(identity[:length]) for length in range(1, len(identity) + 1)]
        names = [*dotted, *(f"{word}:{name}" for word in (kind, *_LIVES_ON.get(kind, ())) for name in dotted)]
        return any(fnmatchcase(name, pattern) for name in names for pattern in self.ignore)
