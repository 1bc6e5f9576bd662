"""Running statements that PostgreSQL may refuse to `postgres` and hosted Supabase does not: what is refused is tried again.

A statement by itself is lifted as it is sent (`elevation`). What a function or a DO block runs is known only when PostgreSQL
refuses it: the error names the statement. When it is one that supautils lifts, all statements run once more, with that one lifted
where it stands (`nested_lifts`). Nothing is left of the try before: all statements are one transaction. Where a handler would
catch the error, the functions are found ahead (`unseen_refusals`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import elevation, nested_lifts, pipeline, signing, unseen_refusals
from supabase_tasks.postgres.nested_lifts import Routine, Text
from supabase_tasks.postgres.pipeline import Command, Failure
from supabase_tasks.postgres.unseen_refusals import Guests

if TYPE_CHECKING:
    import psycopg

# insufficient_privilege; and invalid_parameter_value, by which PostgreSQL refuses a label whose provider is not loaded.
_REFUSED = ("42501", "22023")
# Raised by `supabase_tasks_run`: no handler of a block catches it unless it names it.
_ASKED, _QUESTION = "P0004", "supabase_tasks: a text that was refused"
_AT_MOST = 200
# Characters of statements that are sent at once.
_BATCH = 100_000
# plpgsql_exec_error_callback, _SPI_error_callback, sql_exec_error_callback (PostgreSQL 15 to 18).
_IN_PLPGSQL = re.compile(
    r'\ASQL statement "(?P<statement>.*?)"\nPL/pgSQL function (?P<routine>[^\n]+) line \d+ at (?P<how>[A-Z][^\n]*)',
    re.DOTALL,
)
_IN_SQL = re.compile(r'\ASQL function "(?P<name>[^\n]*)" statement (?P<number>\d+)')
_BLOCK = "inline_code_block"
_FOUND = (
    "SELECT p.oid, p.prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang"
    " WHERE p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace AND l.lanname = "
)
_PLPGSQL = _FOUND + "'plpgsql' AND p.oid = pg_catalog.to_regprocedure(%s)"
_SQL = _FOUND + "'sql' AND p.prosqlbody IS NULL AND p.proname = %s"
# A name that no migration gives.
SAVEPOINT, BACK, RELEASE = (f'{word} "~again"' for word in ("SAVEPOINT", "ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT"))
_NO_PATH = "SELECT pg_catalog.set_config('search_path', '', true)"
_SIGNATURE = "SELECT %s::pg_catalog.oid::pg_catalog.regprocedure::text"


@dataclass(slots=True)
class _RefusedStatement:
    """What was refused in one statement: itself, texts that its code executes, functions that it calls."""

    whole: bool = False
    everywhere: bool = False
    texts: list[Text] = field(default_factory=list)
    routines: list[Routine] = field(default_factory=list)


class Refusals:
    """What is known of the statements of one transaction, by their places."""

    def __init__(self) -> None:
        self._known: dict[int, _RefusedStatement] = {}
        self._tries = 0
        # By the number of statements that may have changed them.
        self._guests: dict[int, Guests] = {}

    def take(self, first: int, other: Refusals) -> None:
        """Know what is known in `other`, whose places begin at `first` here."""
        self._known |= {first + place: known for place, known in other._known.items()}

    def command(self, connection: psycopg.Connection[Any], place: int, statement: str) -> Command:
        """The statement at `place` for the pipeline of `connection`: lifted where the connection may (`Server.migrator`)."""
        key = signing.key_for(connection)
        if key is None:
            return Command(statement.encode())
        lift = self._lift(place, statement)
        return elevation.signed_call(lift, key) if lift else Command(self._code(place, statement, key, True).encode())

    def text(self, place: int, statement: str, key: bytes) -> str:
        """The same as SQL for a client that is not ours, once everything is known."""
        lift = self._lift(place, statement)
        return elevation.call(lift, key) if lift else self._code(place, statement, key, False)

    def _lift(self, place: int, statement: str) -> elevation.Lift | None:
        known = self._known.get(place)
        return elevation.lifted_where_refused(statement) if known and known.whole else elevation.find_lift(statement)

    def _code(self, place: int, statement: str, key: bytes, learning: bool) -> str:
        known = self._known.get(place) or _RefusedStatement()
        text = nested_lifts.block(statement, known.texts, key, learning=learning, everywhere=known.everywhere)
        if not known.routines:
            return text
        return nested_lifts.with_rewritten_routines(text, known.routines, known.texts, key, learning=learning)

    def foresee(self, connection: psycopg.Connection[Any], statements: Sequence[str]) -> None:
        """Find the functions whose refusals no error would tell of, for the statements that call them.

        Those that the statements themselves make are read as `learn` reads them.
        """
        if signing.key_for(connection) is None or not _usable(connection):
            return
        self._foresee(connection, statements)
        unseen_refusals.forget(connection, statements)

    def _foresee(self, connection: psycopg.Connection[Any], statements: Sequence[str]) -> None:
        places = unseen_refusals.places(statements)
        if not places:
            return
        made = unseen_refusals.may_be_made(statements)
        if not made and not unseen_refusals.may_be_stored(connection, statements):
            return
        before = unseen_refusals.changes(statements) if made else [0] * len(statements)
        with self._walk(connection, statements) as go_to:
            for place in places:
                if before[place] not in self._guests:
                    # It may fail before: what was refused there is learnt, or there is no next statement.
                    reached = go_to(place if before[place] else 0)
                    self._guests[before[place]] = _guests(connection) if reached else Guests((), ())
                found = self._guests[before[place]].to_rewrite(statements[place])
                if found:
                    _add(self._known.setdefault(place, _RefusedStatement()), found)

    def learn(self, connection: psycopg.Connection[Any], statements: Sequence[str], failure: Failure) -> bool:
        """Whether the failure is one that hosted Supabase would not have had, so that another try goes further.

        Never so in a transaction that has failed as a whole. The statements before the one that failed are run once more, and
        undone, where a function's text has to be read that they make.
        """
        key, place = signing.key_for(connection), failure.index
        if key is None or place >= len(statements) or self._tries >= _AT_MOST or not _usable(connection):
            return False
        self._tries += 1
        self._guests.clear()
        known = self._known.setdefault(place, _RefusedStatement())
        if failure.sqlstate == _ASKED and failure.message == _QUESTION:
            text = failure.detail or ""
            known.texts.append(Text(text, elevation.lifted_where_refused(text)))
            return True
        if failure.sqlstate not in _REFUSED:
            return False
        context = failure.context or ""
        if not context and not known.whole and elevation.lifted_where_refused(statements[place]):
            known.whole = True
            return True
        return self._in_code(connection, statements, place, context)

    def _in_code(
        self, connection: psycopg.Connection[Any], statements: Sequence[str], place: int, context: str
    ) -> bool:
        known = self._known[place]
        if found := _IN_SQL.match(context):
            return self._in_sql(connection, statements, place, found["name"], int(found["number"]))
        found = _IN_PLPGSQL.match(context)
        if found is None or elevation.lifted_where_refused(found["statement"]) is None:
            return False
        if found["routine"] == _BLOCK:
            first, known.everywhere = not known.everywhere, True
            return first
        routines = self._read(connection, statements, place, _PLPGSQL, found["routine"])
        return _add(known, [Routine(signature, body, False) for body, signature in routines])

    def _in_sql(
        self, connection: psycopg.Connection[Any], statements: Sequence[str], place: int, name: str, number: int
    ) -> bool:
        found = []
        for body, signature in self._read(connection, statements, place, _SQL, name):
            statement = nested_lifts.nth_statement(body, number)
            if statement is not None and elevation.lifted_where_refused(statement) is not None:
                found.append(Routine(signature, body, True))
        return _add(self._known[place], found)

    def _read(
        self, connection: psycopg.Connection[Any], statements: Sequence[str], place: int, query: str, name: str
    ) -> list[tuple[str, str]]:
        with self._walk(connection, statements) as go_to:
            if not go_to(place):
                return []
            rows = connection.execute(query, (name,)).fetchall()
            connection.execute(_NO_PATH)
            return [(str(body), _signature(connection, oid)) for oid, body in rows]

    @contextmanager
    def _walk(self, connection: psycopg.Connection[Any], statements: Sequence[str]) -> Iterator[Callable[[int], bool]]:
        """A transaction, or a part of the one that is open, that is undone at the end. In it the statements before a place run,
        each once: what is yielded goes on to the place that it is given, and says whether all went well up to there."""
        key = signing.key_for(connection)
        assert key is not None
        begin, undo = ("BEGIN", "ROLLBACK") if _idle(connection) else (SAVEPOINT, BACK)
        at, well = 0, True

        def go_to(place: int) -> bool:
            nonlocal at, well
            while well and at < place:
                end = _end_of_batch(statements, at, place)
                well = _went_well(connection, [self.text(n, statements[n], key) for n in range(at, end)])
                at = end
            return well

        connection.execute(begin)
        try:
            yield go_to
        finally:
            connection.execute(undo)


def _end_of_batch(statements: Sequence[str], start: int, end: int) -> int:
    """Where the statements from `start` on that are sent at once end: one answer is waited for instead of hundreds."""
    size = 0
    for place in range(start, end):
        size += len(statements[place])
        if size > _BATCH:
            return place + 1
    return end


def _went_well(connection: psycopg.Connection[Any], texts: Sequence[str]) -> bool:
    import psycopg

    try:
        connection.execute(";\n".join(texts).encode())
    except psycopg.Error:
        return False
    return True


def _guests(connection: psycopg.Connection[Any]) -> Guests:
    """The functions of guests; the search path is as before afterwards."""
    for text in (SAVEPOINT, _NO_PATH):
        connection.execute(text)
    found = unseen_refusals.read(connection)
    for text in (BACK, RELEASE):
        connection.execute(text)
    return found


def _signature(connection: psycopg.Connection[Any], oid: int) -> str:
    row = connection.execute(_SIGNATURE, (oid,)).fetchone()
    assert row is not None
    return str(row[0])


def _add(known: _RefusedStatement, routines: Sequence[Routine]) -> bool:
    new = [routine for routine in routines if routine.signature not in {item.signature for item in known.routines}]
    known.routines += new
    return bool(new)


def run(
    connection: psycopg.Connection[Any],
    statements: Sequence[str],
    rest: Sequence[Command] = (),
    *,
    known: Refusals | None = None,
) -> Failure | None:
    """Run the statements and `rest` in one pipeline and so one implicit transaction, lifting what hosted Supabase lifts.

    None when all went well, else the first failure, after which nothing is left. `known` takes what was refused. Raises as
    `pipeline.run` does.
    """
    refusals = known or Refusals()
    while True:
        refusals.foresee(connection, statements)
        commands = [refusals.command(connection, place, text) for place, text in enumerate(statements)]
        failure = pipeline.run(connection, [*commands, *rest])
        if failure is None or not refusals.learn(connection, statements, failure):
            return failure


def _idle(connection: psycopg.Connection[Any]) -> bool:
    from psycopg.pq import TransactionStatus

    return not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE


def is_open(connection: psycopg.Connection[Any]) -> bool:
    """Whether a transaction is open that has not failed."""
    from psycopg.pq import TransactionStatus

    return not connection.closed and connection.info.transaction_status == TransactionStatus.INTRANS


def _usable(connection: psycopg.Connection[Any]) -> bool:
    return _idle(connection) or is_open(connection)


def may_learn(statement: str) -> bool:
    """Whether a refusal of the statement, or in the code that it runs, may be one that hosted Supabase would not have had."""
    return bool(unseen_refusals.places([statement])) or elevation.lifted_where_refused(statement) is not None
