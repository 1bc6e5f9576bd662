from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.errors import TaskError
from supabase_tasks.files import DeferredInterrupt, GeneratedFile, digest, keep_newest, write_atomic


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


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "link"])
def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    real: Callable[..., object] = getattr(os, step)

    def interrupted(*args: object, **kwargs: object) -> None:
        # The step is done, but the caller does not learn of it.
        done = real(*args, **kwargs)
        if step == "link":
            (tmp_path / "x").unlink()
        if isinstance(done, int):
            os.close(done)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, step, interrupted)
        write_atomic(tmp_path / "x", "", exclusive=True)
    assert list(tmp_path.iterdir()) == []


def test_the_temporary_file_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    monkeypatch.setattr(os, "fsync", lambda handle: modes.append(os.fstat(handle).st_mode & 0o777))
    write_atomic(tmp_path / "x", "")
    assert modes == [0o600]


@pytest.mark.parametrize("name", [".", ".."])
def test_a_folder_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(TaskError, match="cannot write"):
        write_atomic(Path(name), "")


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


@pytest.fixture
def python() -> Iterator[None]:
    """SIGINT raises `KeyboardInterrupt`, whatever the test leaves behind."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def ctrl_c() -> None:
    """Returns when Python has handled it."""
    signal.raise_signal(signal.SIGINT)
    for _ in range(100):
        pass


@pytest.mark.usefixtures("python")
def test_ctrl_c_comes_at_once_before_anything_is_published() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt), DeferredInterrupt():
        ctrl_c()
        reached.append("further")
    assert reached == []


@pytest.mark.usefixtures("python")
def test_ctrl_c_waits_while_files_are_published_and_comes_when_none_was() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt), DeferredInterrupt() as publication:
        publication.begin()
        ctrl_c()
        reached.append("further")
    assert reached == ["further"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("python")
def test_ctrl_c_comes_also_when_publishing_failed() -> None:
    with pytest.raises(KeyboardInterrupt) as caught, DeferredInterrupt() as publication:
        publication.begin()
        ctrl_c()
        raise TaskError("the disk is full")
    assert isinstance(caught.value.__context__, TaskError)


@pytest.mark.usefixtures("python")
def test_ctrl_c_is_forgotten_once_files_are_published() -> None:
    with DeferredInterrupt() as publication:
        publication.begin()
        ctrl_c()
        publication.commit()
        ctrl_c()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        ctrl_c()


@pytest.mark.usefixtures("python")
def test_without_ctrl_c_a_publication_is_not_there() -> None:
    with pytest.raises(TaskError), DeferredInterrupt() as publication:
        publication.begin()
        raise TaskError("the disk is full")
    with DeferredInterrupt() as publication:
        publication.begin()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("python")
def test_what_was_held_back_goes_to_the_handler_that_was_there() -> None:
    told: list[int] = []

    def handler(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signal.signal(signal.SIGINT, handler)
    with DeferredInterrupt() as publication:
        publication.begin()
        ctrl_c()
        assert told == []
    assert told == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is handler


@pytest.mark.usefixtures("python")
@pytest.mark.parametrize("chosen", [signal.SIG_IGN, signal.SIG_DFL])
def test_what_python_does_not_handle_stays_as_it_is(chosen: signal.Handlers) -> None:
    signal.signal(signal.SIGINT, chosen)
    with DeferredInterrupt() as publication:
        publication.begin()
        assert signal.getsignal(signal.SIGINT) is chosen
    assert signal.getsignal(signal.SIGINT) is chosen


@pytest.mark.usefixtures("python")
def test_off_the_main_thread_nothing_is_changed() -> None:
    found: list[object] = []

    def publish() -> None:
        with DeferredInterrupt() as publication:
            publication.begin()
            found.append(signal.getsignal(signal.SIGINT))
            publication.commit()
        found.append("left")

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()
    assert found == [signal.default_int_handler, "left"]


def test_the_newest_files_stay(tmp_path: Path) -> None:
    for age in range(4):
        (tmp_path / str(age)).write_text("")
        os.utime(tmp_path / str(age), (1_000_000 - age, 1_000_000 - age))
    keep_newest(tmp_path, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"0", "1"}
    keep_newest(tmp_path / "nowhere", 2)
    keep_newest(tmp_path, 0)
    assert list(tmp_path.iterdir()) == []
