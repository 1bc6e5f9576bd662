"""How the local database is reached: by people, by an application, by the CLI."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from supabase_tasks.cli import Database
from supabase_tasks.errors import DatabaseError

if TYPE_CHECKING:
    import psycopg

Mode = Literal["docker", "embedded", "native"]


@dataclass(frozen=True, slots=True)
class Local:
    """The local database: which kind it is, where people connect (no secret in it), what the CLI is told, the pass
    file with the password, and the program to connect with."""

    mode: Mode
    url: str
    database: Database
    pass_file: Path
    fresh: bool = False
    psql: str = "psql"

    @property
    def command(self) -> str:
        """A command for a shell that connects; the password is in the file that it names (libpq, `passfile`)."""
        head, _, options = self.url.partition("?")
        where = f"passfile={quote(str(self.pass_file))}"
        return shlex.join([self.psql, f"{head}?{options}&{where}" if options else f"{head}?{where}"])

    @property
    def url_with_password(self) -> str:
        """The URL for an application. It holds the password: for the one place that shows it on purpose."""
        head, _, tail = self.url.partition("@")
        return f"{head}:{quote(self.database.password or '', safe='')}@{tail.partition('?')[0]}"


def open_connection(local: Local) -> psycopg.Connection[Any]:
    """A connection as `postgres`. Raises `DatabaseError` when nothing answers there."""
    import psycopg

    try:
        return psycopg.connect(local.url, password=local.database.password, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise DatabaseError(
            f"no database answers at {local.url}", cause=str(error).strip(), next_step="inv supabase-start"
        ) from error
