"""What is said about the local database when it no longer answers."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from supabase_tasks.cli import at_url
from supabase_tasks.errors import CliError, TaskInterrupted
from supabase_tasks.flow.local import applying
from supabase_tasks.flow.local.connection import Local

pytestmark = pytest.mark.server


@pytest.fixture
def gone(tmp_path: Path) -> Local:
    """A local database at whose port nothing listens any more."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://postgres@127.0.0.1:{taken.getsockname()[1]}/postgres"
    return Local("embedded", url, at_url(url, password="x"), tmp_path / "pgpass")


def test_an_interrupt_is_told_as_one_though_nothing_can_be_read(gone: Local) -> None:
    with pytest.raises(TaskInterrupted, match="is not known: it does not answer") as caught:
        applying.judge(gone, (), applying.Outcome(interrupt=KeyboardInterrupt()))
    assert caught.value.next_step == "inv supabase-status"


def test_the_failure_of_the_cli_stands_though_nothing_can_be_read(gone: Local) -> None:
    failure = CliError("the disk is full", next_step="inv doctor")
    with pytest.raises(CliError) as caught:
        applying.judge(gone, (), applying.Outcome(failure=failure))
    assert caught.value is failure


def test_a_server_that_is_gone_has_no_work_to_end(gone: Local) -> None:
    applying.end_work(gone)
