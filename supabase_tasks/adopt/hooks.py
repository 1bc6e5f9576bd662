""".pre-commit-config.yaml: our hooks as one local entry, which runs what the project itself has installed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.adopt.changes import Advice, Change, propose, read, relative

_MARK = "supabase-tasks"


@dataclass(frozen=True, slots=True)
class Hook:
    """A task as a pre-commit hook; `files` is a pattern below the project folder, None to run always."""

    task: str
    name: str
    files: str | None


HOOKS = (
    # Always: pre-commit passes no deleted files and skips a hook for which no file is left.
    Hook("migrations-check", "migrations: names, order, never edited", None),
    Hook("migrations-lint", "migrations: locks, row level security, grants", r"supabase/migrations/.*\.sql"),
    Hook("schema-check", "migrations hold what the models say", r".*\.py|supabase/.*\.(sql|toml)"),
)


def change(repository: Path, root: Path, runner: str) -> Change | Advice | None:
    """The configuration with our hooks at the end of its `repos`; None when it has them.

    `runner` is what a command of the project's environment starts with (`uv run `, or nothing). A file whose `repos` is
    no plain list is left to the person.
    """
    path = next((p for name in ("yaml", "yml") if (p := repository / f".pre-commit-config.{name}").exists()), None)
    path = path or repository / ".pre-commit-config.yaml"
    before = read(path)
    if before is not None and _MARK in before:
        return None
    folder = relative(root, repository)
    if before is None:
        return propose(path, "repos:\n" + entry(folder, runner, "  "), "the checks before a commit")
    after = _inserted(before, folder, runner)
    if after is None:
        return Advice(f"Add the hooks to {path.name}", "Under `repos`:\n" + entry(folder, runner, "  "))
    return propose(path, after, "the checks before a commit")


def entry(folder: str, runner: str, indent: str) -> str:
    """Our entry of `repos`: YAML, indented by `indent`. `folder` is the project folder as seen from the repository."""
    lines = ["- repo: local", "  hooks:"]
    for hook in HOOKS:
        lines += _hook(hook, folder, runner)
    return "".join(f"{indent}{line}\n" for line in lines)


def _hook(hook: Hook, folder: str, runner: str) -> Sequence[str]:
    inside = "" if folder == "." else f"-C {folder} "
    prefix = "" if folder == "." else re.escape(folder) + "/"
    lines = [
        f"    - id: {hook.task}",
        f"      name: '{hook.name}'",
        f"      entry: {runner}supabase-tasks {inside}{hook.task}",
        "      language: system",
        "      pass_filenames: false",
        "      require_serial: true",
    ]
    return [*lines, f"      files: '^{prefix}({hook.files})$'" if hook.files else "      always_run: true"]


def _inserted(before: str, folder: str, runner: str) -> str | None:
    lines = before.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if re.match(r"repos:\s*(#.*)?$", line)), None)
    if start is None:
        return None
    first = next((m for line in lines[start + 1 :] if (m := re.match(r"( *)- ", line))), None)
    if first is None:
        return None
    end = _end_of_block(lines, start + 1)
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    return "".join([*lines[:end], entry(folder, runner, first[1]), *lines[end:]])


def _end_of_block(lines: Sequence[str], start: int) -> int:
    end = start
    for i, line in enumerate(lines[start:], start):
        if re.match(r"[^\s#-]", line):
            break
        if line.strip() and not line.startswith("#"):
            end = i + 1
    return end
