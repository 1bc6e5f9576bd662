"""Connections of our own to a hosted database: to read its ledger, to lock it, to compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supabase_tasks import environment
from supabase_tasks.errors import GuardError
from supabase_tasks.guard import diagnosis
from supabase_tasks.guard.link import Link
from supabase_tasks.guard.targets import Address, Target, parse_url, ref_in

if TYPE_CHECKING:
    import psycopg

_APPLICATION = "supabase-tasks"
_CONNECT_SECONDS = 10
# The network's refusals, after which another way is worth a try; a server's own answer is final.
_NO_WAY_THERE = ("ipv6", "connection-refused", "host-unknown", "timeout", "unreachable")


def addresses(target: Target, known: Link | None) -> tuple[Address, ...]:
    """Where to try, in order: the given URL alone, else the direct host, then the pooler that a link (`known`) noted."""
    if target.given:
        return (target.address,)
    pooler = _pooler(target, known)
    return (target.address, pooler) if pooler else (target.address,)


def _pooler(target: Target, known: Link | None) -> Address | None:
    if known is None or known.ref != target.ref or known.pooler_url is None:
        return None
    try:
        pooler, _ = parse_url(target.settings, known.pooler_url)
    except GuardError:
        return None
    # A file in the project's folder says so: the password goes to the platform's own pooler, encrypted, or nowhere, and
    # no more than its host is taken from there.
    named = ref_in(pooler, target.profile) == target.ref and target.profile.owns(pooler.host)
    return target.with_authority(Address(pooler.host, user=f"postgres.{target.ref}")) if named else None


def connect(
    target: Target, known: Link | None, *, patience: int = _CONNECT_SECONDS
) -> tuple[psycopg.Connection[Any], Address]:
    """An autocommit connection and the address that took it; each is tried for `patience` seconds.

    Raises `DatabaseError` with the cause when none does.
    """
    import psycopg

    refusals = []
    for address in addresses(target, known):
        try:
            return open_at(target, address, patience=patience), address
        except psycopg.OperationalError as error:
            refusals.append(diagnosis.unreachable(target, address, str(error)))
        if refusals[-1].code not in _NO_WAY_THERE:
            break
    # What a server said tells more than a way that does not exist; of several missing ways the first is the usual one.
    raise refusals[-1 if refusals[-1].code not in _NO_WAY_THERE else 0] from None


def open_at(target: Target, address: Address, *, patience: int = _CONNECT_SECONDS) -> psycopg.Connection[Any]:
    """A connection to one address. Raises `psycopg.OperationalError`."""
    import psycopg

    # They would lead it elsewhere whatever we say: PGHOSTADDR is used instead of `host`, PGSERVICE adds what we leave out.
    environment.drop_libpq_variables()
    connection: psycopg.Connection[Any] = psycopg.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        dbname=address.database,
        password=target.password,
        sslmode=address.encryption["sslmode"],
        sslrootcert=address.encryption.get("sslrootcert"),
        autocommit=True,
        application_name=_APPLICATION,
        connect_timeout=patience,
        keepalives_idle=20,
        keepalives_interval=5,
        options="",
        # Poolers in front of the server lose prepared statements.
        prepare_threshold=None,
    )
    # A hosted project's own defaults (a statement timeout, a search path) must not bend what we read.
    connection.execute("set statement_timeout = 0")
    return connection
