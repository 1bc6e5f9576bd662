"""The desired database: the models, as PostgreSQL itself understands them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import did_you_mean, postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.models import moments, text_places
from supabase_tasks.models.ddl import stream
from supabase_tasks.models.declaration import Models, Statement
from supabase_tasks.models.refusals import advice
from supabase_tasks.postgres import pipeline, replay, standin_rewrites
from supabase_tasks.postgres.pipeline import Command, Failure
from supabase_tasks.postgres.refusals import Refusals
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

# Function bodies are checked when they run: one may name another that comes later.
_SESSION = ("RESET ALL", "SET check_function_bodies = off", "SET search_path = public, extensions")

# SQLSTATEs of something that is missing yet (https://www.postgresql.org/docs/17/errcodes-appendix.html): undefined
# table, function, object, column, schema, and an invalid foreign key (its unique index comes later).
_MISSING = frozenset(("42P01", "42883", "42704", "42703", "3F000", "42830"))


def build_desired(server: postgres.Server, settings: Settings, models: Models, template: str) -> str:
    """Build the models in a new clone of the database `template` and return its name; the caller drops it.

    The baseline migrations of the settings run first, then the models' statements as the role `postgres`, in one
    round trip when their order is right. Raises `ModelsError` with file, line and PostgreSQL's message, and
    `MigrationError` for a baseline that does not apply; then the clone is gone.
    """
    name = server.clone(template)
    try:
        with server.migrator(name) as connection:
            build(connection, settings, stream(models))
    except BaseException:
        server.drop(name)
        raise
    return name


def build(
    connection: psycopg.Connection[Any],
    settings: Settings,
    statements: Iterable[Statement],
    sent: list[Statement] | None = None,
) -> None:
    """`build_desired` in a clone that is there already, through a migrator's connection to it, from the models' statements;
    `sent` takes them. Raises as it does."""
    lay_baseline(connection, settings)
    apply(connection, statements, sent)


def lay_baseline(connection: psycopg.Connection[Any], settings: Settings) -> None:
    """Apply the baseline migrations of the settings. Raises `ModelsError`, `MigrationError`."""
    files = baseline(settings)
    if files:
        replay.create_history_table(connection)
    for file in files:
        replay.apply_file(connection, file.text, version=file.version, name=file.name)


def baseline(settings: Settings) -> tuple[MigrationFile, ...]:
    """The migrations that run before the models and are no part of them. Raises `ModelsError` for one that does not exist."""
    if not settings.baseline:
        return ()
    known = {file.path.name: file for file in ledger.read(settings)}
    for name in settings.baseline:
        if name not in known:
            raise ModelsError(
                f"{settings.place('baseline')}the baseline migration {name} does not exist in {settings.migrations}",
                cause="\n".join(
                    filter(None, ("[tool.supabase-tasks] baseline names it", did_you_mean.hint(name, known)))
                ),
                next_step="correct baseline in pyproject.toml",
            )
    return tuple(file for name, file in known.items() if name in settings.baseline)


def apply(
    connection: psycopg.Connection[Any], statements: Iterable[Statement], sent: list[Statement] | None = None
) -> None:
    """Run the statements in one transaction, those that miss an object after what they miss; `sent` takes them.

    `connection` is in autocommit, from `Server.migrator` or `Server.connect`. Raises `ModelsError`; then nothing
    of them remains.
    """
    for text in _SESSION:
        connection.execute(text)
    sent = [] if sent is None else sent
    failed = _run(connection, statements, sent)
    if failed is not None and failed.missing:
        connection.execute("BEGIN")
        failed = _run_deferring(connection, sent)
        connection.execute("COMMIT" if failed is None else "ROLLBACK")
    if failed is not None:
        raise _error(failed.statement, failed.failure)
    _refuse_moments(connection, sent)


def _refuse_moments(connection: psycopg.Connection[Any], sent: Sequence[Statement]) -> None:
    """Raises `ModelsError` for a text that PostgreSQL took for a moment; nothing is changed."""

    def attempt(statements: Sequence[Statement]) -> Failure | None:
        connection.execute("BEGIN")
        failed = _run(connection, statements, [])
        connection.execute("ROLLBACK")
        return failed.failure if failed else None

    moments.refuse(sent, attempt)


@dataclass(frozen=True, slots=True)
class _Failure:
    """The first statement that failed: its place among the others, and what PostgreSQL says."""

    index: int
    statement: Statement
    failure: Failure

    @property
    def missing(self) -> bool:
        return self.failure.sqlstate in _MISSING


def _run(
    connection: psycopg.Connection[Any], statements: Iterable[Statement], sent: list[Statement]
) -> _Failure | None:
    """All statements in one round trip; afterwards `sent` holds them."""
    refusals, standins = Refusals(), replay.standins_of(connection)
    failure = pipeline.run(connection, _commands(connection, statements, sent, refusals, standins))
    while failure is not None and refusals.learn(connection, _texts(sent, standins), failure):
        failure = pipeline.run(connection, _commands(connection, list(sent), [], refusals, standins))
    if failure is None:
        return None
    # A deferred constraint fails with the commit, which belongs to no statement; the last one stands for it.
    index = min(failure.index, len(sent) - 1)
    return _Failure(index, sent[index], failure)


def _commands(
    connection: psycopg.Connection[Any],
    statements: Iterable[Statement],
    sent: list[Statement],
    refusals: Refusals,
    standins: Sequence[str],
) -> Iterator[Command]:
    for place, statement in enumerate(statements):
        sent.append(statement)
        yield refusals.command(connection, place, standin_rewrites.rewrite(statement.sql, standins))


def _texts(statements: Sequence[Statement], standins: Sequence[str]) -> list[str]:
    return [standin_rewrites.rewrite(statement.sql, standins) for statement in statements]


def _run_deferring(connection: psycopg.Connection[Any], statements: Sequence[Statement]) -> _Failure | None:
    """Rounds, in which what misses an object waits for the next one; ends when a round brings nothing."""
    waiting = list(statements)
    while waiting:
        missed: list[_Failure] = []
        rest = waiting
        while rest and (failed := _attempt(connection, rest)) is not None:
            if not failed.missing:
                return failed
            _attempt(connection, rest[: failed.index])
            missed.append(failed)
            rest = rest[failed.index + 1 :]
        if len(missed) == len(waiting):
            return missed[0]
        waiting = [failed.statement for failed in missed]
    return None


def _attempt(connection: psycopg.Connection[Any], statements: Sequence[Statement]) -> _Failure | None:
    """All of them, or none: after a failure the open transaction is as before."""
    connection.execute("SAVEPOINT attempt")
    failed = _run(connection, statements, [])
    connection.execute("RELEASE SAVEPOINT attempt" if failed is None else "ROLLBACK TO SAVEPOINT attempt")
    return failed


def _error(statement: Statement, failure: Failure) -> ModelsError:
    # A constraint without a name has an empty one.
    name = ".".join(filter(None, statement.identity))
    kind = statement.kind.replace("_", " ") + ("" if all(statement.identity) else " of")
    origin = statement.origin
    if origin is not None and failure.position:
        origin = text_places.line_of_position(origin, statement.sql, failure.position)
    elif origin is not None and statement.kind == "index":
        origin = text_places.line_of_text(origin, statement.identity[-1])
    place = f"{origin}: " if origin else ""
    details = [
        *([f"DETAIL: {failure.detail}"] if failure.detail else []),
        *([f"HINT: {failure.hint}"] if failure.hint else []),
        *(["at: " + _around(statement.sql, failure.position)] if failure.position else []),
        "in: " + _shorten(statement.sql),
    ]
    return ModelsError(
        f"{place}PostgreSQL refuses {kind} {name}: {failure.message}",
        cause="\n".join(details),
        next_step=advice(statement, failure.sqlstate, failure.message),
        code="models-refused",
        data={
            "file": str(origin.file) if origin else None,
            "line": origin.line if origin else None,
            "kind": statement.kind,
            "identity": list(statement.identity),
            "sqlstate": failure.sqlstate,
            "postgres_message": failure.message,
            "statement": statement.sql,
        },
    )


def _around(sql: str, position: int) -> str:
    return sql[position - 1 : position + 59].splitlines()[0]


def _shorten(sql: str, limit: int = 400) -> str:
    return sql if len(sql) <= limit else f"{sql[:limit]} …"
