"""Which tests there are: for tables that say which test holds what."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

_TESTS = Path(__file__).parents[1]


def is_there(test: str) -> bool:
    """Whether there is the test `folder/test_module.py::test_name`, below tests/."""
    file, _, name = test.partition("::")
    return name in _functions(file)


@cache
def _functions(file: str) -> frozenset[str]:
    tree = ast.parse((_TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
