from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import clis, local
from support.local import Place

from supabase_tasks.cli import Binary, SupabaseCli
from supabase_tasks.cli.version import parse


@pytest.fixture(scope="module")
def module_place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@pytest.fixture
def place(module_place: Place) -> Place:
    """A project with two migrations, a seed and a database; its files are as new for every test."""
    module_place.empty()
    return module_place


@pytest.fixture(params=["2", "3"], ids=["cli2", "cli3"])
def cli(request: pytest.FixtureRequest, place: Place) -> SupabaseCli:
    """Both majors of the real CLI, in the project's folder."""
    version = parse(clis.VERSIONS[request.param])
    assert version is not None
    return SupabaseCli(Binary(clis.path(request.param), version, "test"), place.root)
