"""Projects with servers of their own, in a state folder that lasts for one test module and is removed then."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks.settings import Settings

CONFIG = 'project_id = "p"\n[db]\nmajor_version = 17\nport = 54322\n'


@pytest.fixture(scope="module")
def state_folder() -> Iterator[Path]:
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="st-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def make_project(state_folder: Path) -> Iterator[Callable[..., Settings]]:
    made: list[Settings] = []

    def make(name: str, config: str = CONFIG, **options: object) -> Settings:
        root = state_folder / "projects" / name
        (root / "supabase" / "migrations").mkdir(parents=True)
        (root / "supabase" / "config.toml").write_text(config)
        settings = Settings(
            root=root, project=name, supabase=root / "supabase", migrations=root / "supabase" / "migrations", **options
        )
        made.append(settings)
        return settings

    yield make
    for settings in made:
        postgres.stop(settings)


@pytest.fixture(scope="module")
def project(make_project: Callable[..., Settings]) -> Settings:
    return make_project("shared")


@pytest.fixture(scope="module")
def server(project: Settings) -> postgres.Server:
    return postgres.shadow(project)


@pytest.fixture(scope="module")
def platform(server: postgres.Server, project: Settings) -> str:
    return postgres.platform_template(server, project)
