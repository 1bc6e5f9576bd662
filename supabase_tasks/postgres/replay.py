"""Applying one migration exactly as the Supabase CLI does.

`RESET ALL`, then the file's statements and the history row, in the parts that `ledger.delivery` says: usually one pipeline with
a single Sync, which is one implicit transaction. What is sent by itself goes by the simple protocol, as in the CLI
(`MigrationApply.file` in the program text of 2.122.1 and 3.1.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import delivery, history_table, psql_commands, transactions
from supabase_tasks.ledger.splitting import Major, Statement, split
from supabase_tasks.postgres import alone, created_databases, elevation, refusals, standin_rewrites
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
_SYNTAX_ERROR = "42601"
_CONFLICT = "a conflict marker of git"


def create_history_table(connection: psycopg.Connection[Any]) -> None:
    """Make the CLI's ledger table when it is missing, as `db push` does before its first file."""
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
    major: Major = "3",
    last: bool = True,
) -> None:
    """Apply one migration file and record it, as `supabase db push` of that major of the CLI does.

    `connection` is in autocommit and comes from `Server.migrator` (statements that hosted Supabase lifts are lifted) or
    `Server.connect` (nothing is). Raises `MigrationError` whose `data` holds file, statement, position, line, sqlstate
    and postgres_message; then nothing of the file remains, unless it is one that the CLI does not run as one transaction
    (`leaves_parts`). The code is `transaction-open` when the `last` file leaves a transaction open: the CLI ends there, and what
    was done since it began is gone. `known` takes what was refused and then lifted.
    """
    file = f"{version}_{name}.sql"
    _refuse_nul(file, file_text)
    parts = delivery.parts(file_text, major)
    statements = [item for part in parts for item in part.statements]
    create_history_table(connection)
    connection.execute("RESET ALL")
    for part in parts:
        rest = [_history_row(statements, version, name)] if part is parts[-1] else []
        refused = refusals.Refusals()
        failure = _send(connection, part, rest, refused)
        if known is not None:
            known.take(part.first, refused)
        if failure is not None:
            owner = part.first + failure.index
            raise _error(failure, file_text, statements, owner if owner < len(statements) else None, file)
    if last:
        _refuse_open(connection, file)


def _send(
    connection: psycopg.Connection[Any], part: delivery.Part, rest: Sequence[Command], known: refusals.Refusals
) -> Failure | None:
    texts = _texts(connection, part.statements)
    if part.alone and texts:
        return alone.run_text(connection, texts[0], known)
    return refusals.run(connection, texts, rest, known=known)


def apply_unrecorded(
    connection: psycopg.Connection[Any],
    file_text: str,
    name: str,
    *,
    left_out: Callable[[str], bool] = lambda text: False,
) -> None:
    """Apply a file that is no migration in one transaction, without a row in the history, and without the statements that
    are `left_out`. Raises as `apply_file` does."""
    _refuse_nul(name, file_text)
    statements = [item for item in split(file_text) if not left_out(item.text)]
    connection.execute("RESET ALL")
    failure = refusals.run(connection, _texts(connection, statements))
    if failure is not None:
        owner = failure.index if failure.index < len(statements) else None
        raise _error(failure, file_text, statements, owner, name)


def is_divided(file_text: str, major: Major = "3") -> bool:
    """Whether the CLI sends the file in more than one part."""
    return len(delivery.parts(file_text, major)) > 1


def leaves_parts(file_text: str, major: Major = "3") -> bool:
    """Whether something of a file can remain when it fails: it is more than one transaction."""
    return is_divided(file_text, major) or not transactions.is_one(file_text)


def _refuse_nul(file: str, text: str) -> None:
    if "\0" in text:
        raise MigrationError(f"{file} holds a NUL character", cause="PostgreSQL takes none in SQL")


def _refuse_open(connection: psycopg.Connection[Any], file: str) -> None:
    from psycopg.pq import TransactionStatus

    if connection.info.transaction_status != TransactionStatus.IDLE:
        raise MigrationError(
            f"{file} leaves a transaction open: what was done since it began is lost, the history's row included",
            cause="the Supabase CLI reports success and disconnects; PostgreSQL then rolls the transaction back",
            next_step=f"take BEGIN and COMMIT out of {file}: the CLI makes each file one transaction",
            code="transaction-open",
        )


def _texts(connection: psycopg.Connection[Any], statements: Sequence[Statement]) -> list[str]:
    standins = standins_of(connection) if any(standin_rewrites.may_need(item.text) for item in statements) else ()
    texts = (standin_rewrites.rewrite(item.text, standins) for item in statements)
    return [created_databases.from_empty_template(text) for text in texts]


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
    foreign = psql_commands.of(statement, file_text) if statement and failure.sqlstate == _SYNTAX_ERROR else None
    if foreign is not None:
        return MigrationError(
            f"{file}:{foreign.line} does not apply: {foreign.message}",
            cause=f"PostgreSQL: {failure.message} (SQLSTATE {failure.sqlstate})",
            next_step=f"take that out of {file}, then run the same command again",
            code="psql-command",
            data={"file": file, "line": foreign.line, "sqlstate": failure.sqlstate},
        )
    line = _line(file_text, statement, failure.position) if statement else None
    where = f":{line}" if line else ""
    shown = statement.text if statement else "the row of the ledger table"
    return MigrationError(
        f"{file}{where} does not apply: {_CONFLICT if _is_conflict(statement) else failure.message}",
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


def _is_conflict(statement: Statement | None) -> bool:
    """Whether a statement begins with what git leaves in a file that two branches changed."""
    return statement is not None and statement.text.startswith(("<<<<<<<", "=======", ">>>>>>>"))


def _cause(failure: Failure, statement: str) -> list[str]:
    lines = [f"PostgreSQL: {failure.message} (SQLSTATE {failure.sqlstate})"]
    for label, text in (("detail", failure.detail), ("hint", failure.hint), ("context", _own_context(failure.context))):
        if text:
            lines.append(f"{label}: {text}")
    short = statement if len(statement) <= _SHOWN else statement[:_SHOWN] + " …"
    return [*lines, "statement:", *short.splitlines()]


def _own_context(context: str | None) -> str | None:
    """The context without our own call that lifts a statement: who wrote the migration knows nothing of it."""
    name = elevation.LIFT.rpartition(".")[2]
    if context is None or name not in context:
        return context
    entries = re.split(r'\n(?=SQL statement "|PL/pgSQL function )', context)
    return "\n".join(entry for entry in entries if name not in entry) or None


def _line(file_text: str, statement: Statement, position: int | None) -> int:
    offset = statement.offset + (position - 1 if position else 0)
    return file_text.count("\n", 0, offset) + 1
