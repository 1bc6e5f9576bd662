"""Applying one migration exactly as the Supabase CLI does.

`RESET ALL`, then the file's statements (split as in `ledger.splitting`) and the history row in one pipeline with a single
Sync: one implicit transaction (supabase/cli, pkg/migration: `ApplyMigrations`, `ExecBatch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import history_table
from supabase_tasks.ledger.splitting import Statement, split
from supabase_tasks.postgres import refusals, standin_rewrites
from supabase_tasks.postgres.pipeline import Command, Failure

if TYPE_CHECKING:
    import psycopg

_HISTORY_TABLE = (
    "CREATE SCHEMA IF NOT EXISTS supabase_migrations",
    "CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY)",
    "ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[]",
    "ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text",
)
_INSERT = "INSERT INTO supabase_migrations.schema_migrations(version, name, statements) VALUES($1, $2, $3)"
_SHOWN = 400


def create_history_table(connection: psycopg.Connection[Any]) -> None:
    """Make the CLI's history table when it is missing, as `db push` does before its first file."""
    if history_table.exists(connection):
        return
    for statement in _HISTORY_TABLE:
        connection.execute(statement)


def apply_file(
    connection: psycopg.Connection[Any],
    file_text: str,
    *,
    version: str,
    name: str,
    known: refusals.Refusals | None = None,
) -> None:
    """Apply one migration file in one transaction and record it, as `supabase db push` does.

    `connection` is in autocommit and comes from `Server.migrator` (statements that hosted Supabase lifts are lifted) or
    `Server.connect` (nothing is). Raises `MigrationError` whose `data` holds file, statement, position, line, sqlstate
    and postgres_message; then nothing of the file remains. `known` takes what was refused and then lifted.
    """
    if "\0" in file_text:
        raise MigrationError(f"{version}_{name}.sql holds a NUL character", cause="PostgreSQL takes none in SQL")
    statements = split(file_text)
    texts = _texts(connection, statements)
    create_history_table(connection)
    connection.execute("RESET ALL")
    failure = refusals.run(connection, texts, [_history_row(statements, version, name)], known=known)
    if failure is not None:
        owner = failure.index if failure.index < len(statements) else None
        raise _error(failure, file_text, statements, owner, f"{version}_{name}.sql")


def _texts(connection: psycopg.Connection[Any], statements: Sequence[Statement]) -> list[str]:
    standins = standins_of(connection) if any(standin_rewrites.may_need(item.text) for item in statements) else ()
    return [standin_rewrites.rewrite(item.text, standins) for item in statements]


def apply_unrecorded(connection: psycopg.Connection[Any], file_text: str, name: str) -> None:
    """Apply a file that is no migration in one transaction, without a row in the history. Raises as `apply_file` does."""
    statements = split(file_text)
    connection.execute("RESET ALL")
    failure = refusals.run(connection, _texts(connection, statements))
    if failure is not None:
        owner = failure.index if failure.index < len(statements) else None
        raise _error(failure, file_text, statements, owner, name)


def standins_of(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    """The extensions that are stand-ins on this connection's server (a setting that `lifecycle` writes)."""
    row = connection.execute("SELECT pg_catalog.current_setting('supabase_tasks.standins', true)").fetchone()
    return tuple(str(row[0]).split(",")) if row and row[0] else ()


def _history_row(statements: Sequence[Statement], version: str, name: str) -> Command:
    quoted = ('"' + item.text.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in statements)
    array = "{" + ",".join(quoted) + "}"
    return Command(_INSERT.encode(), (version.encode(), name.encode(), array.encode()))


def _error(
    failure: Failure, file_text: str, statements: Sequence[Statement], owner: int | None, file: str
) -> MigrationError:
    statement = statements[owner] if owner is not None else None
    line = _line(file_text, statement, failure.position) if statement else None
    where = f" (line {line})" if line else ""
    shown = statement.text if statement else "the row of the history table"
    return MigrationError(
        f"{file} does not apply{where}: {failure.message}",
        cause="\n".join(_cause(failure, shown)),
        next_step=f"correct {file}, or the migration it builds on, then run the same command again",
        code="migration-failed",
        data={
            "file": file,
            "statement": shown,
            "statement_index": owner,
            "position": failure.position,
            "line": line,
            "sqlstate": failure.sqlstate,
            "postgres_message": failure.message,
            "detail": failure.detail,
            "hint": failure.hint,
        },
    )


def _cause(failure: Failure, statement: str) -> list[str]:
    lines = [f"PostgreSQL: {failure.message} (SQLSTATE {failure.sqlstate})"]
    for label, text in (("detail", failure.detail), ("hint", failure.hint), ("context", failure.context)):
        if text:
            lines.append(f"{label}: {text}")
    short = statement if len(statement) <= _SHOWN else statement[:_SHOWN] + " …"
    return [*lines, "statement:", *short.splitlines()]


def _line(file_text: str, statement: Statement, position: int | None) -> int:
    offset = statement.offset + (position - 1 if position else 0)
    return file_text.count("\n", 0, offset) + 1
