"""A project's settings and environments made of plain values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks import state_dir
from supabase_tasks.environment import Environment, Variable
from supabase_tasks.settings import Settings

STAGING, PROD = "s" * 20, "p" * 20


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
    supabase = tmp_path / "project" / "supabase"
    supabase.mkdir(parents=True)
    return Settings(tmp_path / "project", "house", supabase, supabase / "migrations")


@pytest.fixture
def environment() -> Callable[..., Environment]:
    def make(**values: str) -> Environment:
        return Environment({name: Variable(name, value) for name, value in values.items()})

    return make
