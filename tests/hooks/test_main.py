import json
import subprocess
import sys
from pathlib import Path

import pytest

from supabase_tasks.hooks.main import run

HEAVY = ("invoke", "sqlmodel", "sqlalchemy", "alembic", "psycopg", "postgast", "rich")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    (tmp_path / "supabase" / "migrations" / "0000_first.sql").write_text("set lock_timeout = '5s';\nselect 0;\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_migrations_check_loads_nothing_heavy(project: Path) -> None:
    code = (
        "import sys, json; from supabase_tasks.hooks.main import run;"
        "code = run(['migrations-check']); print(json.dumps([code, sorted(sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    code_, modules = json.loads(done.stdout.splitlines()[-1])
    assert code_ == 0
    assert {name.split(".")[0] for name in modules}.isdisjoint(HEAVY)


def test_a_problem_ends_with_one_and_says_what_helps(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "supabase" / "migrations" / "second.sql").write_text("select 1;\n")
    assert run(["migrations-check"]) == 1
    shown = capsys.readouterr()
    assert "second.sql is not a valid migration name" in shown.out and "fix: rename it" in shown.err


def test_lint_reports_on_the_files_it_is_given(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = project / "supabase" / "migrations" / "0001_second.sql"
    bad.write_text("set lock_timeout = '5s';\ntruncate public.a;\n")
    assert run(["migrations-lint", "supabase/migrations/0000_first.sql"]) == 0
    assert run(["migrations-lint", str(bad)]) == 1
    assert "[truncate-table]" in capsys.readouterr().out


def test_lint_has_nothing_to_say_of_other_files(project: Path) -> None:
    (project / "supabase" / "seed.sql").write_text("truncate public.a;\n")
    assert run(["migrations-lint", "supabase/seed.sql"]) == 0


def test_the_nx_shim_is_checked_only_where_there_is_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nx-shim-check", "pyproject.toml"]) == 0
    (project / "project.json").write_text('{"name": "test"}\n')
    assert run(["nx-shim-check", "project.json"]) == 1
    assert "next: inv nx-sync" in capsys.readouterr().err


def test_broken_settings_are_an_expected_failure(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text("[tool.supabase-tasks]\nnonsense = 1\n")
    assert run(["migrations-check"]) == 1
    assert "unknown setting 'nonsense'" in capsys.readouterr().err


def test_an_unknown_hook_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["nonsense"])
    assert caught.value.code == 2 and "invalid choice" in capsys.readouterr().err
