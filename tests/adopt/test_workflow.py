"""The CI job: each package manager comes from its own source, and the environment is made by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from supabase_tasks.adopt import workflow
from supabase_tasks.adopt.changes import Advice, Change
from supabase_tasks.adopt.surroundings import look

Repo = Callable[[Mapping[str, str]], Path]
# By what shows the manager: the action that brings it on GitHub, and the first steps without actions.
MANAGERS = {
    "uv.lock": ("astral-sh/setup-uv", ["pip install uv", "uv sync"]),
    "pixi.toml": (
        "prefix-dev/setup-pixi",
        ["curl -fsSL https://pixi.sh/install.sh | bash", 'export PATH="$HOME/.pixi/bin:$PATH"', "pixi install"],
    ),
    "requirements.lock": (
        "eifinger/setup-rye",
        [
            'curl -sSf https://rye.astral.sh/get | RYE_INSTALL_OPTION="--yes" bash',
            'export PATH="$HOME/.rye/shims:$PATH"',
            "rye sync",
        ],
    ),
    "poetry.lock": ("actions/setup-python", ["pip install poetry", "poetry install"]),
    "pdm.lock": ("actions/setup-python", ["pip install pdm", "pdm install"]),
    "Pipfile": ("actions/setup-python", ["pip install pipenv", "pipenv install --dev"]),
}


@pytest.mark.parametrize("mark", MANAGERS)
def test_on_github_it_comes_with_its_action(mark: str, repo: Repo) -> None:
    root = repo({mark: "", ".github/workflows/other.yml": "on: push\n"})
    change = workflow.change(look(root, root / "supabase"))
    assert isinstance(change, Change)
    steps = yaml.safe_load(change.after)["jobs"]["migrations"]["steps"]
    action, shell = MANAGERS[mark]
    used = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    assert used[1] == action
    run = [step["run"] for step in steps if "run" in step]
    expected = shell if action == "actions/setup-python" else shell[-1:]
    assert run[: len(expected)] == expected


@pytest.mark.parametrize("mark", MANAGERS)
def test_on_gitlab_it_is_installed_by_its_own_installer(mark: str, repo: Repo) -> None:
    root = repo({mark: "", ".gitlab-ci.yml": ""})
    advice = workflow.change(look(root, root / "supabase"))
    assert isinstance(advice, Advice)
    _, shell = MANAGERS[mark]
    assert yaml.safe_load(advice.text)["database"]["script"][: len(shell)] == shell
