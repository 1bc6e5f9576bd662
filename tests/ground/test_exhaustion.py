"""What a machine runs out of, and what is said of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from supabase_tasks import exhaustion


def test_a_read_only_place_is_told_with_another_folder_only_where_there_may_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "state"))

    def step(path: Path) -> str | None:
        found = exhaustion.of(OSError(errno.EROFS, os.strerror(errno.EROFS), str(path)))
        return found.next_step if found else None

    assert step(tmp_path / "supabase" / "x.sql") == "make it writable"
    assert step(tmp_path / "state" / "x") == "make it writable, or choose another folder with SUPABASE_TASKS_CACHE"
