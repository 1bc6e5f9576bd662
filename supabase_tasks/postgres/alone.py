"""One statement outside of a pipeline, as the Supabase CLI sends what cannot run in a transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import elevation, pipeline, refusals
from supabase_tasks.postgres.pipeline import Command, Failure
from supabase_tasks.postgres.refusals import Refusals

if TYPE_CHECKING:
    import psycopg

_COPIES = re.compile((elevation.LEADING + r"copy\b").encode(), re.IGNORECASE | re.DOTALL)


def run_text(connection: psycopg.Connection[Any], statement: str, known: Refusals) -> Failure | None:
    """The same for a statement that is lifted where hosted Supabase lifts it, once PostgreSQL has refused it; `known` takes
    what was refused.

    In a transaction that the migration has begun it runs behind a savepoint, so that a refusal leaves the rest as it is.
    """
    guarded = refusals.is_open(connection) and refusals.may_learn(statement)
    while True:
        known.foresee(connection, [statement])
        if guarded:
            connection.execute(refusals.SAVEPOINT)
        failure = run(connection, known.command(connection, 0, statement))
        if guarded and not connection.closed:
            connection.execute(refusals.BACK if failure else refusals.RELEASE)
        if failure is None or not known.learn(connection, [statement], failure):
            return failure


def run(connection: psycopg.Connection[Any], command: Command) -> Failure | None:
    """Run the command by the simple protocol (with parameters: by the extended one); None when it went well.

    `connection` is in autocommit mode. What a COPY to the client sends is passed over. Raises `DatabaseError` when the
    connection breaks.
    """
    import psycopg

    if command.parameters is not None:
        return pipeline.run(connection, [command])
    try:
        with connection.cursor() as cursor:
            if _COPIES.match(command.text):
                with cursor.copy(command.text) as rows:
                    for _ in rows:
                        pass
            else:
                cursor.execute(command.text)
    except psycopg.Error as error:
        if error.diag.sqlstate is None and connection.broken:
            raise pipeline.connection_lost(error) from error
        return _failure(connection, error)
    return None


def _failure(connection: psycopg.Connection[Any], error: psycopg.Error) -> Failure:
    told = error.diag
    if told.sqlstate is None:
        # psycopg's own word about COPY from the client, which it leaves open.
        connection.close()
        return pipeline.copy_refused(0)
    position = told.statement_position
    return Failure(
        index=0,
        sqlstate=told.sqlstate,
        message=told.message_primary or str(error),
        detail=told.message_detail,
        hint=told.message_hint,
        context=told.context,
        position=int(position) if position else None,
    )
