"""Python that changes a database past the migrations, found in its syntax tree: comments do not count."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_DDL = re.compile(r"^\s*(?:create|alter|drop|truncate|grant|revoke)\s", re.IGNORECASE)
# What says that a script talks to a hosted database.
_HOSTED = re.compile(r"supabase\.(?:co|com)\b|pooler\.supabase|(?:SUPABASE|DATABASE)\w*_(?:PROD|PRODUCTION|STAGING)\b")
_MIGRATORS = frozenset({"alembic", "drizzle-kit", "prisma"})
_STEPS = frozenset({"upgrade", "downgrade", "push", "migrate", "stamp"})
_RUNS = frozenset({"run", "call", "check_call", "check_output", "Popen", "system", "popen", "Command"})
_METADATA = frozenset({"create_all", "drop_all"})
_EXECUTES = frozenset({"execute", "executescript", "exec_driver_sql"})


def lines(text: str) -> Iterator[tuple[int, str]]:
    """(line, what) of every call that changes a database directly; nothing for text that is not Python.

    SQL in `execute(…)` counts only where the script names a hosted database.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    hosted = bool(_HOSTED.search(text))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (what := _what(node, hosted)) is not None:
            yield node.lineno, what


def _what(call: ast.Call, hosted: bool) -> str | None:
    method = isinstance(call.func, ast.Attribute)
    name = getattr(call.func, "attr" if method else "id", "")
    if method and name in _METADATA:
        return f"metadata.{name}"
    if name in _STEPS and isinstance(call.func, ast.Attribute) and _is_alembic(call.func.value):
        return f"alembic {name}"
    words = [word for argument in call.args for word in _words(argument)] if name in _RUNS else []
    if any(word in _MIGRATORS for word in words) and any(word in _STEPS for word in words):
        return " ".join(words[:3])
    if hosted and name in _EXECUTES and call.args and _DDL.match(_sql(call.args[0])):
        return "SQL by execute()"
    return None


def _is_alembic(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "command"
    return isinstance(node, ast.Name) and node.id in ("command", "alembic")


def _words(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.split()
    if isinstance(node, ast.List | ast.Tuple):
        return [word for item in node.elts for word in _words(item)]
    return []


def _sql(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and node.args:
        return _sql(node.args[0])
    if isinstance(node, ast.JoinedStr) and node.values:
        return _sql(node.values[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
