from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project
from support.waiting import until_older

from supabase_tasks import postgres
from supabase_tasks.flow.schema.generate import generate_migration
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.memo import fingerprints


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small project's folder, one for the module: its cluster is made once."""
    folder = tmp_path_factory.mktemp("small")
    projects.make(folder)
    yield folder
    postgres.stop(Project(folder).settings)


@pytest.fixture(scope="module")
def begin(root: Path) -> Callable[[], Project]:
    """Makes the small project as new, with its first migration. That is generated once; later the same file is written, and what
    the server has of its replay is found."""
    first: dict[str, str] = {}

    def begun() -> Project:
        there = Project(root)
        for path in there.migrations:
            path.unlink()
        there.models(projects.MODELS)
        for name, text in first.items():
            there.write(f"supabase/migrations/{name}", text)
        if not first:
            written = generate_migration(there.settings, Request(name="first")).written
            first.update((path.name, path.read_text()) for path in written)
        # What is as young as the next run could have changed in it.
        until_older(there.root / "models.py", *there.migrations, nanoseconds=2 * fingerprints.TICK_NS)
        return there

    return begun
