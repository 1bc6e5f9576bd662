"""Nothing of ours makes Python warn: what is deprecated in one release is an error in a later one."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "supabase_tasks"
EVERY_MODULE = """
import importlib, pkgutil, supabase_tasks
for found in pkgutil.walk_packages(supabase_tasks.__path__, "supabase_tasks."):
    importlib.import_module(found.name)
"""


def test_every_module_compiles_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in PACKAGE.rglob("*.py"):
            compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)


@pytest.mark.server
def test_every_module_and_what_it_imports_is_imported_without_a_warning() -> None:
    command = [sys.executable, "-W", "error", "-c", EVERY_MODULE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
