"""What a database has and its dump does not say: read from the source of a copy, made or written down there (`restoring`).

Sources: PostgreSQL 17, pg_dump.c: dumpConstraint() (inherited ones have no comment), getTriggers() (nor have a partition's
that are its parent's), dumpTableSchema() (storage and compression are said where they are not the default, and a child table
takes over its parent's).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import undumped

if TYPE_CHECKING:
    import psycopg

_OWN = f"{undumped.ours()} AND {undumped.no_member(1259, 'c.oid')}"
# pg_dump leaves out what a failed CREATE INDEX CONCURRENTLY left behind.
_INVALID = """
    SELECT pg_catalog.pg_get_indexdef(i.oid), n.nspname, i.relname
    FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_class c ON c.oid = x.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
    WHERE NOT x.indisvalid AND c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' ORDER BY 2, 3
"""
_UNSAID = f"""
    SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, c.oid::regclass, s.description)
    FROM pg_catalog.pg_description s JOIN pg_catalog.pg_constraint k ON k.oid = s.objoid
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE s.classoid = 2606 AND (NOT k.conislocal OR k.conparentid <> 0) AND {_OWN}
    UNION ALL
    SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, c.oid::regclass, s.description)
    FROM pg_catalog.pg_description s JOIN pg_catalog.pg_trigger t ON t.oid = s.objoid
        JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE s.classoid = 2620 AND t.tgparentid <> 0 AND {_OWN}
    UNION ALL
    SELECT format('ALTER TABLE ONLY %s ALTER COLUMN %I %s', c.oid::regclass, a.attname, u.change)
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
        JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
        JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
        CROSS JOIN LATERAL (
            SELECT format('SET STORAGE %s', CASE b.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END) AS change
            WHERE a.attstorage = b.typstorage AND p.attstorage <> b.typstorage
            UNION ALL SELECT 'SET COMPRESSION default' WHERE a.attcompression = '' AND p.attcompression <> '') u
    WHERE c.relkind = 'r' AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND {_OWN}
"""
# All that these ask for is there since PostgreSQL 14.
_SINCE = 140000


@dataclass(frozen=True, slots=True)
class InvalidIndex:
    """An index that is not valid: its CREATE INDEX as the source prints it, and its schema and name."""

    definition: str
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is beyond a source's dump: `invalid` indexes, `statements` that say the rest of it, and what a copy cannot have
    (rows of `undumped.QUERY`)."""

    invalid: tuple[InvalidIndex, ...] = ()
    statements: tuple[str, ...] = ()
    undumped: frozenset[tuple[str, str, str]] = frozenset()


def read(connection: psycopg.Connection[Any]) -> Beyond:
    """What is beyond the dump of the database behind `connection`, whose search_path is empty. Raises psycopg's errors as
    they are."""
    invalid = tuple(InvalidIndex(*row) for row in connection.execute(_INVALID).fetchall())
    if connection.info.server_version < _SINCE:
        return Beyond(invalid)
    queries = (_UNSAID, undumped.LABELS)
    statements = tuple(
        str(text) for query in queries for (text,) in sorted(connection.execute(query.encode()).fetchall())
    )
    rows = connection.execute(undumped.QUERY.encode()).fetchall()
    return Beyond(invalid, statements, frozenset((str(kind), str(name), str(text)) for kind, name, text in rows))
