"""The hint to ext4 is given where it is understood, and is never in the way."""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from supabase_tasks import postgres, settings, state_dir
from supabase_tasks.postgres.disk_layout import spread

# ioctl_iflags(2), for 64-bit systems: the argument is declared as a long.
GET, SET, TOP = 0x80086601, 0x40086602, 0x00020000


def flags(folder: Path, *, new: int | None = None) -> int:
    """The folder's inode flags, after they were set to `new`. Raises `OSError` where there are none."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if new is not None:
            fcntl.ioctl(handle, SET, struct.pack("l", new))
        room = bytearray(8)
        fcntl.ioctl(handle, GET, room)
        return int(struct.unpack("l", room)[0]) & 0xFFFFFFFF
    finally:
        os.close(handle)


def opened() -> set[str]:
    """The files and folders that this process has open."""
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.add(str(path.readlink()))
    return found


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder on a file system that knows the flag; temporary folders may be in memory, which has none."""
    if sys.platform != "linux" or struct.calcsize("l") != 8:
        pytest.skip("inode flags are looked at on 64-bit Linux only")
    beside: Path = request.config.cache.mkdir("spreading")
    _demand_flag(beside)
    made = Path(tempfile.mkdtemp(dir=beside))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def _demand_flag(beside: Path) -> None:
    probe = beside / "probe"
    probe.mkdir()
    try:
        flags(probe, new=flags(probe) | TOP)
    except OSError as error:
        pytest.skip(f"the file system of {beside} has no flag for the top of a hierarchy: {error.strerror}")
    finally:
        probe.rmdir()


def test_a_folder_gets_the_flag_and_keeps_its_others(folder: Path) -> None:
    before = flags(folder)
    assert not before & TOP
    spread(folder)
    assert flags(folder) == before | TOP
    spread(folder)
    assert flags(folder) == before | TOP


def test_what_lies_in_it_stays_as_it_is(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "file").write_text("x")
    spread(folder)
    assert not flags(folder / "below") & TOP
    assert (folder / "below" / "file").read_text() == "x"


@pytest.mark.skipif(sys.platform != "linux", reason="the flag is Linux's")
@pytest.mark.parametrize("place", ["/proc", "/proc/self", "/sys", "/no/such/folder", __file__])
def test_where_there_is_no_such_flag_nothing_happens(place: str) -> None:
    with pytest.raises(OSError):
        flags(Path(place))
    spread(Path(place))
    assert place not in opened()


@pytest.mark.server
def test_the_databases_of_a_started_cluster_are_spread(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
    root = folder / "project"
    (root / "supabase" / "migrations").mkdir(parents=True)
    server = postgres.shadow(settings.load(root))
    try:
        assert flags(server.folder / "data" / "base") & TOP
    finally:
        postgres.stop(settings.load(root))
        shutil.rmtree(server.folder)
