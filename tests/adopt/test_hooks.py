from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from supabase_tasks.adopt import hooks
from supabase_tasks.adopt.changes import Advice, Change

EXISTING = """# ours
default_stages: [pre-commit]
repos:
- repo: local
  hooks:
  - id: a
    name: a
    entry: "true"
    language: system

# at the end
exclude: ^docs/
"""
INDENTED = EXISTING.replace("\n  ", "\n    ").replace("\n- ", "\n  - ")


def changed(tmp_path: Path, before: str | None, folder: str = ".", runner: str = "") -> str:
    if before is not None:
        (tmp_path / ".pre-commit-config.yaml").write_text(before)
    change = hooks.change(tmp_path, tmp_path / folder, runner)
    assert isinstance(change, Change)
    change.path.write_text(change.after)
    return change.after


@pytest.mark.server
@pytest.mark.parametrize(
    "before",
    [None, EXISTING, INDENTED],
    ids=["none", "flush", "indented"],
)
def test_pre_commit_reads_the_result(before: str | None, tmp_path: Path) -> None:
    after = changed(tmp_path, before)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "id: schema-check" in after
    assert hooks.change(tmp_path, tmp_path, "") is None


def test_what_was_there_stays_where_it_was(tmp_path: Path) -> None:
    after = changed(tmp_path, EXISTING)
    head, tail = EXISTING.split("\n# at the end", 1)
    assert after.startswith(head) and after.endswith("\n# at the end" + tail)


def test_a_project_below_the_repository(tmp_path: Path) -> None:
    after = changed(tmp_path, None, "apps/shop", "uv run ")
    assert "entry: uv run supabase-tasks-hook migrations-check\n" in after
    assert "entry: uv run supabase-tasks -C apps/shop schema-check\n" in after
    assert "files: '^(apps/shop/supabase/migrations/" in after


def test_a_folder_with_a_space_or_a_quote_is_one_word(tmp_path: Path) -> None:
    folder = tmp_path / "the shop's api"
    folder.mkdir()
    made = hooks.change(tmp_path, folder, "uv run ")
    assert isinstance(made, Change)
    (check,) = [hook for hook in yaml.safe_load(made.after)["repos"][0]["hooks"] if hook["id"] == "schema-check"]
    assert shlex.split(check["entry"]) == ["uv", "run", "supabase-tasks", "-C", "the shop's api", "schema-check"]
    assert re.match(check["files"], "the shop's api/models.py")


@pytest.mark.parametrize("text", ["repos: []\n", "# nothing\n"])
def test_a_list_it_cannot_extend_is_left_to_the_person(text: str, tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text(text)
    advice = hooks.change(tmp_path, tmp_path, "")
    assert isinstance(advice, Advice) and "id: schema-check" in advice.text


@pytest.mark.parametrize(
    ("folder", "supabase", "runs"),
    [
        (
            "api",
            "supabase",
            ["supabase/migrations/1_a.sql", "api/shop/models.py", "api/sql/view.sql", "supabase/config.toml"],
        ),
        ("api", "api/supabase", ["api/supabase/migrations/1_a.sql", "api/models.py"]),
        (".", "db/supabase", ["db/supabase/migrations/1_a.sql", "shop/models.py"]),
        ("SUPABASE", "db/PROJECT", ["db/PROJECT/migrations/1_a.sql", "SUPABASE/models.py"]),
    ],
)
def test_the_hooks_run_for_the_folders_as_they_lie(tmp_path: Path, folder: str, supabase: str, runs: list[str]) -> None:
    change = hooks.change(tmp_path, tmp_path / folder, "", supabase=tmp_path / supabase)
    assert isinstance(change, Change)
    patterns = [line.split("'")[1] for line in change.after.splitlines() if line.strip().startswith("files:")]
    for path in runs:
        assert any(re.search(pattern, path) for pattern in patterns), path
    lint = next(pattern for pattern in patterns if "migrations" in pattern)
    assert re.search(lint, runs[0])
    assert not any(re.search(pattern, "web/main.ts") for pattern in patterns)
