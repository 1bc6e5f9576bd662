from __future__ import annotations

import os
from pathlib import Path

import pytest

from supabase_tasks import cache_file


def test_what_was_written_is_read_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "kept"
    for body in (b"first", b"", b"two\nlines\n\0"):
        cache_file.write(path, "form 1", body)
        assert cache_file.read(path, "form 1") == body
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["kept"]


def test_what_is_not_there_or_of_another_form_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    assert cache_file.read(path, "form 1") is None
    path.mkdir()
    assert cache_file.read(path, "form 1") is None
    path.rmdir()
    cache_file.write(path, "form 1", b"body")
    assert cache_file.read(path, "form 2") is None


@pytest.mark.parametrize("length", range(0, 90, 7))
def test_what_is_cut_short_is_nothing(tmp_path: Path, length: int) -> None:
    path = tmp_path / "kept"
    cache_file.write(path, "form 1", b"a body of some length")
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    assert length < len(whole)
    assert cache_file.read(path, "form 1") is None


def test_what_is_damaged_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    cache_file.write(path, "form 1", b"a body")
    path.write_bytes(path.read_bytes().replace(b"a body", b"a buddy"))
    assert cache_file.read(path, "form 1") is None


def test_a_file_that_cannot_be_published_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    cache_file.write(path, "form 1", b"before")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        cache_file.write(path, "form 1", b"after")
    assert cache_file.read(path, "form 1") == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["kept"]
