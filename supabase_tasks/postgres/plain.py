"""A plain PostgreSQL (an Alembic database, a dump that was restored) on the ground of a Supabase database.

Its dump knows nothing of the platform: laid on an empty database, every object of the platform would be a difference. On a
clone of the platform's template what is left to compare are the project's objects. They get there what the platform gives to
every new object, by the default privileges of `postgres`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.platform_schemas import (
    OWNER_OF_PUBLIC,
    PLATFORM_PUBLICATIONS,
    PLATFORM_ROLES,
    PLATFORM_SCHEMAS,
    SCHEMAS_OF_EVERY_PROJECT,
)

if TYPE_CHECKING:
    import psycopg

_EXTENSION = re.compile(r'CREATE EXTENSION IF NOT EXISTS ("(?:[^"]|"")+"|\w+) WITH SCHEMA ("(?:[^"]|"")+"|\w+)\s*;?\Z')
_PUBLICATION = re.compile(r"CREATE PUBLICATION (\w+) ")
_ABOUT_EXTENSION = re.compile(r'COMMENT ON EXTENSION ("(?:[^"]|"")+"|\w+) ')
_ABOUT_PUBLIC = re.compile(
    r"(?:CREATE SCHEMA public|ALTER SCHEMA public OWNER|COMMENT ON SCHEMA public"
    # What every PostgreSQL gives there, and to whom the platform does: a role of the project keeps its privileges.
    rf"|(?:GRANT|REVOKE)\s.*\sON SCHEMA public\s+(?:TO|FROM)\s+(?:PUBLIC|{OWNER_OF_PUBLIC}|{'|'.join(PLATFORM_ROLES)})\s*;?\Z)",
    re.DOTALL,
)
_GIVEN = """
    SELECT n.nspname::text, d.defaclobjtype::text, a.privilege_type, g.rolname::text
    FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
        CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) a JOIN pg_catalog.pg_roles g ON g.oid = a.grantee
    WHERE d.defaclrole = 'postgres'::pg_catalog.regrole AND a.grantee <> d.defaclrole AND n.nspname = 'public'
    ORDER BY 1, 2, 3, 4
"""
_OBJECTS = {"r": "TABLES", "S": "SEQUENCES", "f": "FUNCTIONS", "T": "TYPES"}


@dataclass(frozen=True, slots=True)
class GroundedCopy:
    """The ground of a copy: the database `template`, whose platform schemas are not dumped from the source."""

    template: str

    @property
    def dump_options(self) -> Sequence[str]:
        """What pg_dump leaves out: schemas that are the platform's on the ground."""
        return [f"--exclude-schema={name}" for name in PLATFORM_SCHEMAS]


def on_template(template: str) -> GroundedCopy:
    """A copy that is laid on a clone of `template`."""
    return GroundedCopy(template)


def is_plain(url: str, env: Mapping[str, str | None]) -> bool:
    """Whether the database behind `url` lacks the platform's schemas; not when it cannot be asked: pg_dump says why."""
    import psycopg

    try:
        with psycopg.connect(url, password=env.get("PGPASSWORD"), connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ANY (%s)",
                (list(SCHEMAS_OF_EVERY_PROJECT),),
            ).fetchone()
    except psycopg.Error:
        return False
    return row is None or row[0] < len(SCHEMAS_OF_EVERY_PROJECT)


class Ground:
    """What the restoring role does on the ground before, during and after the dump."""

    def __init__(self, connection: psycopg.Connection[Any], dump: Sequence[str]) -> None:
        rows = connection.execute(
            "SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace"
        )
        self._extensions = {str(name): str(schema) for name, schema in rows}
        self._defaults = list(_default_privileges(connection))
        made = {found[1] for statement in dump if (found := _PUBLICATION.match(statement))}
        self._publications = [name for name in PLATFORM_PUBLICATIONS if name in made]

    def before(self) -> Iterator[str]:
        """Statements by which the role's objects get what those of `postgres` get, and a publication of the dump has a name that
        the ground's has."""
        yield from (f"DROP PUBLICATION IF EXISTS {name}" for name in self._publications)
        yield from (
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {given} TO {role}" for given, role in self._defaults
        )

    def after(self) -> Iterator[str]:
        """Statements that take it back."""
        return (
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE {given} FROM {role}" for given, role in self._defaults
        )

    def instead(self, statement: str) -> str | None:
        """What to run for a statement of the dump: an empty text for what the platform has, None for the statement itself."""
        if _ABOUT_PUBLIC.match(statement):
            return ""
        about = _ABOUT_EXTENSION.match(statement)
        if about and _bare(about[1]) in self._extensions:
            return ""
        made = _EXTENSION.match(statement)
        if made is None or _bare(made[1]) not in self._extensions:
            return None
        here = self._extensions[_bare(made[1])]
        return "" if here == _bare(made[2]) else f"ALTER EXTENSION {made[1]} SET SCHEMA {made[2]}"


def _default_privileges(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, str]]:
    for _, kind, privilege, role in connection.execute(_GIVEN):
        if kind in _OBJECTS:
            yield f"{privilege} ON {_OBJECTS[kind]}", str(role)


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
