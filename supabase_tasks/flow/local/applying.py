"""One run of the Supabase CLI that changes the local database: alone, and judged by what the database then holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks import process
from supabase_tasks.errors import CliError, DatabaseError, TaskInterrupted
from supabase_tasks.files import from_here
from supabase_tasks.flow.local.connection import Local, open_connection
from supabase_tasks.guard import history, lock, statements
from supabase_tasks.guard.history import Row
from supabase_tasks.interrupts import HeldBack
from supabase_tasks.ledger import places, psql_commands, transactions
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.left_behind import find_left_behind
from supabase_tasks.locking import hold_lock
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import private, project_folder, unwritable

if TYPE_CHECKING:
    from supabase_tasks.process import CompletedProgram

RESET = "inv supabase-db-reset"
_PUSH = "inv supabase-db-push-local"
_STATUS = "inv supabase-status"


@contextmanager
def turn(settings: Settings) -> Iterator[int]:
    """Hold while a command changes, starts or stops the local database: a second one waits, and says for whom after two
    seconds. Gives the descriptor of the lock. Raises `DatabaseError` when the state folder cannot be written."""
    path = project_folder(settings) / "local.lock"
    try:
        private(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    with hold_lock(path) as descriptor:
        yield descriptor


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of the CLI ended: what it printed, or the failure or the Ctrl-C that ended it."""

    done: CompletedProgram | None = None
    failure: CliError | None = None
    interrupt: KeyboardInterrupt | None = None


def run_cli(local: Local, descriptor: int, call: Callable[[], CompletedProgram]) -> Outcome:
    """Run the CLI by `call`; a failure is kept for `judge`, which asks the database when all help for the CLI is gone again.

    The CLI holds the lock `descriptor` too, however this process ends. On Ctrl-C what the CLI left the server to do is ended.
    """
    try:
        with process.inherit_descriptor(descriptor):
            return Outcome(call())
    except KeyboardInterrupt as error:
        with HeldBack() as held:
            held.begin()
            end_work(local)
        return Outcome(interrupt=error)
    except CliError as error:
        return Outcome(failure=error)


def judge(local: Local, pending: Sequence[MigrationFile], outcome: Outcome) -> CompletedProgram:
    """What the CLI printed, once the database confirms it: every one of `pending` is recorded as the file says.

    Raises the CLI's failure with what ran and what did not, `DatabaseError` when the ledger does not confirm a success,
    `TaskInterrupted` after Ctrl-C.
    """
    if outcome.done is not None:
        confirm(pending, local)
        return outcome.done
    rows = _rows_if_any(local)
    if outcome.failure is not None:
        raise outcome.failure if rows is None else _explain(outcome.failure, pending, rows) from outcome.failure
    state = (
        "what the local database has run is not known: it does not answer" if rows is None else _state(pending, rows)
    )
    raise TaskInterrupted(state, next_step=_STATUS if rows is None else _PUSH) from outcome.interrupt


def _rows_if_any(local: Local) -> tuple[Row, ...] | None:
    """What is recorded; None from a server that is gone (its disk is full), which says no more than the CLI has."""
    try:
        return _rows(local)
    except DatabaseError:
        return None


def pending_files(local: Local, files: Sequence[MigrationFile]) -> list[MigrationFile]:
    """Those of `files` that the database does not record yet."""
    # Where nothing can be read the CLI says why, and what is there is asked again afterwards.
    known = {row.version for row in _rows_if_any(local) or ()}
    return [file for file in files if file.version not in known]


def refuse_edited(local: Local, files: Sequence[MigrationFile]) -> None:
    """Raises `DatabaseError` when one of `files` was edited after the database ran it: the CLI would call that up to date.
    Other comments and blanks make no difference to the database."""
    entries = history.compare(files, _rows_if_any(local) or ()).of("edited")
    found = [entry for entry in entries if not entry.form_only]
    if not found:
        return
    names = ", ".join(entry.title for entry in found)
    shown = [line for entry in found for line in (entry.title, *entry.difference.splitlines()[:12])]
    raise DatabaseError(
        f"edited after the local database ran {'it' if len(found) == 1 else 'them'}: {names}",
        cause="\n".join(["a push runs new migrations only, and none of them twice", *shown]),
        next_step=RESET,
        code="migration-edited",
        data={"edited": [entry.title for entry in found]},
    )


