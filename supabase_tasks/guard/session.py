"""Connections of our own to a hosted database: to read its ledger, to lock it, to compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from supabase_tasks.guard import causes, link
from supabase_tasks.guard.targets import Address, Target, parse_url
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

_APPLICATION = "supabase-tasks"
_CONNECT_SECONDS = 10
# The network's refusals, after which another way is worth a try; a server's own answer is final.
_NO_WAY_THERE = ("ipv6", "connection-refused", "host-unknown", "timeout", "unreachable")


def addresses(settings: Settings, target: Target) -> tuple[Address, ...]:
    """Where to try, in order: the given URL alone, else the direct host, then the pooler that `link` noted."""
    if target.given:
        return (target.given,)
    known = link.read(settings)
    if known is None or known.ref != target.ref or known.pooler_url is None:
        return (target.address,)
    pooler, _ = parse_url(target.settings, known.pooler_url)
    return (target.address, pooler)


def connect(settings: Settings, target: Target) -> tuple[psycopg.Connection[Any], Address]:
    """An autocommit connection and the address that took it. Raises `DatabaseError` with the cause when none does."""
    import psycopg

    refusals = []
    for address in addresses(settings, target):
        try:
            return open_at(target, address), address
        except psycopg.OperationalError as error:
            refusals.append(causes.unreachable(target, address, str(error)))
        if refusals[-1].code not in _NO_WAY_THERE:
            break
    # What a server said tells more than a way that does not exist; of several missing ways the first is the usual one.
    raise refusals[-1 if refusals[-1].code not in _NO_WAY_THERE else 0] from None


def open_at(target: Target, address: Address) -> psycopg.Connection[Any]:
    """A connection to one address. Raises `psycopg.OperationalError`."""
    import psycopg

    connection: psycopg.Connection[Any] = psycopg.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        dbname=address.database,
        password=target.password,
        sslmode=address.sslmode,
        autocommit=True,
        application_name=_APPLICATION,
        connect_timeout=_CONNECT_SECONDS,
        keepalives_idle=20,
        keepalives_interval=5,
        options="",
        # Poolers in front of the server lose prepared statements.
        prepare_threshold=None,
    )
    # A hosted project's own defaults (a statement timeout, a search path) must not bend what we read.
    connection.execute("set statement_timeout = 0")
    return connection


def host_of(url: str) -> str:
    """The host of a URL, or an empty text."""
    return urlsplit(url).hostname or ""
