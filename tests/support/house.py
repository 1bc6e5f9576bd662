"""A project of its own in a folder of its own, on which tests run the real tasks as a person does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support import warm
from support.double.cloud import Cloud

from supabase_tasks import settings as settings_module
from supabase_tasks.ledger import splitting
from supabase_tasks.settings import Settings

_PYPROJECT = '[tool.supabase-tasks]\nproject = "house"\nlocal = "embedded"\n'
_CONFIG = 'project_id = "house"\n[db]\nmajor_version = 17\nport = 54322\n[db.seed]\nenabled = false\n'
# What could make a test depend on the shell it was started from.
_CLEARED = ("CI", "PGPASSWORD", "DATABASE_URL", "SUPABASE_YES")


@dataclass(frozen=True)
class Ran:
    """A task that ended."""

    code: int
    stdout: str = field(repr=False)
    stderr: str = field(repr=False)

    @property
    def text(self) -> str:
        return self.stdout + self.stderr

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found


@dataclass
class House:
    """The project: `root`, its migrations, and the environment its tasks see."""

    root: Path
    state: Path
    cli: Path
    cloud: Cloud
    extra: dict[str, str | None] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return settings_module.load(self.root)

    @property
    def migrations(self) -> Path:
        return self.root / "supabase" / "migrations"

    @property
    def environment(self) -> dict[str, str]:
        wanted: dict[str, str | None] = {
            **os.environ,
            **dict.fromkeys(_CLEARED),
            **self.cloud.environment,
            "SUPABASE_TASKS_CACHE": str(self.state),
            "SUPABASE_CLI_BINARY_OVERRIDE": str(self.cli),
            "NO_COLOR": "1",
            "COLUMNS": "200",
            **self.extra,
        }
        return {key: value for key, value in wanted.items() if value is not None}

    def empty(self) -> None:
        """As newly made: no migrations, no link, no extra variables, the pyproject.toml it began with."""
        self.extra.clear()
        shutil.rmtree(self.root / ".git", ignore_errors=True)
        (self.root / ".env.development").unlink(missing_ok=True)
        folder = self.root / "supabase"
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.migrations.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(_CONFIG)
        (self.root / "pyproject.toml").write_text(_PYPROJECT)
        (self.root / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")

    def configure(self, toml: str) -> None:
        """Add to `[tool.supabase-tasks]`."""
        (self.root / "pyproject.toml").write_text(_PYPROJECT + toml)

    def migration(self, name: str, sql: str) -> Path:
        path = self.migrations / f"{name}.sql"
        path.write_text(sql)
        return path

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout

    def query(self, project: str, sql: str) -> list[tuple[Any, ...]]:
        """What a hosted database answers, asked past the network."""
        with self.cloud.projects[project].cluster.admin() as connection:
            return connection.execute(sql).fetchall()

    def ledger(self, project: str) -> list[str]:
        """The versions in a hosted database's ledger."""
        if self.query(project, "select to_regclass('supabase_migrations.schema_migrations')") == [(None,)]:
            return []
        rows = self.query(project, "select version from supabase_migrations.schema_migrations order by 1")
        return [version for (version,) in rows]

    def pushed(self, project: str, name: str, sql: str) -> Path:
        """A migration that ran on a hosted database earlier: file, effect and record, as the CLI leaves them."""
        version, _, title = name.partition("_")
        statements = list(splitting.texts(sql))
        with self.cloud.projects[project].cluster.admin() as connection:
            connection.execute("create schema if not exists supabase_migrations authorization postgres")
            connection.execute("set role postgres")
            connection.execute(
                "create table if not exists supabase_migrations.schema_migrations"
                " (version text not null primary key, statements text[], name text)"
            )
            connection.execute(sql)
            connection.execute(
                "insert into supabase_migrations.schema_migrations values (%s, %s, %s)", (version, statements, title)
            )
        return self.migration(name, sql)

    def journal(self) -> list[dict[str, Any]]:
        """Our own log of hosted changes."""
        (path,) = self.state.glob("projects/house-*/hosted-changes.jsonl")
        return [json.loads(line) for line in path.read_text().splitlines()]

    @staticmethod
    def literal(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def start(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> subprocess.Popen[str]:
        """A task that is left running."""
        wanted: dict[str, str | None] = {**self.environment, **(env or {})}
        given = {key: value for key, value in wanted.items() if value is not None}
        return warm.start([sys.executable, "-m", "invoke", *arguments], cwd=self.root, env=given)

    def run(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> Ran:
        """`inv …` to its end, without a terminal."""
        return finish(self.start(*arguments, env=env))

    def ok(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> Ran:
        """`inv …`, which must succeed."""
        ran = self.run(*arguments, env=env)
        assert ran.code == 0, ran.text
        return ran

    def refused(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> dict[str, Any]:
        """`inv … --json`, which must be refused: the error's JSON."""
        ran = self.run(*arguments, "--json", env=env)
        assert ran.code == 1, ran.text
        error: dict[str, Any] = ran.json["error"]
        return error


def finish(process: subprocess.Popen[str], timeout: float = 90) -> Ran:
    stdout, stderr = process.communicate(timeout=timeout)
    return Ran(process.returncode, stdout, stderr)
