"""The CLI's error messages, turned into a cause that a person understands and the command that helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from supabase_tasks.cli.arguments import COMMANDS
from supabase_tasks.cli.output import step
from supabase_tasks.errors import CliError
from supabase_tasks.process import CompletedProgram
from supabase_tasks.redaction import redact


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A cause that a text tells: its stable code, what is wrong, and what helps."""

    pattern: re.Pattern[str]
    code: str
    message: str
    next_step: str


def _known_failure(pattern: str, code: str, message: str, next_step: str) -> KnownFailure:
    return KnownFailure(re.compile(pattern, re.IGNORECASE), code, message, next_step)


# Texts as printed by 2.122.1 and 3.1.0; the first that matches is used.
_TABLE = (
    _known_failure(
        r"cannot connect to the docker daemon|docker desktop is a prerequisite",
        "docker-missing",
        "the Supabase CLI needs Docker for this command, and no Docker engine answers",
        'start Docker, or use the embedded database: local = "embedded" in [tool.supabase-tasks]',
    ),
    _known_failure(
        r"ECONNREFUSED|connection refused|on socket \S+ failed: No such file",
        "connection-refused",
        "no database answers at that address",
        "inv supabase-start",
    ),
    _known_failure(
        r"password authentication failed",
        "password",
        "the database refused the password",
        "check the target's SUPABASE_DB_PASSWORD_… variable (dashboard: Settings → Database → Reset password)",
    ),
    _known_failure(
        r"IPv6 is not supported",
        "ipv6",
        "the project's direct host is reachable by IPv6 only, and this network has none",
        "set the target's DATABASE_URL_… to the session pooler's URL (dashboard: Connect → Session pooler)",
    ),
    _known_failure(
        r"tenant or user not found|tenant/user \S+ not found|no tenant identifier provided",  # Supavisor 1 and 2
        "pooler-tenant",
        "the pooler does not know this project",
        "copy the session pooler's host from the dashboard (Connect): aws-0 and aws-1 hosts differ by project",
    ),
    _known_failure(
        r"cannot find project ref",
        "not-linked",
        "this folder is not linked to a Supabase project",
        "supabase link --project-ref <ref>",
    ),
    _known_failure(
        r"access token not provided|invalid access token|unauthorized",
        "access-token",
        "the Supabase CLI has no valid access token",
        "npx supabase login",
    ),
    _known_failure(
        r"plpgsql_check\" is not available",
        "lint-extension",
        "the server has no plpgsql_check extension",
        "inv supabase-db-lint",
    ),
    _known_failure(
        r"inserted before the last migration",
        "out-of-order",
        "a local migration has a lower version than one the database already has",
        "inv migrations-renumber",
    ),
    _known_failure(
        r"CliProjectEnvParseError|failed to parse environment file",
        "malformed-env-file",
        "it cannot read a dotenv file of the project",
        "repair the file that is named above: every line is NAME=value or a comment",
    ),
    _known_failure(
        r"in \S*config\.(?:toml|json) is no longer supported",
        "config",
        "supabase/config.toml is written for another major of the Supabase CLI than this one",
        "use the CLI that it is written for (npm install --save-dev supabase@2), or change it as the line above says",
    ),
    _known_failure(
        r"failed to load config|failed to parse config",
        "config",
        "supabase/config.toml cannot be read",
        "repair supabase/config.toml at the line above, then run the same command again",
    ),
    _known_failure(
        r"database \"[^\"]*\" does not exist|role \"[^\"]*\" does not exist \(SQLSTATE 28000",
        "wrong-database",
        "the server is there, the database or role in the URL is not",
        "check the URL of the target",
    ),
    _known_failure(
        r"remote migration versions not found",
        "history-mismatch",
        "the database has migrations that supabase/migrations does not hold",
        "inv supabase-status",
    ),
    _known_failure(
        r"project is paused|paused project|status: inactive",
        "paused",
        "the project is paused",
        "restore it in the dashboard (https://supabase.com/dashboard/project/<ref>), then run the same command again",
    ),
    _known_failure(
        r"circuit ?breaker|network ban|banned|too many authentication (errors|failures)",
        "network-ban",
        "this address is banned after wrong passwords",
        "supabase network-bans get --project-ref <ref> --experimental, then `network-bans remove`",
    ),
    _known_failure(
        r"EAI_AGAIN|temporary failure in name resolution",
        "offline",
        "the database's host name cannot be looked up: this machine has no network, or no name server answers",
        "check the network connection, then run the same command again",
    ),
    _known_failure(
        r"ENOTFOUND|could not translate host name|name or service not known|no address associated|nodename nor"
        r"|failed to resolve host",
        "host-unknown",
        "the database's host name is unknown",
        "check the host; a project that is paused or deleted loses its name",
    ),
    _known_failure(
        r"max client(s|_conn)|EMAXCONN|too many clients|remaining connection slots|too many connections",
        "too-many-connections",
        "the database takes no more connections",
        "close other sessions or wait, then run the same command again",
    ),
    _known_failure(
        r'syntax error at or near "\\"',
        "psql-command",
        "a line that begins with a backslash is for psql, and the CLI sends a file to the server as it is",
        "take the lines that begin with a backslash out of the file, then run the same command again",
    ),
    _known_failure(
        r"canceling statement due to lock timeout",
        "lock-timeout",
        "another session holds a lock that the migration needs",
        "wait until it ends (or end it), then run the same command again",
    ),
    _known_failure(
        r"canceling statement due to statement timeout",
        "statement-timeout",
        "a statement ran longer than the database allows",
        "raise the timeout in the migration itself (set local statement_timeout), then run the same command again",
    ),
    _known_failure(
        r"terminating connection|server closed the connection|connection terminated|ECONNRESET|EPIPE|"
        r"connection (was )?(lost|closed|reset)|eof detected|unexpected eof|starting up|shutting down",
        "connection-lost",
        "the connection to the database was lost",
        "run the same command again: it does what is still missing",
    ),
    _known_failure(
        r"ETIMEDOUT|timed? ?out|timeout expired",
        "timeout",
        "the database does not answer in time",
        "check firewall and network restrictions; a paused project does not answer either",
    ),
)


