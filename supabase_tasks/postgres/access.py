"""Who gets in: over TCP a few roles with a random password, over the Unix socket the owner of the cluster.

Other users of the machine can reach the TCP port. There only the roles in `ROLES` may log in, by SCRAM, with a password
that is in a file for the owner alone. Every other role is rejected whatever its password: migrations, which others may
know, set passwords too. The Unix socket is in a folder that only its user enters. Where the server runs as another user,
because we are root, the socket takes connections of root's processes alone.
"""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks import redaction
from supabase_tasks.errors import DatabaseError
from supabase_tasks.files import write_atomic
from supabase_tasks.postgres import account
from supabase_tasks.postgres.ports import HOST

if TYPE_CHECKING:
    import psycopg

# Raised when the rules change: a server that runs by older ones is started anew.
RULES = 1
# `postgres` for people, applications and the Supabase CLI, `authenticator` for a PostgREST of one's own.
ROLES = ("postgres", "authenticator")
PASS_FILE = "pgpass"
_MAP = "owner"
_ITERATIONS = 4096


def rules() -> str:
    """The text of pg_hba.conf."""
    local = f"peer map={_MAP}" if account.server_account() else "trust"
    return (
        f"local all all {local}\n"
        f"host all {','.join(ROLES)} {HOST}/32 scram-sha-256\n"
        f"host all all {HOST}/32 reject\n"
        f"host replication all {HOST}/32 reject\n"
    )


def identities(major: int, platform: tuple[str, ...]) -> str:
    """The text of pg_ident.conf: where the server runs as another user, our processes may be any role.

    PostgreSQL 15 knows no `all` here; the roles of the `platform` have to do.
    """
    if account.server_account() is None:
        return ""
    import pwd

    me = pwd.getpwuid(os.geteuid()).pw_name
    return "".join(f"{_MAP} {me} {role}\n" for role in (("all",) if major >= 16 else platform))


def password(folder: Path) -> str:
    """The password of the cluster in `folder`, registered for redaction.

    It is the last field of a pass file (`PGPASSFILE`), readable for its owner only. Raises `DatabaseError` when there is
    none: the server was started by a version without passwords.
    """
    path = folder / PASS_FILE
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        secret = path.read_text(encoding="utf-8").strip().rpartition(":")[2]
    except OSError as error:
        raise _missing(path, error.strerror) from error
    if not secret:
        raise _missing(path, "the file is empty")
    redaction.register(secret)
    return secret


def _missing(path: Path, why: str | None) -> DatabaseError:
    return DatabaseError(
        f"the password of the embedded database cannot be read: {path}",
        cause=why,
        next_step="inv supabase-restart",
        code="password-missing",
    )


def make_password(folder: Path) -> None:
    """Write a random password for the cluster in `folder`, unless it has one: what an application's env file says stays
    true. Raises `TaskError` when the folder cannot be written."""
    with suppress(DatabaseError):
        password(folder)
        return
    import secrets

    write_pass_file(folder / PASS_FILE, secrets.token_hex(24))


def write_pass_file(path: Path, secret: str) -> None:
    """Write a libpq pass file for every port and database of this machine, readable for its owner only."""
    write_atomic(path, f"{HOST}:*:*:*:{secret}\n", private=True)


def lock_in(connection: psycopg.Connection[Any], secret: str) -> tuple[str, ...]:
    """Let the roles in `ROLES` log in with `secret` only; returns those that had another password or none.

    A role that is missing is made, so that it never exists without one. `connection` is the superuser's. Sessions over
    TCP of a role whose password was another one are ended.
    """
    from psycopg import sql

    wanted = verifier(secret)
    found = connection.execute(
        "SELECT rolname, rolpassword FROM pg_catalog.pg_authid"
        " WHERE rolname = ANY (%s) AND coalesce(rolvaliduntil, 'infinity') = 'infinity'",
        (list(ROLES),),
    )
    right = {str(name) for name, stored in found if stored == wanted}
    wrong = tuple(role for role in ROLES if role not in right)
    for role in wrong:
        if connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        # The verifier, not the password: it may stand in the log and in the statistics of statements.
        change = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {} VALID UNTIL 'infinity'")
        connection.execute(change.format(sql.Identifier(role), sql.Literal(wanted)))
    if wrong:
        connection.execute(
            "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
            " WHERE usename = ANY (%s) AND client_addr IS NOT NULL",
            (list(wrong),),
        )
    return wrong


def verifier(secret: str) -> str:
    """What PostgreSQL stores of a password (RFC 5803): always the same for one password, so that it can be compared."""
    import hashlib
    import hmac

    salt = hashlib.sha256(b"supabase-tasks salt" + secret.encode()).digest()[:16]
    salted = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${_ITERATIONS}:{text[0]}${text[1]}:{text[2]}"
