"""What the caller of `plan` decides: answers to renames, allowed dangers, timeouts."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True, slots=True)
class Candidate:
    """An object that disappeared and may be the one that appeared. `similarity` runs from 0 to 1."""

    kind: str
    old: str
    new: str
    similarity: float

    @property
    def answer(self) -> str:
        """What `--rename` takes for yes."""
        return f"{self.old}:{self.new}"

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "old": self.old, "new": self.new, "similarity": round(self.similarity, 2)}


@dataclass(frozen=True, slots=True)
class Question:
    """Was one of `candidates` (most alike first) renamed to `new`, or is `new` a new object?"""

    kind: str
    new: str
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "question": "rename",
            "kind": self.kind,
            "new": self.new,
            "candidates": [candidate.as_json() for candidate in self.candidates],
            "answers": [
                f"--rename {shlex.quote(answer)}"
                for answer in (*(one.answer for one in self.candidates), f":{self.new}")
            ],
        }


Run = Callable[["psycopg.Connection[Any]", str], None]
# Returns the chosen candidate, or None for "it is new".
Ask = Callable[[Question], "Candidate | None"]


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How `plan` answers what the two databases cannot.

    `renames`: `old:new` with dotted names (`public.a:public.b`, `public.t.old:new`, `public.status.old:new` for an enum
    value; a part that holds a dot, colon or quote may stand in double quotes), chains and swaps as several of them; an
    optional leading kind settles ambiguity (`index:public.a:public.b`); an empty old side (`:public.t.c`) says that the
    object is new. `defaults`: an SQL expression by `schema.table.column` that fills the rows of a new NOT NULL column.
    `allow`: names of accepted dangers (`data-loss`). `ask` is called for renames that nothing answers; None means not
    interactive. `ignore`: patterns, see `Scope`. Timeouts are PostgreSQL interval texts, `0` means none. `concurrently`
    builds and drops indexes of existing tables in files of their own.
    `role` is the role that will apply the migration. `run` runs a statement that is tried out, with the rights that hosted
    Supabase gives some of them; None means with those of the connection.
    """

    renames: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()
    ask: Ask | None = None
    ignore: tuple[str, ...] = ()
    lock_timeout: str = "5s"
    statement_timeout: str = "0"
    concurrently: bool = False
    role: str = "postgres"
    run: Run | None = None

    def tried(self, connection: psycopg.Connection[Any], statement: str) -> None:
        """Run `statement` on `connection`."""
        if self.run is None:
            connection.execute(statement.encode())
        else:
            self.run(connection, statement)
