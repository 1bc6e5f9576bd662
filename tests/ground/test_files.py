from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.errors import TaskError
from supabase_tasks.files import GeneratedFile, digest, write_atomic


def test_writes_utf8_with_unix_line_ends_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.sql"
    write_atomic(path, "é\nx\n")
    assert path.read_bytes() == "é\nx\n".encode()


def test_replaces_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("old")
    path.chmod(0o750)
    write_atomic(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o750)


def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "x", "")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_exclusive_never_replaces(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("mine")
    with pytest.raises(TaskError) as caught:
        write_atomic(path, "theirs", exclusive=True)
    assert caught.value.code == "file-exists"
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_exclusive_writes_what_is_not_there(tmp_path: Path) -> None:
    write_atomic(tmp_path / "x", "mine", exclusive=True)
    assert (tmp_path / "x").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TaskError) as caught:
        write_atomic(path, "new")
    assert caught.value.cause == "No space left on device"
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TaskError, match="cannot write"):
        write_atomic(tmp_path / "file" / "x", "")


@given(st.lists(st.binary(max_size=5), max_size=4), st.lists(st.binary(max_size=5), max_size=4))
def test_digests_tell_lists_apart_however_their_parts_join(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_text_and_its_bytes_are_the_same() -> None:
    assert digest("é") == digest("é".encode())


def test_a_generated_file_is_stale_until_it_holds_what_it_should(tmp_path: Path) -> None:
    path = tmp_path / "made"
    absent = GeneratedFile.at(path, "é")
    assert (absent.before, absent.stale) == (None, True)
    write_atomic(path, "old")
    assert (GeneratedFile.at(path, "é").before, GeneratedFile.at(path, "é").stale) == ("old", True)
    write_atomic(path, "é")
    assert not GeneratedFile.at(path, "é").stale
