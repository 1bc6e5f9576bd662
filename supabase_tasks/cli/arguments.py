"""The one table that says how each command is spelled for the CLI's two dialects, 2.x and 3.x."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from supabase_tasks.redaction import split_password

# Flags, target spellings and Docker needs as measured with supabase 2.122.1 and 3.1.0 (`supabase <command> --help`).
COMMANDS: dict[str, tuple[str, ...]] = {
    "link": ("link",),
    "push": ("db", "push"),
    "reset": ("db", "reset"),
    "lint": ("db", "lint"),
    "advisors": ("db", "advisors"),
    "diff": ("db", "diff"),
    "pull": ("db", "pull"),
    "dump": ("db", "dump"),
    "migration-list": ("migration", "list"),
    "repair": ("migration", "repair"),
    "fetch": ("migration", "fetch"),
    "start": ("start",),
    "stop": ("stop",),
    "status": ("status",),
    "types": ("gen", "types"),
}

# Commands whose standard output is a result for its caller, not progress for a person.
PRODUCTS = frozenset({"lint", "advisors", "diff", "migration-list", "status", "types"})


@dataclass(frozen=True, slots=True)
class Database:
    """The database a command works on: the local stack, a linked (hosted) project, or any database by URL.

    `url` never holds a password; `password` travels in the environment. Build one with `LOCAL`, `linked_project` or `at_url`.
    """

    kind: Literal["local", "linked", "url"]
    ref: str | None = None
    url: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def environment(self) -> dict[str, str | None]:
        """The variables that carry the password. The CLI reads `SUPABASE_DB_PASSWORD` for a project and `PGPASSWORD`
        for a URL, never the other way round; what does not belong to this database is removed."""
        return {
            "SUPABASE_DB_PASSWORD": self.password if self.kind == "linked" else None,
            "PGPASSWORD": self.password if self.kind == "url" else None,
        }


LOCAL = Database("local")


def linked_project(ref: str | None = None, *, password: str | None = None) -> Database:
    """A hosted project: the given ref, or the one that this folder is linked to."""
    return Database("linked", ref=ref, password=password)


def at_url(url: str, *, password: str | None = None) -> Database:
    """Any database by its URL. A password inside the URL is taken out of it and travels in the environment."""
    bare, inside = split_password(url)
    return Database("url", url=bare, password=password or inside)


def target(dialect: int, database: Database) -> list[str]:
    """The flags that select the database.

    | database | 2.x | 3.x |
    |---|---|---|
    | local | `--local` | none: the default |
    | the linked project | `--linked` | `--remote` |
    | a project by ref | `--linked --project-ref REF` | `--remote=REF` |
    | any by URL | `--db-url URL` | `--remote=URL` |
    """
    if dialect >= 3:
        name = database.url or database.ref
        return [] if database.kind == "local" else [f"--remote={name}" if name else "--remote"]
    if database.kind == "url":
        return ["--db-url", database.url or ""]
    if database.kind == "local":
        return ["--local"]
    return ["--linked", *(["--project-ref", database.ref] if database.ref else [])]


def command(name: str, *, workdir: str, flags: Sequence[str] = ()) -> list[str]:
    """The arguments of the command called `name` in `COMMANDS`, for the project folder `workdir`."""
    return ["--workdir", workdir, *COMMANDS[name], *flags]
