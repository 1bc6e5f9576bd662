"""One Nx target per Invoke task: what runs, what may be cached, what must not run in parallel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Tasks about the repository itself, run once by a person: no part of a project's flow.
NOT_TARGETS = frozenset({"init"})

# The Python and the `inv` of an activated environment, else of the project's .venv, else of the workspace's, else those
# on PATH. The shell is nx:run-commands' own; Nx sets NX_WORKSPACE_ROOT for every task.
_PATH = 'PATH="${VIRTUAL_ENV:+$VIRTUAL_ENV/bin:}$PWD/.venv/bin:$NX_WORKSPACE_ROOT/.venv/bin:$PATH"'
LAUNCHER = f"{_PATH} python -m supabase_tasks.nx.arguments"
# How targets of earlier versions began: they are ours, and replaced.
_FORMER_LAUNCHERS = (f"{_PATH} inv",)

# Every installed distribution with its version: a changed dependency is a changed result. Runtime inputs run in the
# workspace root, so the project's own .venv is named from there.
_DISTRIBUTIONS = (
    'PATH="${VIRTUAL_ENV:+$VIRTUAL_ENV/bin:}$PWD/{pythonRoot}.venv/bin:$PWD/.venv/bin:$PATH" python -c'
    " 'import sys, importlib.metadata as m;"
    ' print(sys.version, sorted({d.name + "==" + d.version for d in m.distributions()}))\''
)
MIGRATIONS = "supabase-migrations"
MODELS = "supabase-models"
TECHNOLOGIES = ("supabase", "postgresql", "python", "invoke")


@dataclass(frozen=True, slots=True)
class Pure:
    """A task whose result depends on its inputs alone: named inputs, and the files it writes."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    environment: tuple[str, ...] = field(default=("SUPABASE_TASKS_LOCAL",))


# Everything else touches a database, asks git or a hosted project, or writes a migration: never cached, never parallel.
PURE: Mapping[str, Pure] = {
    # Models may import the projects that this one depends on: all their files count.
    "schema-check": Pure((MIGRATIONS, MODELS, "^default")),
    "migrations-lint": Pure((MIGRATIONS,)),
}


def named_inputs() -> dict[str, list[str]]:
    """The `namedInputs` that the cached targets refer to; a project may redefine them."""
    settings = ["{projectRoot}/pyproject.toml", "{workspaceRoot}/pyproject.toml"]
    return {
        MIGRATIONS: [
            "{projectRoot}/supabase/**/*.sql",
            "{projectRoot}/supabase/config.toml",
            "{projectRoot}/supabase/lint-baseline.json",
            *settings,
        ],
        MODELS: ["{projectRoot}/**/*.py", "{projectRoot}/**/*.sql", "{projectRoot}/.env*"],
    }


# Named inputs that earlier versions wrote: not somebody's own, and the first is one that Nx refuses.
_FORMER_INPUTS: Mapping[str, tuple[list[str], ...]] = {
    MIGRATIONS: (
        [
            "{projectRoot}/supabase/**/*.sql",
            "{projectRoot}/supabase/config.toml",
            "{projectRoot}/pyproject.toml",
            "{workspaceRoot}/pyproject.toml",
        ],
    ),
    MODELS: (["{projectRoot}/**/*.py", "{projectRoot}/**/*.sql", "{projectRoot}/.env*", "^default"],),
}


def is_former_input(name: str, definition: object) -> bool:
    """Whether a named input of an existing project.json is one that an earlier version generated."""
    return definition in _FORMER_INPUTS.get(name, ())


def target(task: str, description: str, project_root: str = ".") -> dict[str, Any]:
    """The Nx target that runs the Invoke task called `task`; `project_root` is relative to the workspace.

    Nx forwards no arguments, because it would do so through a shell: `nx.arguments` fetches them. There are no
    configurations: staging and production are targets of their own, because Nx runs the default for a misspelt
    configuration.
    """
    pure = PURE.get(task)
    return {
        "executor": "nx:run-commands",
        "options": {"command": f"{LAUNCHER} {task}", "cwd": "{projectRoot}", "forwardAllArgs": False},
        **(_cache_settings(pure, project_root) if pure else {"cache": False, "parallelism": False}),
        "metadata": {
            "description": description,
            "technologies": list(TECHNOLOGIES),
            "help": {"command": f"inv {task} --help", "example": {}},
        },
    }


def _cache_settings(pure: Pure, project_root: str) -> dict[str, Any]:
    python_root = project_root if project_root == "{pythonRoot}" else "" if project_root == "." else f"{project_root}/"
    runtime = _DISTRIBUTIONS.replace("{pythonRoot}", python_root)
    environment: list[Any] = [{"env": name} for name in pure.environment]
    return {
        "cache": True,
        "inputs": [*pure.inputs, {"runtime": runtime}, *environment],
        "outputs": list(pure.outputs),
        "parallelism": True,
    }


def is_ours(candidate: object) -> bool:
    """Whether a target of an existing project.json was generated here (and so may be replaced or removed)."""
    if not isinstance(candidate, dict) or not isinstance(candidate.get("options"), dict):
        return False
    command = str(candidate["options"].get("command", ""))
    return any(command.startswith(f"{launcher} ") for launcher in (LAUNCHER, *_FORMER_LAUNCHERS))
