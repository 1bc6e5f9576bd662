"""A small project with an embedded database of its own, on which the real tasks and the real CLI run."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from support import clis, warm

from supabase_tasks import postgres, state_dir
from supabase_tasks import settings as settings_module
from supabase_tasks.settings import Settings

CONFIG = 'project_id = "small"\n\n[db]\nport = 54322\nmajor_version = 17\n'
TASKS = "from supabase_tasks import collection\n\nns = collection()\n"
NOTES = "create table public.notes (id int primary key, body text not null);\n"
TAGS = "create table public.tags (id int primary key);\n"
SEED = "insert into public.notes values (1, 'seeded');\n"
# What could make a test depend on the shell it was started from.
_CLEARED = ("CI", "PGPASSWORD", "DOCKER_HOST", "DOCKER_CONTEXT", "SUPABASE_YES", "SUPABASE_TASKS_LOCAL")


@dataclass(frozen=True)
class Ran:
    """A task that ended."""

    code: int
    stdout: str = field(repr=False)
    stderr: str = field(repr=False)

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = self.json["error"]
        return found


@dataclass(frozen=True)
class Place:
    """The project's folder, the state folder next to it, and the CLI that its tasks use."""

    root: Path
    state: Path
    cli: Path

    @property
    def settings(self) -> Settings:
        return settings_module.load(self.root)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def migration(self, name: str, sql: str) -> Path:
        return self.write(f"supabase/migrations/{name}.sql", sql)

    def empty(self) -> None:
        """As newly made: two migrations, a seed, no setting but the embedded database."""
        shutil.rmtree(self.root / "supabase", ignore_errors=True)
        self.write("pyproject.toml", '[tool.supabase-tasks]\nproject = "small"\nlocal = "embedded"\n')
        self.write("tasks.py", TASKS)
        self.write("supabase/config.toml", CONFIG)
        self.write("supabase/seed.sql", SEED)
        self.migration("0001_notes", NOTES)
        self.migration("0002_tags", TAGS)

    def environment(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        wanted: dict[str, str | None] = {
            **os.environ,
            **dict.fromkeys(_CLEARED),
            state_dir.ROOT_VARIABLE: str(self.state),
            "SUPABASE_CLI_BINARY_OVERRIDE": str(self.cli),
            **(extra or {}),
        }
        return {key: value for key, value in wanted.items() if value is not None}

    def inv(self, *arguments: str, env: Mapping[str, str | None] | None = None, cwd: Path | None = None) -> Ran:
        """`inv …` to its end, without a terminal."""
        command = [sys.executable, "-m", "invoke", *arguments]
        done = warm.run(command, cwd=cwd or self.root, env=self.environment(env))
        return Ran(done.returncode, done.stdout, done.stderr)

    def ok(self, *arguments: str, env: Mapping[str, str | None] | None = None, cwd: Path | None = None) -> Ran:
        """`inv …`, which must succeed."""
        ran = self.inv(*arguments, env=env, cwd=cwd)
        assert ran.code == 0, ran.stdout + ran.stderr
        return ran

    # Rows are whatever the query selects.
    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of `sql` in the local database; none when it returns none."""
        with postgres.local(self.settings).connect() as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running() -> Iterator[Place]:
    """A project with its own state folder; its servers are stopped and everything is removed afterwards."""
    if reason := clis.why_not():
        pytest.skip(reason)
    cli = clis.path("3")
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="st-local-"))
    folder.chmod(0o755)
    place = Place(folder / "project", folder / "state", cli)
    place.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(place.state))
        patch.delenv("SUPABASE_TASKS_LOCAL", raising=False)
        try:
            yield place
        finally:
            postgres.stop(place.settings)
            shutil.rmtree(folder, ignore_errors=True)
