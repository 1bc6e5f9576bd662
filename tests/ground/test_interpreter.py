from __future__ import annotations

import ast
import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supabase_tasks import interpreter

PACKAGE = Path(interpreter.__file__).parent
SWITCHES = {"freeze", "unfreeze", "set_threshold", "enable", "disable", "collect", "setswitchinterval"}


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    # Another test may have frozen something: a list of tasks does.
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_switched_is_switched_back_also_after_an_error() -> None:
    before = sys.getswitchinterval(), gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(KeyError), interpreter.short_switch_interval(), interpreter.few_collections():
        assert sys.getswitchinterval() < before[0]
        assert gc.get_threshold() != before[1]
        raise KeyError
    assert (sys.getswitchinterval(), gc.get_threshold(), gc.get_freeze_count()) == before


def test_what_was_frozen_before_stays_frozen() -> None:
    interpreter.freeze_imports()
    frozen = gc.get_freeze_count()
    with interpreter.few_collections():
        pass
    assert gc.get_freeze_count() >= frozen > 0


_END = """
import supabase_tasks.tasks

class Found:
    def __del__(self):
        print("the collector looked")

supabase_tasks.tasks.build()
ring = [Found()]
ring.append(ring)
del ring
"""


@pytest.mark.server
def test_a_command_does_not_look_for_garbage_when_it_ends(tmp_path: Path) -> None:
    found = subprocess.run([sys.executable, "-c", _END], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout == ""


def test_no_other_module_switches_anything() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if path.name != "interpreter.py"
        # Most modules have none of the words: the syntax is for those that do.
        if any(f".{name}" in path.read_text() for name in SWITCHES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in ("gc", "sys") and node.attr in SWITCHES
    ]
    assert found == []
