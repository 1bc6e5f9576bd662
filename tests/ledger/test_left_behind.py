from __future__ import annotations

import pytest

from supabase_tasks.ledger.left_behind import find_left_behind

INDEX = "create index concurrently i on t (a)"
CASES = {
    "one transaction": ("create table t (a int); select 1/0;", 1, [], False),
    "before an index": (f"create table t (a int); {INDEX}; select 1/0;", 2, ["create table t (a int)", INDEX], False),
    "the index itself": (f"set lock_timeout = '4s'; {INDEX}; select 2;", 1, ["set lock_timeout = '4s'"], True),
    "before the index": (f"select 1/0; {INDEX};", 0, [], False),
    "behind commit": ("select 1; commit; select 1/0;", 2, ["select 1"], False),
    "in a transaction": ("select 1; begin; select 2; select 1/0; commit;", 3, ["select 1"], False),
    "behind a transaction": ("begin; select 1; commit; select 1/0;", 3, ["select 1"], False),
    "rolled back": ("select 1; begin; select 2; rollback; select 1/0;", 4, ["select 1"], False),
    "chained": ("begin; select 1; commit and chain; select 2; select 1/0;", 4, ["select 1"], False),
    "the directive": ("-- pg-delta: transaction=false\nselect 1; select 1/0;", 1, ["select 1"], False),
    "unknown, one transaction": ("select 1; select 1/0;", None, [], False),
    "unknown, divided": ("select 1; vacuum;", None, ["select 1", "vacuum"], False),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_of_a_file_that_failed(name: str) -> None:
    sql, failed, kept, invalid = CASES[name]
    left = find_left_behind(sql, failed)
    assert [one.partition(": ")[2] for one in left.statements] == kept
    assert left.invalid_index is invalid
    assert bool(left) is bool(kept or invalid)
    assert left.lines("0001_x.sql")
