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


def test_a_renumbered_file_is_known_by_what_it_says(file) -> None:  # type: ignore[no-untyped-def]
    # Mine ran as 2 and is 3 now, because a colleague's 2 was merged first.
    files = [file("1", "select 1;"), file("2", "select 'other';"), file("3", "select 'mine';")]
    found = compare(files, [Row("1", "m", ("select 1",)), Row("2", "mine", ("select 'mine'",))])
    assert {entry.version: entry.state for entry in found.entries} == {"1": "applied", "2": "renamed", "3": "pending"}
    (renamed,) = found.problems
    assert (renamed.title, renamed.now and renamed.now.version, renamed.renames) == ("2_mine.sql", "3", (("2", "3"),))
    assert renamed.difference == ""


def test_files_that_all_moved_on_by_one(file) -> None:  # type: ignore[no-untyped-def]
    files = [file("2", "select 'other';"), file("3", "select 'a';"), file("4", "select 'b';")]
    found = compare(files, [Row("2", "a", ("select 'a'",)), Row("3", "b", ("select 'b'",))])
    assert [entry.version for entry in found.of("renamed")] == ["2", "3"]
    assert found.problems[0].renames == (("2", "3"), ("3", "4"))


def test_what_could_be_several_files_or_none_is_not_called_renamed(file) -> None:  # type: ignore[no-untyped-def]
    files = [file("2", "select 'other';"), file("3", "select 1;"), file("4", "select 1;"), file("5", "-- x")]
    rows = [Row("1", "empty", ()), Row("2", "m", ("select 1",)), Row("6", "gone", ("select 6",))]
    assert not compare(files, rows).of("renamed")
    # A file that ran under its own version as well is not where the other went.
    twice = compare(
        [file("2", "select 2;"), file("3", "select 1;")], [Row("2", "m", ("select 1",)), Row("3", "m", ("select 1",))]
    )
    assert [entry.state for entry in twice.entries] == ["edited", "applied"]
