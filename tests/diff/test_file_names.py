"""What a migration's file is called."""

from __future__ import annotations

import pytest

from supabase_tasks.diff.plan.naming import CountedChange, slug


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("create", ("table", ("public", "مستخدمون")))], "create_table"),
        ([("create", ("column", ("public", "größe", "名前")))], "add_grosse_column"),
        ([("create", ("column", ("public", "לקוחות", "שם")))], "add_column"),
        ([("create", ("table", ("public", "مستخدمون"))), ("drop", ("view", ("public", "v")))], "create_table_and_more"),
    ],
)
def test_a_name_in_another_script_is_told_by_its_kind(changes: list[tuple[str, object]], expected: str) -> None:
    assert slug([CountedChange(action, key) for action, key in changes]) == expected  # type: ignore[arg-type]
