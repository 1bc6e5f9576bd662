"""Many statements as one extended-protocol pipeline with a single Sync: one implicit transaction, as in the CLI."""

from __future__ import annotations

import re
import selectors
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import DatabaseError

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


def copy_refused(index: int) -> Failure:
    """The failure of a command that would copy from the client: there is nothing to copy from in a migration."""
    message = "COPY from the client cannot run in a migration"
    return Failure(index, "0A000", message, None, None, None, None)


_SENT_AT_ONCE = 8
_COPY = re.compile(rb"copy", re.IGNORECASE)


class _CopyError(Exception):
    """The command with this index would copy from the client, which ends any pipeline."""

    def __init__(self, index: int) -> None:
        self.index = index


def run(connection: psycopg.Connection[Any], commands: Iterable[Command]) -> Failure | None:
    """Run the commands in one implicit transaction; None when all went well, else the first failure (all is undone).

    PostgreSQL works on the first ones while an iterator still makes the others. `connection` is in autocommit mode and
    idle. What a COPY to the client sends is passed over, as the CLI does. Raises `DatabaseError` when the connection
    breaks.
    """
    from psycopg import OperationalError

    raw, answers = connection.pgconn, _Answers()
    raw.enter_pipeline_mode()
    try:
        _converse(raw, answers, commands)
        raw.exit_pipeline_mode()
    except OperationalError as error:
        connection.close()
        raise connection_lost(error, answers.last) from error
    except _CopyError as error:
        connection.close()
        return copy_refused(error.index)
    except BaseException:
        # Half a conversation cannot be taken up again.
        connection.close()
        raise
    return _failure(answers.failed, answers.failure) if answers.failure is not None else None


def connection_lost(error: Exception, last: PGresult | None = None) -> DatabaseError:
    """The error for a connection that broke; `last` is what the server had said then."""
    told = last.error_message.decode("utf-8", "replace") if last is not None and _has_failed(last) else str(error)
    return DatabaseError(
        "the server ended the connection",
        cause=told.strip().splitlines()[0],
        next_step="run the same command again",
        code="connection-lost",
    )


@dataclass(slots=True)
class _Answers:
    """How far the server has answered: commands that are done, the last result of the one at hand, whether it sends the rows
    of a COPY, and the first failure with its command's index. Other results are freed: libpq gives each 2 KB."""

    done: int = 0
    last: PGresult | None = None
    copying: bool = False
    failed: int = 0
    failure: PGresult | None = None

    def take(self, result: PGresult | None) -> None:
        """The next result, or None for the end of a command's."""
        if result is not None:
            self.last = result
            return
        assert self.last is not None
        if self.failure is None and _has_failed(self.last):
            self.failed, self.failure = self.done, self.last
        self.done, self.last = self.done + 1, None


def _has_failed(result: PGresult) -> bool:
    from psycopg import pq

    return result.status == pq.ExecStatus.FATAL_ERROR


def _converse(raw: PGconn, answers: _Answers, commands: Iterable[Command]) -> None:
    """Send everything and one Sync, reading meanwhile, so that neither side waits for the other with full buffers."""
    sent, copies = 0, False
    for command in commands:
        # A list: psycopg 3.1 takes no other sequence.
        raw.send_query_params(command.text, None if command.parameters is None else list(command.parameters))
        # The connection never blocks (psycopg sets it so): what cannot be sent now goes with the next.
        if sent % _SENT_AT_ONCE == 0:
            raw.flush()
        sent, copies = sent + 1, copies or _COPY.search(command.text) is not None
    if copies:
        # The Sync would commit what follows a COPY from the client, which is an error for us alone.
        raw.send_flush_request()
        _read(raw, answers, sent)
    raw.pipeline_sync()
    _read(raw, answers, None)


def _read(raw: PGconn, answers: _Answers, wanted: int | None) -> None:
    """Read until `wanted` commands are answered; with None until the Sync is."""
    with selectors.DefaultSelector() as selector:
        selector.register(raw.socket, selectors.EVENT_READ)
        while not _collect(raw, answers) and answers.done != wanted:
            unsent = raw.flush() == 1
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if unsent else 0)
            selector.modify(raw.socket, events)
            if any(mask & selectors.EVENT_READ for _, mask in selector.select()):
                raw.consume_input()


def _collect(raw: PGconn, answers: _Answers) -> bool:
    """Take the results that have arrived; True when the Sync has been answered."""
    from psycopg import OperationalError, pq

    while not raw.is_busy():
        if answers.copying and not _skip_copy_rows(raw):
            return False
        answers.copying = False
        result = raw.get_result()
        if result is None and answers.last is None:
            break
        if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
            return True
        if result is not None and result.status == pq.ExecStatus.COPY_IN:
            raise _CopyError(answers.done)
        answers.copying = result is not None and result.status == pq.ExecStatus.COPY_OUT
        answers.take(result)
    if raw.status != pq.ConnStatus.OK:
        raise OperationalError(raw.get_error_message())
    return False


def _skip_copy_rows(raw: PGconn) -> bool:
    """Pass over the rows of a COPY that have arrived; whether they were the last."""
    while True:
        size, _ = raw.get_copy_data(1)
        if size <= 0:
            return size < 0


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
