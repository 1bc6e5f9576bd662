from __future__ import annotations

import json
from pathlib import Path

import pytest

from supabase_tasks.cli import find
from supabase_tasks.cli.asked_for import requested_version
from supabase_tasks.settings import Settings

LOCKS = {
    "package-lock.json": json.dumps({"packages": {"": {}, "node_modules/supabase": {"version": "2.114.3"}}}),
    "pnpm-lock.yaml": "packages:\n\n  supabase-js@9.9.9:\n    x: 1\n\n  supabase@2.114.3:\n    resolution: {}\n",
    "yarn.lock": 'other@^1.0.0:\n  version "1.0.1"\n\nsupabase@^2.113.0:\n  version "2.114.3"\n  resolved "x"\n',
    "bun.lock": '{"packages": {"supabase": ["supabase@2.114.3", "", {}]}}',
}
BERRY = '"supabase@npm:^2.113.0":\n  version: 2.114.3\n  resolution: "supabase@npm:2.114.3"\n'


def project(root: Path, *, wanted: str = "^2.113.0", section: str = "devDependencies") -> Path:
    root.mkdir(parents=True, exist_ok=True)
    (root / "package.json").write_text(json.dumps({"name": "x", section: {"supabase": wanted}}))
    return root


def settings(root: Path, **options: str) -> Settings:
    return Settings(root, "p", root / "supabase", root / "supabase" / "migrations", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("section", ["devDependencies", "dependencies", "optionalDependencies"])
@pytest.mark.parametrize("wanted", ["^2.113.0", "~2.113.0", "2.113.0", ">=2.100.0 <3", "2.x"])
def test_the_range_of_package_json(tmp_path: Path, section: str, wanted: str) -> None:
    assert requested_version(project(tmp_path, wanted=wanted, section=section)) == wanted


@pytest.mark.parametrize("name", LOCKS)
def test_the_version_of_a_lock_file_next_to_it_or_above(tmp_path: Path, name: str) -> None:
    project(tmp_path)
    (tmp_path / name).write_text(LOCKS[name])
    assert requested_version(tmp_path) == "2.114.3"
    inner = project(tmp_path / "apps" / "x")
    assert requested_version(inner) == "2.114.3"


def test_a_lock_file_of_yarn_berry(tmp_path: Path) -> None:
    (project(tmp_path) / "yarn.lock").write_text(BERRY)
    assert requested_version(tmp_path) == "2.114.3"


def test_the_workspace_root_asks_for_a_project_that_does_not(tmp_path: Path) -> None:
    project(tmp_path)
    inner = tmp_path / "apps" / "x"
    inner.mkdir(parents=True)
    (inner / "package.json").write_text('{"name": "inner"}')
    assert requested_version(inner) == "^2.113.0"


@pytest.mark.parametrize("wanted", ["latest", "workspace:*", "catalog:", "file:../cli", "git+ssh://x/y.git"])
def test_what_is_no_version_asks_for_nothing(tmp_path: Path, wanted: str) -> None:
    assert requested_version(project(tmp_path, wanted=wanted)) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "not json", '{"devDependencies": []}', '{"devDependencies": {"supabase": 2}}']
)
def test_odd_files_ask_for_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "package.json").write_text(text)
    assert requested_version(tmp_path) is None


def test_a_setting_wins_and_without_any_the_pinned_version_does(tmp_path: Path) -> None:
    assert find.wanted_version(settings(tmp_path)) == settings(tmp_path).cli
    project(tmp_path)
    assert find.wanted_version(settings(tmp_path)) == "^2.113.0"
    assert find.wanted_version(settings(tmp_path, cli="2.120.0")) == "2.120.0"


def test_the_dialect_is_that_of_the_version_that_would_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(find.OVERRIDE_VARIABLE, raising=False)
    assert find.major(settings(tmp_path)) == "3"
    project(tmp_path, wanted="2.x")
    assert find.major(settings(tmp_path)) == "2"