_LINES = 12


def recognise(text: str) -> KnownFailure | None:
    """The cause that `text`, written by the CLI or by a PostgreSQL driver, tells; None for an unknown one."""
    return next((known for known in _TABLE if known.pattern.search(text)), None)


def explain(name: str, done: CompletedProgram) -> CliError:
    """The `CliError` for a CLI call that ended badly.

    A migration or seed that failed names the file, PostgreSQL's message, SQLSTATE and statement (`data`: `file`,
    `statement`, `sqlstate`, `postgres_message`); other known causes are recognised by their text; the rest show the end of
    the output.
    """
    output = redact(done.output)
    shown = " ".join(("supabase", *COMMANDS[name]))
    data: dict[str, Any] = {"command": shown, "exit_code": done.code}
    if (failed := _sql_failure(shown, output, data)) is not None:
        return failed
    cause = "\n".join(_telling(output)[-_LINES:]) or f"exit code {done.code}, no output"
    known = recognise(output)
    if known is not None:
        return CliError(f"{shown}: {known.message}", cause=cause, next_step=known.next_step, code=known.code, data=data)
    return CliError(f"{shown} ended with exit code {done.code}", cause=cause, code="cli-failed", data=data)


_SQL_ERROR = re.compile(r"^ERROR: (?P<message>.*) \(SQLSTATE (?P<sqlstate>\w{5})\)\s*$")
_MARK = re.compile(r"^\s*\^\s*$")
_STATEMENT = re.compile(r"^At statement: (?P<number>\d+)\s*$")


def _sql_failure(shown: str, output: str, data: dict[str, Any]) -> CliError | None:
    lines = output.splitlines()
    at, error = next(((i, match) for i, line in enumerate(lines) if (match := _SQL_ERROR.match(line))), (0, None))
    steps = [found for line in lines[:at] if (found := step(line))]
    if error is None or not steps:
        return None
    file, kind = steps[-1].file, steps[-1].kind
    number = next((int(match["number"]) for line in lines[at:] if (match := _STATEMENT.match(line))), None)
    facts = {"file": file, "sqlstate": error["sqlstate"], "postgres_message": error["message"], "statement": number}
    # A lock or a timeout is no fault of the file's.
    known = recognise(error["message"])
    return CliError(
        f"{shown}: {kind} {file} failed: {error['message']}",
        cause="\n".join(_telling_of_sql(lines[at:])),
        next_step=known.next_step if known else f"correct {file}, then run the same command again",
        code=known.code if known else f"{kind}-failed",
        data={**data, **facts},
    )


def _telling_of_sql(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a failure but for PostgreSQL's message, which is told already, and with the mark below the place."""
    for line in lines:
        if _MARK.match(line) or (_telling(line) and line.strip() != "exec" and not _SQL_ERROR.match(line)):
            yield line


def is_untold(line: str, failure: CliError) -> bool:
    """Whether a line of the CLI's says what the failure does not."""
    error = _SQL_ERROR.match(line)
    text = (error["message"] if error else line).strip()
    return bool(_telling(line)) and text != "exec" and text not in f"{failure.message}\n{failure.cause}"


# What helps with the CLI's own program only: its code and stack when it crashes.
_NOISE = re.compile(
    r"^(Try rerunning the command with --debug|https://supabase\.com/dashboard/project/_/"
    r"|\s*\d+ \| |\s+at .*\)?$|Bun v\d|\s*\^\s*$|\s*_tag: )",
    re.IGNORECASE,
)


def _telling(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.strip() and not _NOISE.match(line)]
