from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supabase_tasks import postgres, settings
from supabase_tasks.flow.health import Finding, caches
from supabase_tasks.flow.health.doctor import diagnose
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

SECRET = "correct-horse-battery"
REF = "abcdefghijklmnopqrst"


@pytest.fixture(autouse=True)
def in_the_project_without_models_of_another_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    # Paths are told from where the person stands.
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("shop_models", None)


def project(root: Path, extra: str = "") -> Settings:
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text('project_id = "shop"\n[db]\nmajor_version = 17\n')
    (root / "supabase" / "migrations" / "0000_a.sql").write_text("select 1;\n")
    (root / "tasks.py").write_text("from supabase_tasks import collection\nns = collection()\n")
    (root / "shop_models.py").write_text("")
    section = f'[tool.supabase-tasks]\nproject = "shop"\nmodels = "shop_models"\n{extra}'
    (root / "pyproject.toml").write_text(section)
    return settings.load(root)


def findings(loaded: Settings, *, reach: bool = False) -> dict[str, Finding]:
    return {f"{one.area}: {one.name.strip()}": one for one in diagnose(loaded, reach=reach)}


def problems(loaded: Settings) -> dict[str, str | None]:
    return {name: one.fix for name, one in findings(loaded).items() if one.level == "problem"}


def test_a_project_that_is_well_has_no_problem(tmp_path: Path) -> None:
    found = findings(project(tmp_path))
    assert [one for one in found.values() if one.level == "problem"] == []
    assert found["programs: PostgreSQL (embedded)"].value.startswith("17.")
    assert found["project: migrations"].value == "1 in supabase/migrations, the last is 0000_a.sql"


def test_each_problem_comes_with_its_fix(tmp_path: Path) -> None:
    loaded = project(tmp_path, 'postgres_path = "nowhere"\ncli_path = "gone"\n')
    (tmp_path / "shop_models.py").unlink()
    (tmp_path / "supabase" / "migrations" / "0000_b.sql").write_text("select 2;\n")
    assert problems(loaded) == {
        "programs: PostgreSQL (embedded)": "correct postgres_path in [tool.supabase-tasks]",
        "programs: Supabase CLI": "correct or remove cli_path, then run the same command again",
        "project: models": "correct `models` in [tool.supabase-tasks], or install the package that holds it",
        "project: migrations": "inv migrations-renumber",
    }


def test_a_folder_before_its_adoption_is_sent_to_init(tmp_path: Path) -> None:
    found = problems(settings.load(tmp_path))
    assert found["project: settings"] == "supabase-tasks init"
    assert found["project: config.toml"] == "supabase-tasks init"


def test_variables_are_found_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = project(tmp_path, 'env_files = [".env.local"]\n')
    (tmp_path / ".env.local").write_text(f"SUPABASE_DB_PASSWORD_STAGING={SECRET}\n")
    monkeypatch.setenv("SUPABASE_PROJECT_REF_STAGING", REF)
    found = findings(loaded)
    assert found["environment: SUPABASE_DB_PASSWORD_STAGING"].value == "set in .env.local (value hidden)"
    assert found["environment: SUPABASE_PROJECT_REF_STAGING"].value == "set in the environment (value hidden)"
    assert found["targets: staging"].value.startswith(f"{REF} at db.{REF}.")
    assert found["targets: prod"].level == "note"
    assert SECRET not in str(found)


def test_a_secret_that_git_tracks_is_a_problem(tmp_path: Path) -> None:
    loaded = project(tmp_path, 'env_files = [".env.local"]\n')
    (tmp_path / ".env.local").write_text(f"SUPABASE_DB_PASSWORD_PROD={SECRET}\n")
    for arguments in (["init", "-q"], ["add", "-f", ".env.local"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    assert "git rm --cached" in str(problems(loaded)["environment: SUPABASE_DB_PASSWORD_PROD"])


def test_two_targets_of_one_project_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = project(tmp_path)
    for name in ("STAGING", "PROD"):
        monkeypatch.setenv(f"SUPABASE_PROJECT_REF_{name}", REF)
        monkeypatch.setenv(f"SUPABASE_DB_PASSWORD_{name}", SECRET)
    assert "targets: prod" in problems(loaded)


def test_reach_connects_to_the_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = project(tmp_path)
    server = postgres.local(loaded)
    try:
        url = f"postgresql://postgres:{server.password}@127.0.0.1:{server.port}/postgres?sslmode=disable"
        for name, ref in (("STAGING", REF), ("PROD", REF[::-1])):
            monkeypatch.setenv(f"SUPABASE_PROJECT_REF_{name}", ref)
            monkeypatch.setenv(f"DATABASE_URL_{name}", url)
        monkeypatch.setenv("DATABASE_URL_PROD", url.replace(f"127.0.0.1:{server.port}", "127.0.0.2:1"))
        found = findings(loaded, reach=True)
    finally:
        postgres.stop(loaded)
    assert found["targets: staging"].value == f"{REF}: PostgreSQL 17 answers at 127.0.0.1"
    assert found["targets: prod"].level == "problem"


@pytest.mark.parametrize("text", ["import not_there_at_all", "1 / 0", "print('x'"])
def test_models_that_cannot_be_imported_are_a_problem(tmp_path: Path, text: str) -> None:
    loaded = project(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "shop"\nmodels = "broken_models"\n')
    (tmp_path / "broken_models.py").write_text(text)
    found = findings(settings.load(loaded.root))["project: models"]
    assert (found.level, "broken_models" in found.value) == ("problem", True)


def test_a_cache_that_cannot_be_used_does_not_end_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = project(tmp_path)
    open_to_all = tmp_path / "cache"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(open_to_all))
    found = findings(loaded)
    assert "project: folder" in found and found["cache: cache"].level == "problem"
    assert "not safe" in found["cache: cache"].value


def test_a_cache_of_many_files_is_not_counted_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / str(number)).write_bytes(b"x" * 1000)
    monkeypatch.setattr(caches, "_MOST_FILES", 4)
    assert caches.size(tmp_path) == "3.9 KiB"
    monkeypatch.setattr(caches, "_MOST_FILES", 2)
    assert caches.size(tmp_path) == "more than 2.9 KiB"
