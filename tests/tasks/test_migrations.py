"""The migrations family through Invoke itself, as people run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm

pytestmark = pytest.mark.server

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.com")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    migrations = tmp_path / "supabase" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0000_first.sql").write_text("select 0;\n")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "start"]):
        subprocess.run([*GIT, *command], cwd=tmp_path, check=True)
    subprocess.run([*GIT, "switch", "-q", "-c", "feature"], cwd=tmp_path, check=True)
    return tmp_path


def inv(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "GITHUB_"))}
    command = [sys.executable, "-m", "invoke", *arguments]
    return warm.run(command, cwd=project, env=environment)


def test_new_then_check_then_renumber(project: Path) -> None:
    done = inv(project, "migrations-new", "--name", "Add audit log")
    assert done.stdout == f"wrote {Path('supabase/migrations/0001_add_audit_log.sql')}\n"
    assert "set lock_timeout = '5s';" in (project / "supabase/migrations/0001_add_audit_log.sql").read_text()
    assert "2 migrations: in order (compared with main)" in inv(project, "migrations-check").stdout
    assert "nothing to renumber" in inv(project, "migrations-renumber").stdout


def test_an_option_is_never_taken_for_the_name(project: Path) -> None:
    asked = inv(project, "migrations-new", "--help")
    assert asked.returncode == 0, asked.stderr
    assert "what the migration does" in asked.stdout
    refused = inv(project, "migrations-new", "--nope")
    assert refused.returncode == 1
    assert "does not know the option --nope" in refused.stderr
    assert len(list((project / "supabase/migrations").iterdir())) == 1


def test_check_says_what_is_wrong_and_what_helps_and_ends_with_one(project: Path) -> None:
    (project / "supabase/migrations/0000_first.sql").write_text("select 1;\n")
    done = inv(project, "migrations-check")
    assert done.returncode == 1
    assert "0000_first.sql is on main and was edited" in done.stdout
    assert "next: git checkout" in done.stderr


def test_check_as_json(project: Path) -> None:
    (project / "supabase/migrations/0000_first.sql").unlink()
    done = inv(project, "migrations-check", "--json")
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (1, "migrations-check")
    assert [problem["code"] for problem in error["data"]["problems"]] == ["deleted"]


def test_a_dry_renumbering_renames_nothing(project: Path) -> None:
    (project / "supabase/migrations/0000_mine.sql").write_text("select 1;\n")
    done = inv(project, "migrations-renumber", "--dry-run")
    assert done.stdout == "would rename: 0000_mine.sql → 0001_mine.sql\n"
    assert (project / "supabase/migrations/0000_mine.sql").exists()


def test_a_name_of_nothing_but_signs_is_refused(project: Path) -> None:
    done = inv(project, "migrations-new", "--name", "--")
    assert done.returncode != 0
    assert len(list((project / "supabase/migrations").iterdir())) == 1
