"""What macOS has not: each path that only Linux has is switched off in this process, and the other one must do."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supabase_tasks import locking, peer, preload, process_table
from supabase_tasks.memo import fingerprints
from supabase_tasks.models import forked_loader
from supabase_tasks.postgres import account, disk_layout, lifecycle
from supabase_tasks.preload import key


@pytest.fixture
def _without_proc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing below /proc can be looked at; fingerprints keep what they found in a cache."""

    def hidden(name: str) -> None:
        real = getattr(Path, name)

        # Whatever the method of Path takes and returns.
        def look(self: Path, *arguments: Any, **options: Any) -> Any:
            if str(self).startswith("/proc"):
                if name in ("exists", "is_dir", "is_file"):
                    return False
                if name in ("glob", "iterdir"):
                    return iter(())
                raise FileNotFoundError(str(self))
            return real(self, *arguments, **options)

        monkeypatch.setattr(Path, name, look)

    for name in ("read_text", "read_bytes", "readlink", "exists", "is_dir", "is_file", "glob", "iterdir"):
        hidden(name)
    fingerprints._remote.cache_clear()
    yield
    fingerprints._remote.cache_clear()


@pytest.fixture
def _mac(_without_proc: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")


@pytest.mark.usefixtures("_mac")
def test_the_holder_of_a_lock_is_known_by_what_it_signed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text(f"{os.getpid()}\n")
    with path.open() as file:
        assert locking.holder(file.fileno()).startswith(f"process {os.getpid()} (")
        path.write_text("")
        assert locking.holder(file.fileno()) == "another process"


@pytest.mark.usefixtures("_mac")
def test_processes_come_from_ps() -> None:
    table = process_table.read()
    assert table[os.getpid()].parent == os.getppid()
    assert table[os.getpid()].command
    assert process_table.memory([os.getpid()]) > 1 << 20


@pytest.mark.usefixtures("_mac")
def test_a_servers_command_line_comes_from_ps() -> None:
    child = subprocess.Popen(["sleep", "60"])
    try:
        assert "sleep 60" in lifecycle._command_line(child.pid)
    finally:
        child.kill()
        child.wait()
    assert lifecycle._command_line(child.pid).strip() == ""


@pytest.mark.usefixtures("_mac")
def test_there_is_no_helper_and_no_copy_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(preload.VARIABLE, "1")
    assert not preload.is_enabled()
    assert preload.stop() == 0
    assert not forked_loader.possible()


@pytest.mark.usefixtures("_without_proc")
def test_without_proc_no_helper_fits_and_no_mount_is_foreign() -> None:
    assert key.worker_key() is None
    assert fingerprints._remote() == frozenset()


@pytest.mark.usefixtures("_mac")
def test_a_disk_is_left_as_it_is(tmp_path: Path) -> None:
    disk_layout.spread(tmp_path)
    disk_layout.spread(tmp_path / "missing")


@pytest.mark.usefixtures("_mac")
def test_the_user_at_the_other_end_is_in_xucred() -> None:
    class Connection:
        def getsockopt(self, level: int, option: int, size: int) -> bytes:
            assert (level, option, size) == (0, 1, 76)  # SOL_LOCAL, LOCAL_PEERCRED, sizeof(struct xucred)
            return struct.pack("2I", 0, 501) + bytes(68)

    connection: Any = Connection()
    assert peer.uid(connection) == 501


@pytest.mark.parametrize("name", ["a" * 120, "Łukasz Żółć " * 6, "短" * 40])
def test_a_socket_stays_within_what_macos_takes(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "give", lambda path: None)
    monkeypatch.setattr(account, "uid", lambda: None)
    folder = Path("/tmp", f"{os.getpid()}-{name}")
    folder.mkdir()
    chosen = lifecycle.socket_folder(folder, None)
    try:
        path = os.fsencode(chosen / ".s.PGSQL.65535")
        # sun_path: 104 bytes with the final one (macOS, sys/un.h), four fewer than on Linux.
        assert len(path) < 104
        assert chosen.stat().st_mode & 0o777 == 0o700
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path)
        assert lifecycle.socket_folder(folder, str(chosen)) == chosen
    finally:
        for entry in chosen.iterdir():
            entry.unlink()
        chosen.rmdir()
        folder.rmdir() if folder.exists() else None
