"""A path that people read is relative to where they stand if it lies below, and absolute otherwise, whoever says it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from support import project as projects
from support import warm
from support.failures import BIN, migration, models, settings
from support.project import Project

pytestmark = pytest.mark.server
_PATH = re.compile(r"(?<![\w:/.-])(?:\.{0,2}/)?[\w.-]+(?:/[\w.-]+)+")

FAILURES = [
    (settings("naming = 3"), "schema-check"),
    (settings('sql = "no/folder"'), "schema-check"),
    (settings('baseline = ["0009_x.sql"]'), "schema-check"),
    (settings('sslrootcert = "certs/no.crt"'), "schema-check"),
    (settings('cli_path = "bin/none"'), "supabase-db-reset"),
    (settings("["), "schema-check"),
    (models("class A(\n"), "schema-check"),
    (models("import no_such_module\n"), "schema-check"),
    (lambda project: project.write("supabase/config.toml", "["), "schema-check"),
    (migration("", "add things.sql"), "migrations-check"),
    (migration("<<<<<<< mine\n"), "migrations-check"),
    (migration("create table public.a (id int);\n"), "migrations-lint"),
    (lambda project: None, "doctor"),
    (lambda project: None, "migrations-new x"),
    (lambda project: None, "nx-sync"),
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return projects.make(tmp_path / "shop")


def shown(project: Project, words: str, folder: Path) -> str:
    environment = {**os.environ, "SUPABASE_ACCESS_TOKEN": ""}
    done = warm.run([str(BIN / "inv"), *words.split()], cwd=folder, env=environment)
    assert done.returncode in (0, 1), done
    lines = (done.stdout + done.stderr).split("\n")
    # A command is pasted; where it leads is its own affair.
    return "\n".join(line for line in lines if not line.startswith(("next: ", "or: ")))


NAMED_LATER = [
    ('cli_path = "bin/none"', "supabase-db-reset"),
    ('postgres_path = "no/postgres"', "schema-check"),
    ('baseline = ["0009_x.sql"]', "schema-check"),
    ('sql = "no/folder"', "schema-check"),
    ('metadata = ["models:Gone"]', "schema-check"),
    ('metadata = ["!models:Gone"]', "schema-check"),
]


@pytest.mark.parametrize(("line", "words"), NAMED_LATER)
def test_a_setting_that_proves_wrong_later_is_told_with_its_place(project: Project, line: str, words: str) -> None:
    settings(line)(project)
    written = (project.root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    assert f"error: pyproject.toml:{written.index(line) + 1}: " in shown(project, words, project.root)


@pytest.mark.parametrize("below", [".", "supabase/migrations", "inner/most"])
@pytest.mark.parametrize(("setup", "words"), FAILURES)
def test_paths_are_told_from_where_the_person_stands(project: Project, setup, words: str, below: str) -> None:
    setup(project)
    here = project.root / below
    here.mkdir(parents=True, exist_ok=True)
    text = shown(project, words, here)
    assert f"{here}/" not in text, "a path below the current folder is relative to it"
    of_the_project = {path for path in project.root.rglob("*") if path.is_file()}
    for found in _PATH.findall(text):
        elsewhere = [path for path in of_the_project if path.is_relative_to(project.root / found)]
        assert found.startswith("/") or not elsewhere or (here / found).exists(), f"{found} is not here:\n{text}"


def test_a_clone_next_to_the_current_folder_is_absolute(project: Project) -> None:
    project.write("models.py", "class A(\n")
    subprocess.run(["mkdir", "-p", "sibling"], cwd=project.root, check=True)
    assert f"{project.root}/models.py:1" in shown(project, "schema-check", project.root / "sibling")
