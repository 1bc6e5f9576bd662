"""What may last over a second says what it is doing, whichever task it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks import postgres

pytestmark = pytest.mark.server
# Every step is said as soon as it begins; a machine as quick as can be would show none.
PROGRAM = """
import sys
from supabase_tasks import progress
taken = progress.step
def step(what, *parts):
    sys.stderr.write(f"STEP {what}\\n")
    taken(what, *parts)
progress.step = step
sys.argv = ["inv", *sys.argv[1:]]
from invoke.main import program
program.run()
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    there = projects.make(tmp_path_factory.mktemp("telling"))
    there.write("pyproject.toml", projects.PYPROJECT + 'local = "embedded"\n')
    yield there
    postgres.stop(there.settings)


# In this order: each finds what the ones before have made.
TASKS = [
    ("schema-generate", "importing the models"),
    ("schema-diff", "comparing both schemas"),
    ("schema-diagram", "drawing the models"),
    ("schema-diagram --diff migrations", "drawing the models and what they change"),
    ("schema-import --into other --dry-run", "reading the schema"),
    ("supabase-start", "starting the local database"),
    ("supabase-db-reset", "emptying the local database"),
    ("supabase-db-push-local", "applying the migrations"),
    ("supabase-db-lint", "checking the function bodies"),
    ("supabase-db-advisors", "running the Supabase advisors"),
    ("supabase-status", "asking the databases"),
    ("migrations-lint", "linting the migrations"),
    ("doctor", "looking at programs"),
    ("supabase-restart", "starting the local database"),
    ("supabase-stop", "stopping the servers"),
]


def test_a_task_says_what_it_is_doing(project: Project) -> None:
    silent = []
    for words, step in TASKS:
        command = [sys.executable, "-c", PROGRAM, *words.split()]
        done = subprocess.run(
            command, cwd=Path(project.root), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        if f"STEP {step}" not in done.stderr:
            silent.append((words, done.returncode, done.stderr[-600:]))
    assert not silent
