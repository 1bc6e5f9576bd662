"""Who holds a lock, as a person reads it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from supabase_tasks import locking


def test_the_holder_is_told_by_the_command_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A helper's process runs it, whose own command line says nothing of it.
    monkeypatch.setattr("sys.argv", ["/here/inv", "schema-diff", "--to", "postgres://a:secret@localhost/b"])
    with locking.hold_lock(tmp_path / "lock") as descriptor:
        told = locking.holder(descriptor)
    assert told == f'process {os.getpid()} (inv schema-diff --to "$DATABASE_URL")'


def test_what_was_written_into_a_lock_file_is_not_printed_raw(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"%d \x1b[2J\xff\n" % os.getpid())
    with (tmp_path / "lock").open() as file:
        told = locking.holder(file.fileno())
    assert told.startswith(f"process {os.getpid()} (?[2J") and "\x1b" not in told
