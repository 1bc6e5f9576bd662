"""One cloud and one project per test session; each test starts with both as new.

`tests/conftest.py` makes these fixtures known to every folder: two folders with a cloud each would be two clouds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import clis
from support.double import cloud as double
from support.double.cloud import Cloud
from support.house import House

from supabase_tasks import postgres, state_dir
from supabase_tasks import settings as settings_module


@pytest.fixture(scope="session")
def hosted_folder() -> Iterator[Path]:
    if reason := double.why_not() or clis.why_not():
        pytest.skip(reason)
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    path = Path(tempfile.mkdtemp(prefix="st-hosted-"))
    path.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(path / "state"))
        yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def session_house(hosted_folder: Path) -> Iterator[House]:
    root = hosted_folder / "project"
    (root / "supabase").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    settings = settings_module.load(root)
    with double.running(hosted_folder / "cloud", settings) as cloud:
        house = House(root, hosted_folder / "state", clis.path("3"), cloud)
        house.empty()
        yield house
        postgres.stop(house.settings)


@pytest.fixture
def house(session_house: House) -> Iterator[House]:
    """The project, empty, with the CLI's 3.x."""
    session_house.empty()
    session_house.cli = clis.path("3")
    for project in session_house.cloud.projects.values():
        project.fresh(session_house.settings)
    session_house.cloud.api.fresh()
    session_house.cloud.pooler.fresh()
    yield session_house
    # What the double cannot answer is a 404, and a test must not pass because of one.
    assert [str(call) for call in session_house.cloud.api.unserved] == []


@pytest.fixture(params=["2", "3"], ids=["cli2", "cli3"])
def both(request: pytest.FixtureRequest, house: House) -> House:
    """The project, once with each major of the CLI."""
    house.cli = clis.path(request.param)
    return house


@pytest.fixture
def cloud(house: House) -> Cloud:
    return house.cloud
