from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from supabase_tasks import settings, state_dir


def test_the_variable_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
    assert state_dir.state_root() == tmp_path / "state"


def test_root_keeps_its_state_where_an_unprivileged_server_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(state_dir.ROOT_VARIABLE, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert state_dir.state_root() == Path("/var/cache/supabase-tasks")


def test_others_use_their_own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(state_dir.ROOT_VARIABLE, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert tmp_path in state_dir.state_root().parents


def test_two_checkouts_of_one_project_have_folders_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "My App/é"\n')
    one = settings.load(tmp_path)
    other = replace(one, root=tmp_path / "elsewhere")
    assert state_dir.project_folder(one) != state_dir.project_folder(other)
    assert state_dir.project_folder(one) == state_dir.project_folder(one)
    assert state_dir.project_folder(one).name.startswith("my-app-")
