"""The rows that a history leaves behind: reference data, buckets, jobs. A squash has to leave the same ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import process
from supabase_tasks.errors import DiffError
from supabase_tasks.flow.squash.platform_effects import EFFECTS

if TYPE_CHECKING:
    import psycopg
    from psycopg import sql

    from supabase_tasks.postgres import Server

Table = tuple[str, str]
_STEADY = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
   AND atttypid <> ALL ('{timestamptz,timestamp,uuid,bytea}'::regtype[]) ORDER BY attnum
"""

_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence = 'p'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'supabase_migrations') AND n.nspname !~ '^pg_'
ORDER BY 1, 2
"""
_SEQUENCES = "SELECT schemaname, sequencename, coalesce(last_value::text, '') FROM pg_sequences ORDER BY 1, 2"


def fingerprints(connection: psycopg.Connection[Any]) -> Mapping[Table, str]:
    """Table → digest of its rows in no particular order; tables without rows are left out. Sequences count by their
    last value. `connection` is that of `postgres`, whom no policy hides a row from."""
    from psycopg import sql

    found: dict[Table, str] = {}
    for schema, name in connection.execute(_TABLES).fetchall():
        query = sql.SQL("SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\")) FROM {} t")
        row = connection.execute(query.format(_source(connection, schema, name))).fetchone()
        if row is not None and row[0] is not None:
            found[schema, name] = row[0]
    found.update({(schema, name): value for schema, name, value in connection.execute(_SEQUENCES) if value})
    return found


def _source(connection: psycopg.Connection[Any], schema: str, name: str) -> sql.Composable:
    """The table, in a platform schema without the columns that say when a row was made or that are made up by chance."""
    from psycopg import sql

    table = sql.SQL("ONLY {}").format(sql.Identifier(schema, name))
    if schema not in EFFECTS:
        return table
    kept = connection.execute(_STEADY, (sql.Identifier(schema, name).as_string(connection),)).fetchall()
    columns = sql.SQL(", ").join(sql.Identifier(column) for (column,) in kept)
    return sql.SQL("(SELECT {} FROM {})").format(columns, table)


def changed_tables(before: Mapping[Table, str], after: Mapping[Table, str]) -> Sequence[Table]:
    """The tables and sequences whose rows `after` has and `before` lacks.

    Raises `DiffError` where `before` has rows of them already: they cannot be told apart.
    """
    # What statements do there is carried as statements.
    before, after = _of_the_project(before), _of_the_project(after)
    mixed = [name for name in before if after.get(name) != before[name]]
    if mixed:
        raise DiffError(
            f"the migrations change rows that were there before them: {_table_list(mixed)}",
            cause="a squash can only add rows to empty tables",
            next_step="keep those statements in a migration of their own and squash up to it: --to VERSION",
            code="rows-changed",
        )
    return [name for name in after if name not in before]


def _of_the_project(found: Mapping[Table, str]) -> Mapping[Table, str]:
    return {table: value for table, value in found.items() if table[0] not in EFFECTS}


def dump(server: Server, database: str, tables: Sequence[Table]) -> str:
    """INSERT statements (and the values of sequences) for `tables`, without triggers running: they ran once already."""
    if not tables:
        return ""
    named = [f'--table="{schema}"."{name}"' for schema, name in tables]
    command = [str(server.bin / "pg_dump"), "--data-only", "--column-inserts", *named]
    done = process.run([*command, f"--dbname={server.private_url(database)}"], env={"PGOPTIONS": None})
    kept = [
        line for line in done.stdout.splitlines() if not line.startswith(("--", "SET ", "\\", "SELECT pg_catalog.set_"))
    ]
    body = "\n".join(line for line in kept if line.strip())
    return f"set session_replication_role = 'replica';\n{body}\nreset session_replication_role;\n"


def _table_list(tables: Sequence[Table]) -> str:
    return ", ".join(".".join(table) for table in tables[:5]) + (" …" if len(tables) > 5 else "")