def end_work(local: Local) -> None:
    """End what a CLI that is gone has left the server to do."""
    import psycopg

    # A server that does not answer runs nothing any more.
    with suppress(DatabaseError, psycopg.OperationalError), open_connection(local) as connection:
        lock.end_cli_work(connection)


def _rows(local: Local) -> tuple[Row, ...]:
    import psycopg

    try:
        with open_connection(local) as connection:
            return history.read(connection)
    except psycopg.OperationalError as error:
        raise DatabaseError(
            "the local database does not say what it has run", cause=str(error), next_step="inv supabase-start"
        ) from error


def _recorded_files(files: Sequence[MigrationFile], rows: Sequence[Row]) -> list[MigrationFile]:
    known = {row.version: row.statements for row in rows}
    return [
        file for file in files if file.version in known and statements.matches_history(file.text, known[file.version])
    ]


def _names(files: Sequence[MigrationFile]) -> str:
    return ", ".join(file.path.name for file in files) or "nothing"


def _state(pending: Sequence[MigrationFile], rows: Sequence[Row]) -> str:
    ran = _recorded_files(pending, rows)
    return f"the local database has run {_names(ran)}; not run: {_names([one for one in pending if one not in ran])}"


def _explain(error: CliError, pending: Sequence[MigrationFile], rows: Sequence[Row]) -> CliError:
    ran = _recorded_files(pending, rows)
    rest = [file for file in pending if file not in ran]
    failed = next((file for file in rest if file.path.name == error.data.get("file")), None)
    if failed is None and not ran:
        return error
    cause, step = [error.cause or "", f"ran: {_names(ran)}; not run: {_names(rest)}"], error.next_step
    if failed is not None:
        # The CLI went on behind a file that is not recorded: what it did with the transaction fails another one.
        passed = [f"{file.path.name}: {one.message}; {one.advice}" for file, one in _broken(rest[: rest.index(failed)])]
        cause += passed
        step = f"take that out, then: {RESET}" if passed else step
        line = places.failed_line(failed.text, error.data.get("statement"), error.cause or "")
        cause.insert(0, f"{from_here(failed.path)}:{line}" if line else "")
    if failed is not None and (foreign := psql_commands.at(failed.text, error.data.get("statement"))):
        cause.append(f"{failed.path.name}:{foreign.line}: {foreign.message}")
        step = f"take that out of {failed.path.name}, then run the same command again"
    if failed is not None and not transactions.is_one(failed.text):
        left = find_left_behind(failed.text, error.data.get("statement"))
        cause += left.lines(failed.path.name)
        if left:
            step = f"correct {failed.path.name}, then: {RESET}"
    data = {**error.data, "applied": [one.path.name for one in ran], "remaining": [one.path.name for one in rest]}
    return CliError(error.message, cause="\n".join(filter(None, cause)), next_step=step, code=error.code, data=data)


def confirm(pending: Sequence[MigrationFile], local: Local) -> None:
    """Raises `DatabaseError` when the database does not record `pending` as the files are: the CLI's success was none."""
    ran = _recorded_files(pending, _rows(local))
    missing = [file for file in pending if file not in ran]
    if not missing:
        return
    found = [f"{file.path.name}: {one.message}; {one.advice}" for file, one in _broken(pending)]
    raise DatabaseError(
        f"the Supabase CLI reported success, but the local database does not record {_names(missing)}",
        cause="\n".join(found) or "the rows of supabase_migrations.schema_migrations are not what the files say",
        next_step=f"take that out, then: {RESET}" if found else RESET,
        code="ledger-differs",
        data={"applied": [file.path.name for file in ran], "missing": [file.path.name for file in missing]},
    )


def _broken(files: Sequence[MigrationFile]) -> Iterator[tuple[MigrationFile, transactions.Break]]:
    texts = [file.text for file in files]
    yield from ((file, one) for file in files for one in transactions.breaks(file.text, texts))
