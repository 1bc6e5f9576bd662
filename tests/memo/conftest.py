from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.checking import parent, plugin
from support.waiting import until_older

from supabase_tasks import installed, memo, settings
from supabase_tasks.files import digest
from supabase_tasks.memo import fingerprints
from supabase_tasks.settings import Settings

__all__ = ["parent", "plugin"]
Remember = Callable[..., str | None]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A small project whose files are older than anything counts as young."""
    root = tmp_path / "project"
    contents = {
        "pyproject.toml": '[tool.supabase-tasks]\nmodels = "app.models"\nsql = "app/sql"\n',
        "app/__init__.py": "",
        "app/models/__init__.py": "from app.models import thing",
        "app/models/thing.py": "from app.shared import SIZE",
        "app/shared.py": "SIZE = 3",
        "app/sql/view.sql": "create view v as select 1;",
        "supabase/config.toml": 'project_id = "p"',
        "supabase/migrations/0000_a.sql": "create table a ();",
        "supabase/migrations/0001_b.sql": "create table b ();",
    }
    for name, text in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "cache"))
    # The package's own files may be edited while its tests run.
    monkeypatch.setattr(installed, "PACKAGE", str(tmp_path / "plugin"))
    (tmp_path / "plugin").mkdir()
    monkeypatch.chdir(root)
    until_older(*root.rglob("*"), nanoseconds=fingerprints.TICK_NS)
    return settings.load(root)


def model_files(project: Settings) -> list[Path]:
    names = ("app/__init__.py", "app/models/__init__.py", "app/models/thing.py", "app/shared.py")
    return [project.root / name for name in names]


def digests(project: Settings) -> dict[Path, str]:
    return {path: digest(path.read_bytes()) for path in project.migrations.glob("*.sql")}


@pytest.fixture
def remember(project: Settings) -> Remember:
    """What a flow does after a full comparison; keyword arguments replace the evidence."""

    def call(**evidence: object) -> str | None:
        known = memo.begin(project)
        known.is_fresh()
        given = {"files": model_files(project), "environment": (), "migrations": digests(project), **evidence}
        return known.remember(**given)  # type: ignore[arg-type]

    return call
