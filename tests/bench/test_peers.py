"""The peers that compare databases of our server can log in there and do their job: only a whole run asks them otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.cases import diffing
from bench.measure import interleaved
from bench.peers import Peers
from bench.workspace import Workspace

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[2]


def test_alembic_and_pg_delta_compare_two_databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "cache"))
    work = Workspace(tmp_path, Peers(ROOT), rounds=1)
    project = work.ours("small", 30)
    try:
        with diffing.databases(project) as (old, new, login):
            found = interleaved(
                {
                    "alembic, unchanged": diffing.alembic(work, project, old, login, changed=False),
                    "alembic, a column": diffing.alembic(work, project, old, login, changed=True),
                    "pg-delta, unchanged": diffing.pg_delta(work, old, old, login),
                    "pg-delta, a column": diffing.pg_delta(work, old, new, login),
                },
                1,
                warm=0,
            )
    finally:
        work.close()
    assert all(series.median > 0 for series in found.values())
