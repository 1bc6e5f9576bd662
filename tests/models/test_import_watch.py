import datetime
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from supabase_tasks.models.call_stack import is_foreign
from supabase_tasks.models.import_trace import EVERY_VARIABLE
from supabase_tasks.models.import_watch import trace_imports


def test_variables_are_seen_however_they_are_asked_for(tmp_path: Path) -> None:
    from os import environ

    with trace_imports(tmp_path) as trace:
        os.environ.get("WATCH_A")
        os.getenv("WATCH_B")
        "WATCH_C" in environ  # noqa: B015
    os.environ.get("WATCH_D")
    assert {"WATCH_A", "WATCH_B", "WATCH_C"} <= trace.variables and "WATCH_D" not in trace.variables


def test_a_copy_of_the_environment_is_a_read_of_all(tmp_path: Path) -> None:
    with trace_imports(tmp_path) as trace:
        dict(os.environ)
    assert EVERY_VARIABLE in trace.variables


def test_a_thread_of_the_models_is_watched_and_one_that_was_there_before_is_not(tmp_path: Path) -> None:
    open_loader, over = threading.Event(), threading.Event()

    def ours() -> None:
        open_loader.wait()
        os.environ.get("WATCH_OURS")
        over.set()

    threading.Thread(target=ours).start()
    with trace_imports(tmp_path) as trace:
        thread = threading.Thread(target=lambda: os.environ.get("WATCH_E"))
        thread.start()
        thread.join()
        open_loader.set()
        over.wait()
    assert "WATCH_E" in trace.variables and "WATCH_OURS" not in trace.variables


def test_everything_is_in_its_place_again_afterwards(tmp_path: Path) -> None:
    names = [(os, "stat"), (os, "open"), (time, "time"), (threading.Thread, "start"), (sys, "argv"), (sys, "stdin")]
    before = [getattr(owner, name) for owner, name in names]
    now = vars(datetime.datetime)["now"]
    with trace_imports(tmp_path):
        assert os.stat in os.supports_fd and vars(datetime.datetime)["now"] is not now
        assert type(datetime.datetime.now()) is datetime.datetime
    assert [getattr(owner, name) for owner, name in names] == before
    assert vars(datetime.datetime)["now"] is now


def test_files_that_are_read_are_seen_and_those_written_are_not(tmp_path: Path) -> None:
    (tmp_path / "read.json").write_text("{}")
    with trace_imports(tmp_path) as trace:
        (tmp_path / "read.json").read_text()
        (tmp_path / "written.json").write_text("{}")
    assert tmp_path / "read.json" in trace.opened and tmp_path / "written.json" not in trace.opened


@pytest.mark.parametrize(
    ("path", "foreign"),
    [
        ("/home/me/app/models.py", False),
        ("/dev/shm/app/models.py", False),
        ("/dev/shm/app/.venv/lib/python3.11/site-packages/x.py", True),
        ("/dev/urandom", True),
        ("/proc/self/status", True),
        ("/home/me/app/node_modules/x.py", True),
        (f"{sys.base_prefix}/lib/python3/json/decoder.py", True),
    ],
)
def test_a_library_or_the_system_is_foreign_and_memory_is_not(path: str, foreign: bool) -> None:
    assert is_foreign(path) == foreign
    assert is_foreign(Path(path)) == foreign
