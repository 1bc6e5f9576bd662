"""What ignored extensions made: `pg_dump` prints the privileges on it, and does not say whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_tasks.diff.catalog.scope import Scope

if TYPE_CHECKING:
    from supabase_tasks.postgres import Server

# As the tags of pg_dump's ACL entries are made (PostgreSQL 17, dumpFunc(), dumpTable(), dumpType(), dumpForeignServer()).
_MEMBERS = b"""
    SELECT coalesce(n.nspname, '-'), m.tag FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_extension'::regclass
    JOIN (
        SELECT 'pg_catalog.pg_proc'::regclass, oid, pronamespace, CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
            || quote_ident(proname) || '(' || oidvectortypes(proargtypes) || ')' FROM pg_catalog.pg_proc
        UNION ALL SELECT 'pg_catalog.pg_class'::regclass, oid, relnamespace,
            CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || quote_ident(relname) FROM pg_catalog.pg_class
        UNION ALL SELECT 'pg_catalog.pg_class'::regclass, c.oid, c.relnamespace,
            'COLUMN ' || quote_ident(c.relname) || '.' || quote_ident(a.attname)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid WHERE a.attacl IS NOT NULL
        UNION ALL SELECT 'pg_catalog.pg_type'::regclass, oid, typnamespace, 'TYPE ' || quote_ident(typname)
        FROM pg_catalog.pg_type
        UNION ALL SELECT 'pg_catalog.pg_namespace'::regclass, oid, 0, 'SCHEMA ' || quote_ident(nspname)
        FROM pg_catalog.pg_namespace
        UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, 0, 'FOREIGN DATA WRAPPER ' || quote_ident(fdwname)
        FROM pg_catalog.pg_foreign_data_wrapper
        UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass, oid, 0, 'FOREIGN SERVER ' || quote_ident(srvname)
        FROM pg_catalog.pg_foreign_server
    ) m (class, oid, space, tag) ON m.class = d.classid AND m.oid = d.objid
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = m.space
    WHERE d.deptype = 'e' AND e.extname = ANY (%s)
"""


def access_entries(server: Server, database: str, scope: Scope) -> frozenset[tuple[str, str, str]]:
    """The entries of `database`'s dump (type, schema, name) that are privileges on a member of an extension that `scope` ignores.
    Raises psycopg's errors as they are."""
    # No name of an extension has a dot: most patterns cost no question.
    if not any(pattern.startswith("extension:") or "." not in pattern for pattern in scope.ignore):
        return frozenset()
    with server.connect(database) as connection:
        connection.execute("SET search_path = ''")
        names = [str(row[0]) for row in connection.execute("SELECT extname FROM pg_catalog.pg_extension")]
        ignored = [name for name in names if scope.ignores("extension", (name,))]
        if not ignored:
            return frozenset()
        return frozenset(("ACL", str(schema), str(tag)) for schema, tag in connection.execute(_MEMBERS, [ignored]))
