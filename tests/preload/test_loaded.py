"""A library edited in place is another one than that in the helper's memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from support.preloading import call, ready

from supabase_tasks.preload import client, loaded


def test_an_edit_that_keeps_size_and_time_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "held.py"
    path.write_text("A = 0")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("held")
    known = loaded.signatures()
    assert str(path) in known and loaded.are_unchanged(known)
    before = path.stat()
    with path.open("r+") as file:
        file.write("A = 1")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not loaded.are_unchanged(known)
    del sys.modules["held"]


def test_what_changed_while_it_was_loaded_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "held.py"
    path.write_text("")
    assert not loaded.steady([str(path)], time.time_ns() - 10_000_000_000)
    assert loaded.steady([str(path)], time.time_ns() + 10_000_000_000)


@pytest.mark.skipif(sys.platform != "linux", reason="the helper needs Linux")
def test_a_helper_whose_library_was_edited_lets_the_caller_do_it(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, library = tmp_path / "own-cache", tmp_path / "libraries" / "held.py"
    library.parent.mkdir()
    library.write_text("A = 0")
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(cache))
    start = client._HELPER.replace(
        "from supabase_tasks.preload",
        f"sys.path.append({str(library.parent)!r}); import held; from supabase_tasks.preload",
    )
    monkeypatch.setattr(client, "_HELPER", start)
    try:
        ready(cache)
        assert call("entry:ends", '{"code": 0}')[1] == "CODE 0\n"
        library.write_text("A = 1")
        assert call("entry:ends", '{"code": 0}')[1] == "CODE None\n"
    finally:
        client.stop(cache / "preload")
