"""How the local database is reached: by people, by an application, by the CLI."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from supabase_tasks.cli import Database

Mode = Literal["docker", "embedded"]


@dataclass(frozen=True, slots=True)
class Local:
    """The local database: which kind it is, where people connect (no secret in it), what the CLI is told, the pass
    file with the password."""

    mode: Mode
    url: str
    database: Database
    pass_file: Path
    fresh: bool = False

    @property
    def command(self) -> str:
        """A command for a shell that connects; the password is in the file that it names (libpq, `passfile`)."""
        head, _, options = self.url.partition("?")
        where = f"passfile={quote(str(self.pass_file))}"
        return f"psql {shlex.quote(f'{head}?{options}&{where}' if options else f'{head}?{where}')}"

    @property
    def url_with_password(self) -> str:
        """The URL for an application. It holds the password: for the one place that shows it on purpose."""
        head, _, tail = self.url.partition("@")
        return f"{head}:{quote(self.database.password or '', safe='')}@{tail.partition('?')[0]}"
