""".pre-commit-config.yaml: our hooks as one local entry, which runs what the project itself has installed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.adopt.changes import Advice, Change, propose, read, relative

_MARK = "supabase-tasks"


@dataclass(frozen=True, slots=True)
class Hook:
    """A check as a pre-commit hook. `files` is a pattern of the repository's paths, in which PROJECT and SUPABASE stand
    for the two folders; None runs always.

    A model hook (`task`) imports the project, so it is run in its folder; the others find the projects themselves.
    """

    name: str
    title: str
    files: str | None
    task: bool = False


_SOURCES = r".*\.(py|sh|js|cjs|mjs|ts|json|ya?ml|toml|mk)|(.*/)?(Makefile|Dockerfile|Procfile|justfile)[^/]*"
_SCHEMA_FILES = "PROJECT.*\\.(py|sql)|SUPABASE/.*\\.(sql|toml)"
HOOKS = (
    Hook("migrations-check", "migrations keep their names, order and contents", None),
    Hook("migrations-lint", "migrations are safe to run", "SUPABASE/migrations/.*\\.sql"),
    Hook("schema-check", "the migrations match the models", _SCHEMA_FILES, task=True),
)
NO_DIRECT_DDL = Hook("no-direct-ddl", "no script changes a database past the migrations", _SOURCES)


def change(
    repository: Path, root: Path, runner: str, hooks: Sequence[Hook] = HOOKS, supabase: Path | None = None
) -> Change | Advice | None:
    """The configuration with our hooks at the end of its `repos`; None when it has them.

    `supabase` is the supabase/ folder (default: below `root`), `runner` what a command of the project's environment starts
    with (`uv run `, or nothing). A file whose `repos` is no plain list is left to the person.
    """
    path = next((p for name in ("yaml", "yml") if (p := repository / f".pre-commit-config.{name}").exists()), None)
    path = path or repository / ".pre-commit-config.yaml"
    before = read(path)
    if before is not None and _MARK in before:
        return None
    folders = (relative(root, repository), relative(supabase or root / "supabase", repository))
    if before is None:
        return propose(path, "repos:\n" + entry(folders, runner, "  ", hooks), "the checks before a commit")
    after = _with_entry(before, folders, runner, hooks)
    if after is None:
        return Advice(f"Add the hooks to {path.name}", "Under `repos`:\n" + entry(folders, runner, "  ", hooks))
    return propose(path, after, "the checks before a commit")


def entry(folders: tuple[str, str], runner: str, indent: str, hooks: Sequence[Hook] = HOOKS) -> str:
    """Our entry of `repos`: YAML, indented by `indent`. `folders` are the project folder and supabase/ as seen from the
    repository."""
    lines = ["- repo: local", "  hooks:"]
    for hook in hooks:
        lines += _hook(hook, folders, runner)
    return "".join(f"{indent}{line}\n" for line in lines)


def _hook(hook: Hook, folders: tuple[str, str], runner: str) -> Sequence[str]:
    folder, supabase = folders
    below = folder != "."
    task = f"supabase-tasks -C {shlex.quote(folder)}" if below else "supabase-tasks"
    program = task if hook.task else "supabase-tasks-hook"
    lines = [
        f"    - id: {hook.name}",
        f"      name: {hook.title}",
        f"      entry: {runner}{program} {hook.name}",
        "      language: system",
        "      require_serial: true",
    ]
    if hook.files is None:
        return [*lines, "      pass_filenames: false", "      always_run: true"]
    # In one pass: a folder may be named like the other's place.
    stand_for = {"PROJECT": f"{re.escape(folder)}/" if below else "", "SUPABASE": re.escape(supabase)}
    files = re.sub("PROJECT|SUPABASE", lambda found: stand_for[found[0]], hook.files)
    passed = ["      pass_filenames: false"] if hook.task else []
    quoted = f"^({files})$".replace("'", "''")
    return [*lines, *passed, f"      files: '{quoted}'"]


def _with_entry(before: str, folders: tuple[str, str], runner: str, hooks: Sequence[Hook]) -> str | None:
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
    return "".join([*lines[:end], entry(folders, runner, first[1], hooks), *lines[end:]])


def _end_of_block(lines: Sequence[str], start: int) -> int:
    end = start
    for i, line in enumerate(lines[start:], start):
        if re.match(r"[^\s#-]", line):
            break
        if line.strip() and not line.startswith("#"):
            end = i + 1
    return end
