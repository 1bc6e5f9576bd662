"""The processes as `/proc` shows them and as `ps` does (macOS), and none on Windows."""

from __future__ import annotations

import os
import sys

import pytest

from supabase_tasks import process, process_table

pytestmark = pytest.mark.skipif(process.find("ps") is None, reason="there is no ps")


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_this_process_is_found_with_its_memory(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    own = process_table.read()[os.getpid()]
    assert own.parent == os.getppid()
    # Whole, as ps shows it to a terminal of any width.
    assert own.command.split()[1:] == " ".join(sys.orig_argv).split()[1:]
    assert process_table.memory([own.pid]) > 10_000_000
    assert own.pid in process_table.family(process_table.read(), own.parent)


def test_there_is_none_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert process_table.read() == {}
