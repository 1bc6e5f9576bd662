"""A Ctrl-C that escapes from a worker ends it: the copy never goes on as what it was forked from."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.preload import server, standby, worker


def _forked_worker() -> None:
    connection, other = socket.socketpair()
    listener = socket.socket(socket.AF_UNIX)
    told, tell = os.pipe()
    with connection, other, listener:
        server._fork(connection, listener, told, tell)
    os.close(told)
    os.close(tell)


def _standby() -> None:
    standby.make().channel.close()


@pytest.mark.parametrize("fork", [_forked_worker, _standby])
def test_the_copy_ends(fork: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "work", interrupted)
    monkeypatch.setattr(standby, "_wait", interrupted)
    here, escaped = os.getpid(), tmp_path / "escaped"
    try:
        fork()
        os.wait()
    finally:
        if os.getpid() != here:
            escaped.touch()
            os._exit(1)
    assert not escaped.exists()
