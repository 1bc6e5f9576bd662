"""What a review shows of a change: where it comes from, its hazards, the objects it changes, its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from supabase_tasks.draw.changed import Card


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the change was made. `commit` is the one it was made on; what is not known is empty."""

    project: str = ""
    branch: str = ""
    commit: str = ""
    author: str = ""
    date: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedHazard:
    """One hazard: `rank` 0 is the most harmful of the levels, `level` says what it does, `mark` stands for it.

    `rows` is how many rows the local database has where it strikes.
    """

    rank: int
    level: str
    mark: str
    code: str
    message: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A migration file. `link` leads to it, from where the review is; empty where there is no file yet."""

    name: str
    sql: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A change for its reviewers. `rows` counts the rows of changed tables in the local database, where they are known."""

    title: str
    summary: str
    origin: Origin = Origin()
    hazards: tuple[ReviewedHazard, ...] = ()
    unmodelled: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    files: tuple[ReviewedFile, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def headline(self) -> str:
        return self.title.replace("_", " ")

    @property
    def counts(self) -> list[str]:
        """`+1 table`, `~2 columns`, …"""
        return [part.strip() for part in self.summary.split(",") if part.strip()]


# pg_dump's names of kinds, as people call them.
_WORDS = {"ACL": "grants", "FK CONSTRAINT": "foreign key", "DEFAULT ACL": "default privileges"}


def kind(type_: str) -> str:
    """What pg_dump calls a kind, in everyday words."""
    return _WORDS.get(type_, type_.lower())
