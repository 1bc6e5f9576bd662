from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.adopt import next_steps, surroundings


@pytest.mark.parametrize(
    ("git", "ignored", "expected"),
    [(True, "", True), (True, "app/.gitignore", False), (True, ".gitignore", False), (False, "", False)],
)
def test_what_npm_installs_is_kept_out_of_git(tmp_path: Path, git: bool, ignored: str, expected: bool) -> None:
    root = tmp_path / "app"
    root.mkdir()
    if git:
        (tmp_path / ".git").mkdir()
    if ignored:
        (tmp_path / ignored).write_text("/node_modules\n")
    steps = list(next_steps.ahead(surroundings.look(root, root / "supabase"), None))
    (pin,) = [step for step in steps if "Pin the Supabase CLI" in str(step)]
    assert ("echo node_modules/ >> .gitignore" in str(pin)) == expected
