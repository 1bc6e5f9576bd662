"""What is measured while others write is measured of our own migrations, and of the same change by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.cases import traffic
from bench.peers import Peers
from bench.workspace import Workspace

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[2]


def test_both_ways_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "cache"))
    work = Workspace(tmp_path, Peers(ROOT), rounds=1)
    try:
        found = traffic.run(work, rows=2000, rounds=1)
    finally:
        work.close()
    assert [(result.case, result.who) for result in found] == [
        (traffic.CONSTANT, "ours"),
        (traffic.CONSTANT, "three statements"),
        (traffic.ZONE, "ours"),
        (traffic.ZONE, "AT TIME ZONE"),
    ]
    assert all(result.series.median > 0 for result in found)
    ours = [
        path.read_text() for path in sorted((tmp_path / "projects" / "traffic-ours").glob("supabase/migrations/*.sql"))
    ]
    assert "ADD COLUMN state_0 text NOT NULL DEFAULT 'new'" in ours[-2]
    assert "UPDATE" not in ours[-2] and "USING" not in ours[-1]
