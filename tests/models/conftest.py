"""One shadow server for the tests of the models, and Models from small pieces of code."""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks.models import Models, loading
from supabase_tasks.settings import Settings

Load = Callable[..., Models]
_number = itertools.count()


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    # pytest's own folders are closed to the unprivileged user that PostgreSQL runs as under root.
    made = Path(tempfile.mkdtemp(prefix="models-"))
    made.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(made / "state"))
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def settings(folder: Path) -> Iterator[Settings]:
    (folder / "supabase" / "migrations").mkdir(parents=True)
    found = Settings(
        root=folder, project="models", supabase=folder / "supabase", migrations=folder / "supabase" / "migrations"
    )
    yield found
    postgres.stop(found)


@pytest.fixture(scope="session")
def server(settings: Settings) -> postgres.Server:
    return postgres.shadow(settings)


@pytest.fixture(scope="session")
def platform(server: postgres.Server, settings: Settings) -> str:
    return postgres.platform_template(server, settings)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Loads a models module from its text (or from several files of a package) in a project of its own."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    names: list[str] = []

    def read(
        text: str = "", *, files: dict[str, str] | None = None, metadata: tuple[str, ...] = (), **options: object
    ) -> Models:
        name = f"models_{next(_number)}"
        options["metadata"] = tuple(one.replace("{name}", name) for one in metadata)
        names.append(name)
        for path, content in (files or {f"{name}.py": text}).items():
            target = tmp_path / path.replace("{name}", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content.replace("{name}", name))
        supabase = tmp_path / "supabase"
        found = Settings(
            root=tmp_path, project="p", supabase=supabase, migrations=supabase / "migrations", models=name, **options
        )
        return loading.load(found)

    yield read
    for module in [module for module in sys.modules if module.partition(".")[0] in names]:
        del sys.modules[module]
    from sqlmodel import SQLModel

    SQLModel.metadata.clear()
    SQLModel._sa_registry.dispose()
    SQLModel._sa_registry._class_registry.clear()
