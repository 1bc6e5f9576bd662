"""The CI job of an adopting repository: Python and Node only, no Docker."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.adopt.changes import Advice, Change, propose, relative
from supabase_tasks.adopt.surroundings import Surroundings

# The two actions' current majors (autumn 2026).
_GITHUB = """# Written by `inv init`; yours to change.
name: Database

on:
  pull_request:
  push:
    branches: [main, master]

permissions:
  contents: read

jobs:
  migrations:
    runs-on: ubuntu-latest
{folder}    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0 # migrations-check compares with the default branch
      - uses: actions/setup-python@v6
        with:
          python-version: "{python}"
      - uses: actions/setup-node@v5
        with:
          node-version: "22"
{steps}"""
_GITLAB = """database:
  image: nikolaik/python-nodejs:python{python}-nodejs22
  variables:
    GIT_DEPTH: "0"
  script:
{steps}"""
CHECKS = ("migrations-check", "migrations-lint --changed", "schema-check", "supabase-db-reset")


@dataclass(frozen=True, slots=True)
class Runner:
    """How a project's own environment is made and used in CI, by package manager."""

    prefix: str
    install: tuple[str, ...]
    add: str


RUNNERS = {
    "uv": Runner("uv run ", ("pip install uv", "uv sync"), "uv add --dev supabase-tasks"),
    "poetry": Runner("poetry run ", ("pip install poetry", "poetry install"), "poetry add --group dev supabase-tasks"),
    "pdm": Runner("pdm run ", ("pip install pdm", "pdm install"), "pdm add -d supabase-tasks"),
    "requirements": Runner("", ("pip install -r requirements.txt",), "echo supabase-tasks >> requirements.txt"),
    "pip": Runner("", ("pip install -e .", "pip install supabase-tasks"), "pip install supabase-tasks"),
}


def change(around: Surroundings) -> Change | Advice | None:
    """The workflow file for GitHub, the job to add for GitLab, nothing elsewhere or when it exists."""
    if around.ci == "gitlab":
        folder = [] if around.root == around.repository else [f"cd {relative(around.root, around.repository)}"]
        steps = "".join(f"    - {step}\n" for step in [*folder, *_steps(around)])
        return Advice("Add the job to .gitlab-ci.yml", _GITLAB.format(python=python_version(around.root), steps=steps))
    path = around.repository / ".github" / "workflows" / "database.yml"
    if around.ci == "none" or path.exists():
        return None
    text = _GITHUB.format(
        folder=_working_directory(around),
        python=python_version(around.root),
        steps="".join(f"      - run: {step}\n" for step in _steps(around)),
    )
    return propose(path, text, "the checks in CI")


def _working_directory(around: Surroundings) -> str:
    if around.root == around.repository:
        return ""
    folder = relative(around.root, around.repository)
    return f"    defaults:\n      run:\n        working-directory: {folder}\n"


def _steps(around: Surroundings) -> Iterator[str]:
    runner = RUNNERS[around.python]
    yield from runner.install
    yield from (f"{runner.prefix}inv {check}" for check in CHECKS)


def python_version(root: Path) -> str:
    """The lowest Python that the project says it runs on, at least 3.11; 3.12 when it says nothing."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
        said = re.search(r"(?:>=|~=|==|\^)\s*3\.(\d+)", str(project.get("requires-python", "")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        said = None
    return f"3.{max(int(said[1]), 11)}" if said else "3.12"
