from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.guard.history import Row, compare
from supabase_tasks.ledger.files import MigrationFile


@pytest.fixture
def file(tmp_path: Path):  # type: ignore[no-untyped-def]
    def make(version: str, text: str) -> MigrationFile:
        path = tmp_path / f"{version}_m.sql"
        path.write_text(text)
        return MigrationFile(path, version, "m")

    return make


def test_every_state_there_is(file) -> None:  # type: ignore[no-untyped-def]
    files = [file("0", "select 0;"), file("1", "select 1;"), file("2", "select 2;"), file("3", "select 3;")]
    files += [file("5", "select 5;")]
    rows = [
        Row("1", "m", ("select 1",)),
        Row("2", "m", ("select 22",)),
        Row("3", "m", None),
        Row("4", "gone", ("select 4",)),
    ]
    found = compare(files, rows)
    assert {entry.version: entry.state for entry in found.entries} == {
        "0": "out-of-order",
        "1": "applied",
        "2": "edited",
        "3": "unrecorded",
        "4": "missing",
        "5": "pending",
    }
    assert [file.version for file in found.pending] == ["5"]
    assert [entry.version for entry in found.problems] == ["0", "2", "4"]
    assert found.entries[4].title == "4_gone.sql"
    assert "-select 22" in found.entries[2].difference
    assert found.entries[1].difference == ""


def test_versions_are_compared_as_text_as_the_cli_does(file) -> None:  # type: ignore[no-untyped-def]
    found = compare([file("10", "select 1;"), file("9", "select 2;")], [Row("9", "m", ("select 2",))])
    assert {entry.version: entry.state for entry in found.entries} == {"10": "out-of-order", "9": "applied"}


def test_nothing_anywhere() -> None:
    assert compare([], []).entries == ()
