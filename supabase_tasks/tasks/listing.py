"""The list of tasks as people use them: in groups, in the order of use, with the line to start from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import command_line, console, prose
from supabase_tasks.version import VERSION

if TYPE_CHECKING:
    from invoke.collection import Collection

# A star stands for the names of the targets.
GROUPS: Mapping[str, Sequence[str]] = {
    "Set up": ("init", "doctor", "schema-import", "nx-sync"),
    "Every day": (
        "schema-generate",
        "supabase-db-reset",
        "supabase-db-push-local",
        "supabase-status",
        "schema-check",
        "schema-diff",
        "schema-diagram",
    ),
    "Migrations": (
        "migrations-new",
        "migrations-check",
        "migrations-lint",
        "migrations-renumber",
        "migrations-squash",
    ),
    "Local database": (
        "supabase-start",
        "supabase-stop",
        "supabase-restart",
        "supabase-db-lint",
        "supabase-db-advisors",
    ),
    "Hosted databases": (
        "supabase-db-push-*",
        "supabase-db-drift-*",
        "supabase-db-pull-*",
        "supabase-migration-repair-*",
        "supabase-db-dump-*",
        "supabase-db-reset-*",
    ),
}
_OTHERS = "More"
_START = "New here? {program} init sets the project up, {program} schema-generate writes the first migration."
_FOOT = "{program} --help TASK shows a task's options. This is supabase-tasks {version}."
_NARROWEST = 24


def show(collection: Collection) -> None:
    """Print every task of `collection` with its first line of help."""
    program = command_line.program() or command_line.INVOKE
    described = {name: _first_line(task) for name, task in _tasks(collection)}
    width = console.width()
    for line in prose.wrap(_START.format(program=program), width):
        console.say(line)
    name_width = max(map(len, described), default=0) + 4
    for title, names in group_names(list(described)):
        console.say()
        console.say(title, "bold")
        for name in names:
            for line in _entry(name, described[name], name_width, width):
                console.say(line)
    console.say()
    for line in prose.wrap(_FOOT.format(program=program, version=VERSION), width):
        console.say(line)


def group_names(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The names by group, in the order of use; what no group knows comes last."""
    left = list(names)
    for title, patterns in GROUPS.items():
        found: list[str] = []
        for pattern in patterns:
            found += [name for name in left if name not in found and _fits(name, pattern)]
        left = [name for name in left if name not in found]
        if found:
            yield title, found
    if left:
        yield _OTHERS, left


def _fits(name: str, pattern: str) -> bool:
    head, star, _ = pattern.partition("*")
    return name.startswith(head) if star else name == pattern


def _tasks(collection: Collection, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, task in collection.tasks.items():
        yield f"{prefix}{name}", task
    for name, inner in collection.collections.items():
        yield from _tasks(inner, f"{prefix}{name}.")


def _first_line(task: Any) -> str:
    return next(iter((task.__doc__ or "").strip().split("\n")), "")


def _entry(name: str, text: str, name_width: int, width: int) -> Iterator[str]:
    if width - name_width < _NARROWEST:
        yield f"  {name}"
        yield from (f"      {line}" for line in prose.wrap(text, width - 6))
        return
    first, *rest = prose.wrap(text, width - name_width) or [""]
    yield f"  {name:<{name_width - 2}}{first}".rstrip()
    yield from (" " * name_width + line for line in rest)
