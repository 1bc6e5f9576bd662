from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks import postgres


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small project's folder, one for the module: its cluster is made once."""
    folder = tmp_path_factory.mktemp("small")
    projects.make(folder)
    yield folder
    postgres.stop(Project(folder).settings)
