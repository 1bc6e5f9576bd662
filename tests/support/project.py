"""A small real project in a folder: models, settings, config.toml, migrations."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import settings
from supabase_tasks.settings import Settings

MODELS = """
from sqlmodel import Field, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str


class Player(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id")
    nick: str = Field(unique=True)
"""
PYPROJECT = '[tool.supabase-tasks]\nproject = "small"\nmodels = "models"\n'
CONFIG = 'project_id = "small"\n\n[db]\nport = 54322\nmajor_version = 17\n'
TASKS = "from supabase_tasks import collection\n\nns = collection()\n"


@dataclass(frozen=True)
class Project:
    """The folder and what a test changes in it."""

    root: Path

    @property
    def settings(self) -> Settings:
        return settings.load(self.root)

    @property
    def migrations(self) -> list[Path]:
        return sorted((self.root / "supabase" / "migrations").glob("*.sql"))

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def models(self, text: str) -> None:
        """Replace the models; what an earlier import left in this process is forgotten."""
        self.write("models.py", text)
        forget("models")

    def edit(self, old: str, new: str) -> None:
        text = (self.root / "models.py").read_text()
        assert old in text
        self.models(text.replace(old, new))


def forget(*names: str) -> None:
    """Remove modules, and SQLModel's memory of their tables, so that the next import is a fresh one."""
    for name in [module for module in sys.modules if module.partition(".")[0] in names]:
        del sys.modules[name]
    from sqlmodel import SQLModel

    SQLModel.metadata.clear()
    registry = SQLModel._sa_registry
    registry.dispose()
    registry._class_registry.clear()


def make(root: Path, models: str = MODELS) -> Project:
    """A project with `models`, no migrations, and a task file."""
    project = Project(root)
    project.write("pyproject.toml", PYPROJECT)
    project.write("tasks.py", TASKS)
    project.write("supabase/config.toml", CONFIG)
    (root / "supabase" / "migrations").mkdir(parents=True)
    project.models(models)
    return project
