from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from supabase_tasks.adopt.pyproject import collector, name, settings_change
from supabase_tasks.errors import SettingsError

WANTED = {"project": "shop", "models": "app.models", "ignore": ["public.alembic_version"]}


def changed(root: Path, before: str) -> str:
    (root / "pyproject.toml").write_text(before)
    change = settings_change(root, WANTED)
    assert change is not None
    return change.after


def test_the_section_goes_below_everything_else(tmp_path: Path) -> None:
    before = '# top\n[project]\nname = "x"   # keep\n\n[tool.ruff]\nline-length = 100'
    settings = 'project = "shop"\nmodels = "app.models"\nignore = ["public.alembic_version"]\n'
    assert changed(tmp_path, before) == f"{before}\n\n[tool.supabase-tasks]\n{settings}"


def test_only_missing_settings_are_added_to_a_section(tmp_path: Path) -> None:
    target = "[tool.supabase-tasks.targets.preview]\nprotected = true\n"
    before = f'[tool.supabase-tasks]\n# ours\nproject = "mine" # keep\n\n{target}'
    after = changed(tmp_path, before)
    assert 'project = "mine" # keep\nmodels = "app.models"\nignore = ["public.alembic_version"]\n' in after
    assert after.startswith("[tool.supabase-tasks]\n# ours\n")
    assert after.endswith(target)


@pytest.mark.parametrize(
    "before", ["[tool.supabase-tasks]\n", "[tool]\nsupabase-tasks = {}\n", "[tool.supabase-tasks.targets]\n"]
)
def test_a_section_without_a_setting_is_filled_and_not_written_twice(tmp_path: Path, before: str) -> None:
    after = tomllib.loads(changed(tmp_path, before))
    assert after["tool"]["supabase-tasks"].items() >= WANTED.items()


def test_nothing_to_add(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "a"\nmodels = "b"\nignore = []\n')
    assert settings_change(tmp_path, WANTED) is None


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    change = settings_change(tmp_path, WANTED)
    assert change is not None and change.before is None
    assert change.after.startswith("[tool.supabase-tasks]\n")


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool\n")
    with pytest.raises(SettingsError, match="cannot be read"):
        settings_change(tmp_path, WANTED)


def test_the_name_of_the_project(tmp_path: Path) -> None:
    assert name(tmp_path) is None
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert name(tmp_path) == "x"


def test_several_modules_get_one_that_imports_them(tmp_path: Path) -> None:
    change = collector(tmp_path, "b.models, a.models")
    assert change is not None and change.path.name == "database_models.py"
    assert change.after.index("import a.models") < change.after.index("import b.models")
    assert collector(tmp_path, "a.models") is None
