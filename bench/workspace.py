"""The folders of one benchmark run: projects of every size on both sides, one cache, servers that end with the run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.measure import MeasureError, once
from bench.peers import Peers, beside_python
from bench.schema import Schema, build
from bench.write import alembic, drizzle, sqlmodel
from supabase_tasks import settings
from supabase_tasks.settings import Settings

INV = beside_python("inv")
QUIET = {
    "SUPABASE_TELEMETRY_DISABLED": "1",
    "DO_NOT_TRACK": "1",
    "NO_COLOR": "1",
    "SUPABASE_TASKS_LOCAL": "embedded",
    # On also where CI would switch it off; the warm-up round starts the helper.
    "SUPABASE_TASKS_PRELOAD": "1",
    # Empty is unset: Python compiles every module of ours again in an environment that forbids bytecode.
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONUNBUFFERED": "",
}


@dataclass(frozen=True)
class Project:
    """One project of ours: its folder, its schema, and the environment its commands run in."""

    folder: Path
    schema: Schema
    env: Mapping[str, str]

    @cached_property
    def settings(self) -> Settings:
        return settings.load(self.folder)

    @property
    def migrations(self) -> Path:
        return self.folder / "supabase" / "migrations"

    def inv(self, *arguments: str) -> str:
        """Run a task, untimed, and return its output. Raises `MeasureError` when it fails."""
        _, _, code, output = once([INV, *arguments], self.folder, self.env)
        if code:
            raise MeasureError(f"inv {' '.join(arguments)} failed in {self.folder.name}", cause=output[-2000:])
        return output

    def rewrite(self, changed: Schema) -> None:
        """Let the models say `changed`; only the files that differ are written."""
        for name, text in sqlmodel.models(changed).items():
            path = self.folder / name
            if path.read_text() != text:
                path.write_text(text)

    def keep_migrations(self, kept: frozenset[str]) -> None:
        """Remove every migration that is not in `kept`."""
        for path in self.migrations.iterdir():
            if path.name not in kept:
                path.unlink()

    def add_migrations(self, texts: list[str]) -> None:
        """Append migrations of the next versions."""
        start = len(list(self.migrations.glob("*.sql")))
        for offset, text in enumerate(texts):
            (self.migrations / f"{start + offset:04}_step.sql").write_text(text)


@dataclass
class Workspace:
    """Everything a case needs. `rounds` is how often each contestant is timed."""

    scratch: Path
    peers: Peers
    rounds: int
    _open: list[Project] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        path = f"{Path(self.peers.supabase).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**QUIET, "SUPABASE_TASKS_CACHE": str(self.scratch / "cache"), "PATH": path}

    def ours(
        self, name: str, size: int, *, history: int = 1, cache: str = "cache", described: Schema | None = None
    ) -> Project:
        """A fresh project of `size` tables, or of those `described`, whose first migration our own `schema-generate` wrote.

        `history` is how many migrations it has; those after the first cancel each other out.
        """
        folder = self.scratch / "projects" / name
        shutil.rmtree(folder, ignore_errors=True)
        described = described or build(size)
        sqlmodel.write(folder, described)
        alembic.write(folder)
        project = Project(folder, described, {**self.env, "SUPABASE_TASKS_CACHE": str(self.scratch / cache)})
        self._open.append(project)
        project.inv("schema-generate", "--name", "initial")
        project.add_migrations(neutral(described, history - 1))
        return project

    def drizzle(self, name: str, size: int) -> Path:
        """A fresh drizzle project of the same tables, its first migration generated."""
        folder = self.scratch / "peers" / name
        shutil.rmtree(folder, ignore_errors=True)
        drizzle.write(folder, build(size))
        _, _, code, output = once([self.peers.drizzle, "generate"], folder, self.env)
        if code or not list(folder.glob("drizzle/*.sql")):
            raise MeasureError("drizzle-kit could not write its first migration", cause=output[-2000:])
        return folder

    def close(self) -> None:
        """Stop every server that was started."""
        for project in self._open:
            once([INV, "supabase-stop"], project.folder, project.env)


def neutral(described: Schema, count: int) -> list[str]:
    """Migrations that add a column and take it away again, `count` of them; an odd last one does nothing."""
    texts: list[str] = []
    for number in range(count // 2):
        table = described.tables[number % len(described.tables)].name
        texts.append(f"alter table public.{table} add column step_{number} text;\n")
        texts.append(f"alter table public.{table} drop column step_{number};\n")
    return texts + ["do $$ begin null; end $$;\n"] * (count % 2)
