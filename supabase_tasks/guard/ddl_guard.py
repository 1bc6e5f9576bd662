"""The DDL guard: a hosted database's schema changes by migrations and the Supabase CLI, by nothing else.

Importing `supabase_tasks.schema`, as every model does, puts this watch on SQLAlchemy: `metadata.create_all`, `alembic
upgrade` and DDL on any engine fail with the reason as soon as the engine leads to a hosted database. Statements
that change rows are not looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from supabase_tasks.errors import GuardError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

# For the one change of this kind that adopting a project needs, its last Alembic revision: the reason, in words.
ALLOW_VARIABLE = "SUPABASE_TASKS_ALLOW_HOSTED_DDL"
# The clouds' host names; a CLI profile may add its own.
_HOSTED = ("supabase.co", "supabase.com", "supabase.net", "supabase.red", "supabase.green")
_TARGET_URL = re.compile(r"^DATABASE_URL_\w+$")
_LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
_DDL = re.compile(r"\b(create|alter|drop|truncate|comment|grant|revoke|reassign|refresh)\b", re.IGNORECASE)
_TEMPORARY = ("temp", "temporary")
_NEXT = "inv schema-generate, then inv supabase-db-push-staging"


def is_hosted(host: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether `host` belongs to a hosted Supabase project: by its name, or because a `DATABASE_URL_…` names it."""
    variables = os.environ if environment is None else environment
    # DNS knows no case, and a dot at the end only says that the name is complete (RFC 1034, 3.1).
    host = host.lower().rstrip(".")
    if host in _LOOPBACK or host.startswith("/"):
        return False
    named = {
        (urlsplit(url).hostname or "").rstrip(".")
        for name, url in variables.items()
        if _TARGET_URL.match(name) and "://" in url
    }
    suffixes = (*_HOSTED, *_profile_hosts(variables))
    return host in named or any(host == suffix or host.endswith(f".{suffix}") for suffix in suffixes)


def _is_open() -> bool:
    return bool(os.environ.get(ALLOW_VARIABLE, "").strip())


def _profile_hosts(variables: Mapping[str, str]) -> tuple[str, ...]:
    from supabase_tasks.environment import Environment, Variable
    from supabase_tasks.guard import profile

    given = variables.get(profile.VARIABLE)
    if not given:
        return ()
    found = profile.load(Environment({profile.VARIABLE: Variable(profile.VARIABLE, given)}))
    return (found.project_host, found.pooler_host)


def refuse(url: str, what: str = "alembic upgrade") -> None:
    """For an Alembic `env.py` or a script: raises `GuardError` when `url` leads to a hosted database."""
    parts = urlsplit(url)
    for host in _hosts(parts.hostname or "", parse_qs(parts.query)):
        if is_hosted(host) and not _is_open():
            raise _refusal(what, host)


def ddl(sql: str) -> str | None:
    """The first statement of `sql` that changes the schema or its rights, shortened, or None. Temporary tables are
    no schema."""
    from supabase_tasks.ledger import normalise

    if not _DDL.search(sql):
        return None
    for statement in normalise.statements(sql):
        words = statement.lower().split(" ", 2)
        if _DDL.fullmatch(words[0]) and not (len(words) > 1 and words[1] in _TEMPORARY):
            return " ".join(statement.split(" ")[:3])
    return None


def install() -> None:
    """Watch every SQLAlchemy engine of this process. Doing it twice is the same as once."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "before_cursor_execute", _watch):
        event.listen(Engine, "before_cursor_execute", _watch)


# The signature is SQLAlchemy's.
def _watch(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
) -> None:
    url = connection.engine.url
    # What the driver is connected to counts too: `connect_args` and `creator` stand in no URL.
    reached = getattr(getattr(connection.connection.dbapi_connection, "info", None), "host", None)
    for host in (*_hosts(url.host or "", url.query), *_hosts(str(reached or ""), {})):
        if is_hosted(host) and not _is_open() and (found := ddl(statement)):
            raise _refusal(found, host)


def _hosts(host: str, query: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    """Every host that a URL names: libpq takes lists, and those of the query instead of the one in front of it."""
    for value in (host, query.get("host", ""), query.get("hostaddr", "")):
        for text in (value,) if isinstance(value, str) else value:
            for one in text.split(","):
                name, colon, port = one.rpartition(":")
                yield name if colon and port.isdigit() and ":" not in name else one


def _refusal(what: str, host: str) -> GuardError:
    return GuardError(
        f"refused: {what} on {host}, a hosted Supabase database",
        cause="its schema changes by the files in supabase/migrations and the Supabase CLI only, so that every "
        "environment has the same history",
        next_step=_NEXT,
        code="direct-ddl",
        data={"host": host},
    )
