"""A repository with a history begins with what is found today, and hears of what comes new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supabase_tasks import settings as settings_module
from supabase_tasks.errors import LintError
from supabase_tasks.flow.migrations import lint
from supabase_tasks.lint import baseline
from supabase_tasks.settings import Settings

OPEN = "create table public.{0} (id bigint primary key);\n"


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    loaded = settings_module.load(tmp_path)
    write(loaded, "0001_a.sql", OPEN.format("a") + OPEN.format("b"))
    return loaded


def write(project: Settings, name: str, text: str) -> None:
    (project.migrations / name).write_text(text)


def found(project: Settings) -> list[tuple[str, int]]:
    return [(one.path.name, one.line) for one in lint.lint_migrations(project).findings]


def test_what_is_known_is_reported_no_more(project: Settings) -> None:
    assert found(project) == [("0001_a.sql", 1), ("0001_a.sql", 2)]
    file, number = lint.write_baseline(project)
    assert (file.name, number) == (baseline.NAME, 2)
    assert json.loads(file.read_text()) == {"0001_a.sql": {"rls-disabled": 2}}
    linted = lint.lint_migrations(project)
    assert (linted.findings, linted.known, linted.errors) == ((), 2, 0)


def test_what_comes_new_is_reported(project: Settings) -> None:
    lint.write_baseline(project)
    write(project, "0002_c.sql", OPEN.format("c"))
    assert found(project) == [("0002_c.sql", 1)]
    # One more in a file that is known tells which: all of that rule.
    write(project, "0001_a.sql", OPEN.format("a") + OPEN.format("b") + OPEN.format("d"))
    assert [line for name, line in found(project) if name == "0001_a.sql"] == [1, 2, 3]


def test_it_is_written_anew_from_everything(project: Settings) -> None:
    lint.write_baseline(project)
    write(project, "0001_a.sql", OPEN.format("a"))
    file, number = lint.write_baseline(project)
    assert (number, json.loads(file.read_text())) == (1, {"0001_a.sql": {"rls-disabled": 1}})


@pytest.mark.parametrize("text", ["{", "[]", '{"0001_a.sql": 3}', '{"0001_a.sql": {"rls-disabled": "many"}}', "\udcff"])
def test_a_broken_file_is_named_with_the_command_that_repairs_it(project: Settings, text: str) -> None:
    baseline.path(project).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(LintError, match=r"lint-baseline\.json cannot be read") as caught:
        lint.lint_migrations(project)
    assert caught.value.next_step == "inv migrations-lint --baseline"
    lint.write_baseline(project)
    assert found(project) == []
