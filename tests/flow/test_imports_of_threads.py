"""Models are imported while another thread makes the databases: no library is imported by both at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from support.project import Project

pytestmark = pytest.mark.server

# Which top-level packages the finders were asked for, by the main thread and by others.
SCRIPT = """
import json, sys, threading

found = {True: set(), False: set()}


class Recorder:
    def find_spec(self, name, path=None, target=None):
        found[threading.current_thread() is threading.main_thread()].add(name.partition(".")[0])


sys.meta_path.insert(0, Recorder())
sys.path.insert(0, "")
from supabase_tasks import settings
from supabase_tasks.flow.schema.check import check_models
from supabase_tasks.models import loader

loader.LARGE_BYTES = int(sys.argv[1])
check_models(settings.load())
print(json.dumps([sorted(found[True]), sorted(found[False])]))
"""


@pytest.mark.parametrize("large_bytes", [10**9, 0], ids=["here", "apart"])
def test_no_library_is_imported_by_two_threads(begin: Callable[[], Project], large_bytes: int) -> None:
    project = begin()
    project.models("import alembic.ddl.impl\n" + (project.root / "models.py").read_text())
    environment = {**os.environ, "SUPABASE_TASKS_MEMO": "0", "SUPABASE_TASKS_PRELOAD": "0"}
    command = [sys.executable, "-c", SCRIPT, str(large_bytes)]
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    by_main, by_others = map(set, json.loads(done.stdout))
    assert {"alembic", "sqlalchemy", "psycopg"} <= by_main
    assert by_main & by_others - {"supabase_tasks"} - sys.stdlib_module_names == set()
