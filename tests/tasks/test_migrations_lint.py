"""`inv migrations-lint` as people and CI systems run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm

pytestmark = pytest.mark.server

TABLE = "set lock_timeout = '5s';\ncreate table public.{0} (id bigint primary key);\n"
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.com")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    write(tmp_path, "0000_first", TABLE.format("a"))
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    (project / "supabase" / "migrations" / f"{name}.sql").write_text(text)


def lint(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    hidden = ("CI", "GITHUB_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    command = [sys.executable, "-m", "invoke", "migrations-lint", *arguments]
    return warm.run(command, cwd=project, env=environment)


def test_an_error_fails_and_names_the_page_to_read(project: Path) -> None:
    done = lint(project)
    assert done.returncode == 1
    assert "supabase/migrations/0000_first.sql:2:1: error: table public.a" in done.stdout
    assert "error: 1 error, 0 warnings in 1 migration\nnext: inv migrations-lint --explain rls-disabled" in done.stderr


def test_warnings_fail_only_when_that_is_asked_for(project: Path) -> None:
    write(project, "0001_second", "alter table public.a enable row level security;\n")
    assert lint(project).returncode == 0
    assert lint(project, "--strict").returncode == 1


def test_only_what_the_default_branch_lacks(project: Path) -> None:
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "start"]):
        subprocess.run([*GIT, *command], cwd=project, check=True)
    assert "0 errors, 0 warnings in 0 migrations" in lint(project, "--changed").stdout
    write(project, "0001_second", TABLE.format("b"))
    done = lint(project, "--changed")
    assert "public.b" in done.stdout and "public.a" not in done.stdout


def test_formats_leave_standard_output_to_the_report(project: Path) -> None:
    assert lint(project, "--format", "github").stdout.startswith(
        "::error file=supabase/migrations/0000_first.sql,line=2"
    )
    assert json.loads(lint(project, "--format", "gitlab").stdout)[0]["check_name"] == "rls-disabled"
    assert json.loads(lint(project, "--format", "sarif").stdout)["version"] == "2.1.0"
    assert "there is no format 'xml'" in lint(project, "--format", "xml").stderr


def test_a_report_goes_into_a_file(project: Path) -> None:
    done = lint(project, "--format", "sarif", "--output", "lint.sarif")
    assert done.returncode == 1 and done.stdout == ""
    assert json.loads((project / "lint.sarif").read_text())["runs"]


def test_as_json(project: Path) -> None:
    (finding,) = json.loads(lint(project, "--json").stdout)["error"]["data"]["findings"]
    assert (finding["rule"], finding["file"], finding["line"]) == (
        "rls-disabled",
        "supabase/migrations/0000_first.sql",
        2,
    )


def test_rules_are_listed_and_explained(project: Path) -> None:
    assert "secret-in-sql" in lint(project, "--rules").stdout
    assert lint(project, "--explain", "secret-in-sql").stdout.startswith("# secret-in-sql")
