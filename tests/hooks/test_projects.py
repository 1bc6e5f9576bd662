import subprocess
from pathlib import Path

import pytest

from supabase_tasks.hooks.projects import projects_of

SECTION = '[tool.supabase-tasks]\nproject = "x"\n'


@pytest.fixture
def monorepo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("apps/one", "apps/two"):
        (tmp_path / name / "supabase" / "migrations").mkdir(parents=True)
        (tmp_path / name / "pyproject.toml").write_text(SECTION)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'tools'\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_files_every_project_of_the_repository(monorepo: Path) -> None:
    assert projects_of([], []) == {monorepo / "apps/one": (), monorepo / "apps/two": ()}


def test_with_files_the_projects_that_hold_them(monorepo: Path) -> None:
    file = Path("apps/two/supabase/migrations/0000_a.sql")
    assert projects_of([], [file]) == {monorepo / "apps/two": [file]}


def test_a_chosen_project_gets_its_own_files_only(monorepo: Path) -> None:
    files = [Path(f"apps/{name}/supabase/migrations/0000_a.sql") for name in ("one", "two")]
    assert projects_of([Path("apps/one")], files) == {monorepo / "apps/one": files[:1]}


def test_a_project_without_settings_is_known_by_its_config_toml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db" / "supabase").mkdir(parents=True)
    (tmp_path / "db" / "supabase" / "config.toml").write_text("project_id = 'x'\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert projects_of([], []) == {tmp_path / "db": ()}


def test_where_nothing_is_known_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert projects_of([], []) == {tmp_path: ()}
