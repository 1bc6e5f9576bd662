"""tasks.py: two lines in a new file, a few at the end of an existing one."""

from __future__ import annotations

import ast
from pathlib import Path

from supabase_tasks.adopt.changes import Advice, Change, propose, read

NEW = """from supabase_tasks import collection

ns = collection()
"""
_ADD = """
from supabase_tasks import collection  # noqa: E402

for _task in collection().tasks.values():
    {name}.add_task(_task)
"""
_START = """
import sys  # noqa: E402

from invoke import Collection  # noqa: E402

ns = Collection.from_module(sys.modules[__name__])
"""


def change(root: Path) -> Change | Advice | None:
    """tasks.py with this tool's tasks added to its content; None when it has them.

    An existing file only grows at its end; one that is no longer Python, or a package called `tasks`, is left to the
    person, with the lines to add.
    """
    path = root / "tasks.py"
    before = read(path)
    if before is None and (root / "tasks" / "__init__.py").is_file():
        return _package(root / "tasks" / "__init__.py")
    if before is None:
        return propose(path, NEW, "the tasks")
    if "supabase_tasks" in before:
        return None
    try:
        addition = addition_for(before)
    except SyntaxError as error:
        return Advice(
            f"Add the tasks to {path.name}",
            f"It does not parse (line {error.lineno}). The lines:\n{_START}{_ADD.format(name='ns')}",
        )
    return propose(path, before.rstrip("\n") + "\n\n" + addition, "the tasks, next to yours")


def addition_for(source: str) -> str:
    """The lines that add our tasks at the end of a task file with that source. Raises `SyntaxError`."""
    name = _namespace(ast.parse(source))
    return _ADD.format(name=name) if name else _START + _ADD.format(name="ns")


def _namespace(tree: ast.Module) -> str | None:
    # Invoke's loader looks for these two names, in this order.
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return next((name for name in ("ns", "namespace") if name in assigned), None)


def _package(path: Path) -> Advice | None:
    source = read(path) or ""
    if "supabase_tasks" in source:
        return None
    return Advice("Add the tasks to your package `tasks`", f"At the end of tasks/__init__.py:\n{addition_for(source)}")
