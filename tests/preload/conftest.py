from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.preloading import ENTRY, ready

from supabase_tasks import installed
from supabase_tasks.preload import VARIABLE, client


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    yield folder
    client.stop(folder / "preload")


@pytest.fixture
def world(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder where helpers are used. The package's own files may be edited while its tests run, which would
    make another helper of it: an empty folder stands for them."""
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(cache))
    monkeypatch.setenv(VARIABLE, "1")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    empty = cache / "empty"
    empty.mkdir(exist_ok=True)
    monkeypatch.setattr(installed, "PACKAGE", str(empty))
    steady = f"from supabase_tasks import installed; installed.PACKAGE = {str(empty)!r}; "
    monkeypatch.setattr(
        client, "_HELPER", client._HELPER.replace("from supabase_tasks.", steady + "from supabase_tasks.")
    )
    (tmp_path / "entry.py").write_text(ENTRY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def helper(world: Path, cache: Path) -> Path:
    """The socket of a helper that is ready."""
    if sys.platform != "linux":
        pytest.skip("the helper needs Linux")
    return ready(cache)
