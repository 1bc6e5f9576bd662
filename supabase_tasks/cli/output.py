"""The CLI's lines as they are shown: it calls every database given by URL remote, and says what we confirmed as if
somebody had said `--yes`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from supabase_tasks.cli.arguments import Database

_HERE = frozenset(["127.0.0.1", "::1", "localhost"])
# We say the place and ask ourselves, before the CLI starts (2.122.1, 3.1.0).
_CONFIRMED = re.compile(r"^\s*Confirmed by --yes\b")
_ANSWERED = re.compile(r"\? \[[yY]/[nN]\] y?\s*$")
_BY_URL = re.compile(r"^\s*Target: (?:custom Postgres|local stack)\b")
# A project without the seed file that the CLI's own config.toml names has no seed, which we say in the end.
_NO_SEED = re.compile(r"WARN: no files matched pattern: (?:supabase/|\./)?seed\.sql")
# The CLI's word for "not a preview branch", which says nothing of the target's risk.
_BRANCH = re.compile(r"\s+·\s+production\b")
_REMOTE = re.compile(r"\b(?P<the>[Tt]he )?(?P<first>[Rr])emote database\b")

# What it says before it runs a file, and before the first thing that it changes (2.122.1, 3.1.0); a name may have blanks.
_STEP = re.compile(r"^(?:Applying migration (?P<migration>.+?)|Seeding data from (?P<seed>.+?))(?:\.\.\.)?\s*$")
_BEGINS = ("Applying migration ", "Seeding data from ", "Updating seed hash ")
# Its last word comes on standard output and its steps on standard error (2.122.1, 3.1.0): a busy reader sees it too early.
_LAST_WORD = "Finished supabase "


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


# How its failures, and those of the database that it passes on, begin (2.122.1, 3.1.0).
_FAILS = re.compile(r"\b(?:error|failed|cannot|unable|invalid|unauthorized|refused)\b|not provided", re.IGNORECASE)


@dataclass(slots=True)
class Relay:
    """Hands the CLI's lines on to `show` as they come, but for those of a failure: it is told once, by the error that it
    becomes. `local` is whether the database is on this machine. `finish` when the CLI has ended."""

    show: Callable[[str], None]
    local: bool
    _kept: list[str] = field(default_factory=list)
    _last_words: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """The next line."""
        shown = for_people(line, local=self.local)
        if shown is None:
            return
        if shown.startswith(_LAST_WORD):
            self._last_words.append(shown)
            return
        if begins(shown):
            self._release()
        elif self._kept or _FAILS.search(shown):
            self._kept.append(shown)
            return
        self.show(shown)

    def finish(self, untold: Callable[[str], bool] = lambda line: True) -> None:
        """Show what was held back, or of it what is `untold` by the error that it became, and the CLI's last word."""
        self._release(untold)
        for line in self._last_words:
            self.show(line)
        self._last_words.clear()

    def _release(self, untold: Callable[[str], bool] = lambda line: True) -> None:
        for line in filter(untold, self._kept):
            self.show(line)
        self._kept.clear()


def is_here(database: Database | None) -> bool:
    """Whether a database is on this machine."""
    if database is None or database.kind == "local":
        return True
    return bool(database.url) and urlsplit(database.url or "").hostname in _HERE


def for_people(line: str, *, local: bool) -> str | None:
    """The line without what frightens for nothing; None for one that says nothing that matters."""
    if (
        _CONFIRMED.search(line)
        or _ANSWERED.search(line)
        or (local and (_BY_URL.search(line) or _NO_SEED.fullmatch(line.strip())))
    ):
        return None
    return _REMOTE.sub(_local, line) if local else _BRANCH.sub("", line)


def _local(match: re.Match[str]) -> str:
    if match["the"]:
        return f"{match['the']}local database"
    return "The local database" if match["first"] == "R" else "the local database"
