"""What really ran on a target, whatever the CLI said about it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence

from supabase_tasks import command_line
from supabase_tasks.errors import CliError, DatabaseError, GuardError, TaskError
from supabase_tasks.flow.targets import change, hosted_target
from supabase_tasks.flow.targets.hosted_target import HostedTarget, OnLine
from supabase_tasks.guard import diagnosis, history, lock, statements
from supabase_tasks.guard.history import Row
from supabase_tasks.guard.targets import Target
from supabase_tasks.ledger import transactions
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.left_behind import find_left_behind

_SAYS_TARGET = "Target: project "
_REF = re.compile(r"\b[a-z]{20}\b")
_SETTLE_SECONDS = 60.0
_IMPATIENT = "set statement_timeout = '5s'"
_POLL_SECONDS = 0.2


def rows(hosted: HostedTarget, failure: CliError | None) -> tuple[Row, ...]:
    """The target's ledger after the CLI ended, read on a new connection: the old one may be dead too.

    Raises `DatabaseError` with code `outcome-unknown` when the target cannot be asked.
    """
    interrupted = failure is not None and failure.code == change.INTERRUPTED
    try:
        with hosted_target.open_target(hosted.settings, hosted.environment, hosted.target, hosted.known) as fresh:
            if interrupted:
                # Somebody's lock is no reason to keep the person waiting.
                fresh.connection.execute(_IMPATIENT)
            elif failure is not None:
                _wait_until_idle(fresh)
            return history.read(fresh.connection)
    except DatabaseError as error:
        name = hosted.target.name
        change.reject_interrupted(failure, f"what ran on {name} is not known yet", "inv supabase-status")
        raise DatabaseError(
            f"{name}: the connection was lost; it is not yet known which migrations ran",
            cause="\n".join(filter(None, (failure.message if failure else "", error.message, error.cause))),
            next_step="inv supabase-status",
            # It reads first what the target has.
            others=[again] if (again := command_line.again()) else [],
            code="outcome-unknown",
        ) from error


def verified_migrations(files: Sequence[MigrationFile], ledger: Sequence[Row]) -> tuple[MigrationFile, ...]:
    """Those of `files` that the target's ledger says it ran, as the file says."""
    known = {row.version: row for row in ledger}
    return tuple(
        file
        for file in files
        if (row := known.get(file.version)) and statements.matches_history(file.text, row.statements)
    )


def refuse_other_words(target: Target, lines: Sequence[str]) -> None:
    """Raises `CliError` when the CLI said (3.x: `Target: project NAME (REF)`) that it works on another project."""
    said = [line for line in lines if line.startswith(_SAYS_TARGET)]
    others = [line for line in said if (refs := _REF.findall(line)) and target.ref not in refs]
    if others:
        raise CliError(
            f"the CLI says that it worked on another project than {target.name} ({target.ref})",
            cause="\n".join(others),
            next_step="inv supabase-status",
            code="other-target",
        )


def unplanned_versions(
    before: Sequence[Row], planned: Sequence[MigrationFile], after: Sequence[Row]
) -> tuple[str, ...]:
    """Every version, with its name, that the target's ledger has now, and that neither was there before nor was
    planned: somebody else changed the target at the same time."""
    expected = {row.version for row in before} | {file.version for file in planned}
    others = (row for row in after if row.version not in expected)
    return tuple(f"{row.version}_{row.name}" if row.name else row.version for row in others)


def refuse(target: Target, unplanned: Sequence[str]) -> None:
    """Raises `GuardError` naming what ran without having been planned."""
    if unplanned:
        raise GuardError(
            f"{target.name} has run what was not planned: {', '.join(unplanned)}",
            cause="the plan did not hold it, so it came from somewhere else while the command ran",
            next_step="inv supabase-status",
            code="unplanned",
            data={"unplanned": list(unplanned)},
        )


def meanwhile(hosted: HostedTarget, planned: Sequence[MigrationFile], on_line: OnLine) -> tuple[str, ...]:
    """What changed in supabase/migrations since the plan was made, one line each, which are told to `on_line` too. None
    of it ran."""
    lines = tuple(_changes(hosted, {file.path.name: file.digest for file in planned}))
    for line in lines:
        on_line(f"meanwhile, and not part of this run: {line}")
    return lines


