"""The CLI's lines as they are shown: it calls every database given by URL remote, and says what we confirmed as if
somebody had said `--yes`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from supabase_tasks.cli.arguments import Database

_HERE = frozenset(["127.0.0.1", "::1", "localhost"])
# We say the place and ask ourselves, before the CLI starts (2.122.1, 3.1.0).
_CONFIRMED = re.compile(r"^\s*Confirmed by --yes\b")
_BY_URL = re.compile(r"^\s*Target: custom Postgres\b")
# The CLI's word for "not a preview branch", which says nothing of the target's danger.
_BRANCH = re.compile(r"\s+·\s+production\b")
_REMOTE = re.compile(r"\b(?P<the>[Tt]he )?(?P<first>[Rr])emote database\b")

# What it says before it runs a file, and before the first thing that it changes (2.122.1, 3.1.0); a name may have blanks.
_STEP = re.compile(r"^(?:Applying migration (?P<migration>.+?)|Seeding data from (?P<seed>.+?))(?:\.\.\.)?\s*$")
_BEGINS = ("Applying migration ", "Seeding data from ", "Updating seed hash ")


@dataclass(frozen=True, slots=True)
class Step:
    """A file that the CLI is about to run: a `migration` or a `seed`."""

    kind: Literal["migration", "seed"]
    file: str


def step(line: str) -> Step | None:
    """The file that a line of the CLI's says it runs now."""
    found = _STEP.match(line)
    if found is None:
        return None
    return Step("migration", found["migration"]) if found["migration"] else Step("seed", found["seed"])


def begins(line: str) -> bool:
    """Whether the CLI says that it changes the database now."""
    return line.startswith(_BEGINS)


def is_here(database: Database | None) -> bool:
    """Whether a database is on this machine."""
    if database is None or database.kind == "local":
        return True
    return bool(database.url) and urlsplit(database.url or "").hostname in _HERE


def for_people(line: str, *, local: bool) -> str | None:
    """The line without what frightens for nothing; None for one that says nothing that matters."""
    if _CONFIRMED.search(line) or (local and _BY_URL.search(line)):
        return None
    return _REMOTE.sub(_local, line) if local else _BRANCH.sub("", line)


def _local(match: re.Match[str]) -> str:
    if match["the"]:
        return f"{match['the']}local database"
    return "The local database" if match["first"] == "R" else "the local database"
