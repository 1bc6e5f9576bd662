from collections.abc import Callable
from pathlib import Path

import pytest
from support.clone import Clone


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_DEFAULT_BRANCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Clone:
    """A project outside of any git repository."""
    root = tmp_path / "plain"
    root.mkdir()
    (root / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "test"\n')
    return Clone(root)


@pytest.fixture
def clone(folder: Clone) -> Clone:
    """A repository whose branch `main` has the migrations 0000_first and 0001_second; `feature` is checked out."""
    folder.git("init", "-q", "-b", "main")
    folder.write(_0000_first="select 0;\n", _0001_second="select 1;\n")
    folder.commit()
    folder.git("switch", "-q", "-c", "feature")
    return folder


@pytest.fixture
def on_main(clone: Clone) -> Callable[..., None]:
    """Commits migrations to `main` while `feature` stays checked out."""

    def commit(**files: str) -> None:
        other = Clone(clone.root.parent / "main")
        clone.git("worktree", "add", "-q", str(other.root), "main")
        other.write(**files)
        other.commit()
        clone.git("worktree", "remove", str(other.root))

    return commit
