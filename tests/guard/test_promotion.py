from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.guard import promotion
from supabase_tasks.guard.history import Row
from supabase_tasks.ledger.files import MigrationFile


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([Row("1", "m", ("select 1  -- one",))], None),
        ([], "absent"),
        ([Row("2", "m", ("select 1",))], "absent"),
        ([Row("1", "m", None)], "unrecorded"),
        ([Row("1", "m", ("select 1",))], "formatting"),
        ([Row("1", "m", ("select 2",))], "different"),
    ],
)
def test_only_what_ran_byte_for_byte(tmp_path: Path, rows: list[Row], reason: str | None) -> None:
    path = tmp_path / "1_m.sql"
    path.write_text("select 1  -- one\n;\n")
    found = promotion.unpromoted_migrations([MigrationFile(path, "1", "m")], rows)
    assert [item.reason for item in found] == ([reason] if reason else [])
    if found:
        refusal = promotion.refuse("prod", "staging", found)
        assert "1_m.sql" in (refusal.cause or "")
        assert "--without-staging" in (refusal.next_step or "")
