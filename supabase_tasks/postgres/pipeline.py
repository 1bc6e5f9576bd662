"""Many statements as one extended-protocol pipeline with a single Sync: one implicit transaction, as in the CLI."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg
    from psycopg.pq.abc import PGconn, PGresult


@dataclass(frozen=True, slots=True)
class Command:
    """One statement with its text parameters (None: no parameters)."""

    text: bytes
    parameters: tuple[bytes, ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The first command that failed: its index, what PostgreSQL says, and the position in characters from 1."""

    index: int
    sqlstate: str
    message: str
    detail: str | None
    hint: str | None
    context: str | None
    position: int | None


def run(connection: psycopg.Connection[Any], commands: Sequence[Command]) -> Failure | None:
    """Run the commands in one implicit transaction; None when all went well, else the first failure (all is undone).

    `connection` is in autocommit mode and idle. Raises psycopg's `OperationalError` when the connection breaks.
    """
    from psycopg import pq

    raw = connection.pgconn
    raw.enter_pipeline_mode()
    try:
        return _first_failure(_converse(raw, commands))
    finally:
        if raw.status == pq.ConnStatus.OK and raw.pipeline_status != pq.PipelineStatus.OFF:
            raw.exit_pipeline_mode()


def _converse(raw: PGconn, commands: Sequence[Command]) -> list[list[PGresult]]:
    from psycopg import generators, waiting

    queue: deque[Callable[[], None]] = deque(
        partial(raw.send_query_params, item.text, item.parameters) for item in commands
    )
    queue.append(raw.pipeline_sync)
    # psycopg sends and reads by turns, so a long file cannot fill both sides' buffers and stand still.
    groups = list(waiting.wait(generators.pipeline_communicate(raw, queue), raw.socket))
    while not (groups and _is_sync(groups[-1])):
        groups.append(list(waiting.wait(generators.fetch_many(raw), raw.socket)))
    return [group for group in groups if group]


def _is_sync(group: list[PGresult]) -> bool:
    from psycopg import pq

    return bool(group) and group[-1].status == pq.ExecStatus.PIPELINE_SYNC


def _first_failure(groups: list[list[PGresult]]) -> Failure | None:
    from psycopg import pq

    for index, group in enumerate(groups):
        if group[-1].status == pq.ExecStatus.FATAL_ERROR:
            return _failure(index, group[-1])
    return None


def _failure(index: int, result: PGresult) -> Failure:
    from psycopg.pq import DiagnosticField as Field

    def text(field: Field) -> str | None:
        value = result.error_field(field)
        return value.decode("utf-8", "replace") if value else None

    position = text(Field.STATEMENT_POSITION)
    return Failure(
        index=index,
        sqlstate=text(Field.SQLSTATE) or "",
        message=text(Field.MESSAGE_PRIMARY) or result.error_message.decode("utf-8", "replace").strip(),
        detail=text(Field.MESSAGE_DETAIL),
        hint=text(Field.MESSAGE_HINT),
        context=text(Field.CONTEXT),
        position=int(position) if position else None,
    )
