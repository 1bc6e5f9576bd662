from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import workspace
from support.workspace import Workspace


@pytest.fixture
def folder() -> Iterator[Path]:
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    path = Path(tempfile.mkdtemp(prefix="st-nx-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def empty(folder: Path) -> Workspace:
    """A workspace without projects."""
    if reason := workspace.why_not():
        pytest.skip(reason)
    return workspace.make(folder)