def _changes(hosted: HostedTarget, then: Mapping[str, str]) -> Iterator[str]:
    try:
        now = {file.path.name: file.digest for file in hosted.files()}
    except TaskError as error:
        yield error.message
        return
    yield from (f"{name} was added" for name in now if name not in then)
    yield from (f"{name} was edited" for name in now if then.get(name, now[name]) != now[name])
    yield from (f"{name} was removed" for name in then if name not in now)


def _wait_until_idle(fresh: HostedTarget) -> None:
    """Waits until the server has ended what a broken connection left behind: it does not notice before it answers, and
    may still commit. Raises `DatabaseError` when that takes too long."""
    end = time.monotonic() + _SETTLE_SECONDS
    while working := lock.cli_at_work(fresh.connection):
        if time.monotonic() > end:
            raise DatabaseError(f"the server is still at work on what the CLI sent it ({working})")
        time.sleep(_POLL_SECONDS)


def check(
    target: Target,
    files: Sequence[MigrationFile],
    ran: Sequence[MigrationFile],
    failure: CliError | None,
    unplanned: Sequence[str] = (),
) -> None:
    """Returns when all of `files` ran, nothing `unplanned_versions` did, and the CLI did not fail.

    Raises the CLI's failure with what ran and what did not in its cause and `data` (`verified_migrations`, `remaining`), or
    `GuardError` when the CLI reported a success that the target's ledger does not confirm.
    """
    if failure is not None and unplanned:
        found = f"meanwhile {target.name} has run what was not planned: {', '.join(unplanned)}"
        cause = "\n".join(filter(None, (found, failure.cause)))
        failure = CliError(
            failure.message, cause=cause, next_step=failure.next_step, code=failure.code, data=failure.data
        )
    missing = [file.path.name for file in files if file not in ran]
    change.reject_interrupted(failure, _state(target, ran, missing), f"inv supabase-db-push-{target.name}")
    if failure is not None:
        raise _explain(target, failure, [file.path.name for file in ran], [file for file in files if file not in ran])
    if missing:
        raise GuardError(
            f"the CLI reported success, but {target.name} does not record {', '.join(missing)} as the file says",
            next_step="inv supabase-status",
            code="ledger-differs",
            data={"missing": missing},
        )
    refuse(target, unplanned)


def _explain(target: Target, failure: CliError, ran: list[str], rest: Sequence[MigrationFile]) -> TaskError:
    better = diagnosis.explain_cli_error(target, failure)
    missing = [file.path.name for file in rest]
    left, step = _what_is_left(target, failure, rest)
    state = f"ran on {target.name}: {', '.join(ran) or 'nothing'}; not run: {', '.join(missing) or 'nothing'}"
    return CliError(
        better.message,
        cause="\n".join(filter(None, (better.cause, state, *left))),
        next_step=step or better.next_step or f"inv supabase-db-push-{target.name}",
        code=better.code,
        data={**better.data, "applied": ran, "remaining": missing},
    )


def _state(target: Target, ran: Sequence[MigrationFile], missing: Sequence[str]) -> str:
    names = ", ".join(file.path.name for file in ran)
    return f"ran on {target.name}: {names or 'nothing'}; not run: {', '.join(missing) or 'nothing'}"


def _what_is_left(target: Target, failure: CliError, rest: Sequence[MigrationFile]) -> tuple[Sequence[str], str | None]:
    """What is there of a file that is not recorded, line by line, and the command that goes on from there. The CLI stops at
    the first failure, so it is one file at most."""
    divided = [file for file in rest if not transactions.is_one(file.text)]
    if not divided:
        return ("each migration runs in a transaction, so none was partly applied",), None
    failed = next((file for file in divided if file.path.name == failure.data.get("file")), None)
    if failed is None:
        # The connection was lost, or the file before it failed.
        names = ", ".join(file.path.name for file in divided)
        return (f"not one transaction: {names}; what it did before the failure, if it had begun, is there",), None
    left = find_left_behind(failed.text, failure.data.get("statement"))
    if not left.statements:
        return left.lines(failed.path.name), None
    kept = f"leave those in {failed.path.name} and move the others to a new one (inv migrations-new --name rest)"
    record = f"inv supabase-migration-repair-{target.name} --status applied --version {failed.version}"
    return left.lines(failed.path.name), f"{kept}, then: {record} && inv supabase-db-push-{target.name}"
