"""`no-direct-ddl`: no committed script changes a database past the tracked migrations.

A line that is meant is excused by `direct-ddl-ignore: reason` in a comment on it or on the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import console, wording
from supabase_tasks.errors import LintError
from supabase_tasks.hooks import python_ddl

WHOLE_REPOSITORY = True

_EXCUSE = re.compile(r"direct-ddl-ignore:\s*\S")
_COMMENT = re.compile(r"^\s*(?:#|//|--|\*|/\*)")
_HOSTED = r"(?:supabase\.(?:co|com|net)\b|pooler\.supabase|_(?:PROD|PRODUCTION|STAGING)\b|--linked\b|--remote\b)"


@dataclass(frozen=True, slots=True)
class Road:
    """A command that changes a database past the migrations: its pattern, and what to do instead."""

    pattern: re.Pattern[str]
    what: str
    instead: str


def _road(pattern: str, what: str, instead: str) -> Road:
    return Road(re.compile(pattern, re.IGNORECASE), what, instead)


_GENERATE = "inv schema-generate, then inv supabase-db-push-…"
_PUSH = "inv supabase-db-push-…, which shows the plan and asks first"
ROADS = (
    _road(r"\balembic\b[^\n|;&]*?[\s\"',]+(?:upgrade|downgrade|stamp)\b", "alembic upgrade", _PUSH),
    _road(r"\bdrizzle-kit(?:@\S+)?[\s\"',]+(?:push|migrate)\b", "drizzle-kit push or migrate", _GENERATE),
    _road(r"\bprisma(?:@\S+)?[\s\"',]+(?:db[\s\"',]+push|migrate[\s\"',]+(?:deploy|dev|reset))\b", "prisma", _GENERATE),
    _road(
        r"\b(?:sequelize(?:-cli)?|knex|typeorm)\s+(?:db:migrate|migrate:latest|migration:run|schema:sync)",
        "an ORM",
        _PUSH,
    ),
    _road(
        r"\b(?:flyway|liquibase|dbmate|goose|atlas)\s+(?:[^\n]*\s)?(?:migrate|up|update|apply)\b",
        "another migrator",
        _PUSH,
    ),
    _road(
        rf"\bpsql\b(?=[^\n]*{_HOSTED})(?=[^\n]*(?:\s-f|\s--file|<|\s-c|\s--command))",
        "psql against a hosted database",
        _PUSH,
    ),
    _road(
        rf"\bsupabase\b[^\n|;&]*\bdb\s+reset\b(?=[^\n]*{_HOSTED})",
        "an unguarded reset of a hosted database",
        "inv supabase-db-reset-…, which shows what would be lost and takes a dump first",
    ),
    _road(rf"\bsupabase\b[^\n|;&]*\bdb\s+push\b(?=[^\n]*{_HOSTED})", "an unguarded push to a hosted database", _PUSH),
)


@dataclass(frozen=True, slots=True)
class DirectDdl:
    """A line of a script that changes a database directly."""

    path: Path
    line: int
    what: str
    instead: str


def check(root: Path, files: Sequence[Path], against: str | None) -> None:
    """Look through `files`. Raises `LintError` when one of them changes a database past the migrations."""
    found = [item for file in files for item in look(file)]
    for item in found:
        console.say(f"{item.path}:{item.line}: {item.what} changes a database past the migrations [no-direct-ddl]")
        console.say(f"    {item.instead}")
    if found:
        raise LintError(
            f"{wording.count(len(found), 'direct way')} into a database",
            next_step="use the migrations, or excuse the line: # direct-ddl-ignore: <why this is right here>",
            code="no-direct-ddl",
        )


def look(path: Path) -> list[DirectDdl]:
    """Every line of `path` that changes a database directly and is not excused; none for a file that is no text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError):
        return []
    lines = text.splitlines()
    reader = python_ddl.lines(text) if path.suffix == ".py" else None
    hits = _in_text(lines) if reader is None else ((line, what, _GENERATE) for line, what in reader)
    return [DirectDdl(path, line, what, instead) for line, what, instead in hits if not _is_excused(lines, line)]


def _in_text(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(lines, 1):
        if not _COMMENT.match(line):
            road = next((road for road in ROADS if road.pattern.search(line)), None)
            if road is not None:
                yield number, road.what, road.instead


def _is_excused(lines: Sequence[str], line: int) -> bool:
    return any(_EXCUSE.search(text) for text in lines[max(0, line - 2) : line])
