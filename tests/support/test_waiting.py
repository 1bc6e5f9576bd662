"""No test sleeps for a time that is hoped to be long enough."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from support.waiting import until

TESTS = Path(__file__).parents[1]


def sleeps(source: str) -> list[int]:
    """The lines of calls of `sleep` that are in no loop, which could poll."""
    if "sleep" not in source:
        return []
    tree = ast.parse(source)
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.While | ast.For)]
    polling = {id(inner) for loop in loops for inner in ast.walk(loop)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and id(node) not in polling]
    return [call.lineno for call in calls if ast.unparse(call.func) in ("time.sleep", "sleep")]


def test_a_sleep_outside_of_a_loop_is_found() -> None:
    assert sleeps("import time\nwhile True:\n    time.sleep(1)\ntime.sleep(2)\nrun(lambda: time.sleep(3))") == [4, 5]


def test_no_test_sleeps() -> None:
    # What answers for the Management API may be told to be slow.
    paths = [path for path in TESTS.rglob("*.py") if path.name != "management.py"]
    assert {str(path): found for path in paths if (found := sleeps(path.read_text()))} == {}


def test_what_does_not_come_is_a_failure_that_names_it() -> None:
    with pytest.raises(AssertionError, match=r"the end of time did not hold within 0\.05 s"):
        until(lambda: False, seconds=0.05, what="the end of time")


def test_the_value_waited_for_is_returned() -> None:
    values = iter([0, None, "there"])
    assert until(lambda: next(values)) == "there"
