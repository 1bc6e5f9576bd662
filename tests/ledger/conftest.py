from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks import settings as settings_module
from supabase_tasks.process import run
from supabase_tasks.settings import Settings


class Clone:
    """A real git work tree with a Supabase project in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.migrations = root / "supabase" / "migrations"

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
        return run(["git", "-C", str(self.root), *identity, *arguments]).stdout.strip()

    def write(self, **files: str) -> None:
        """Migrations by name without `.sql`; a leading `_` before digits is dropped."""
        self.migrations.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (self.migrations / f"{name.removeprefix('_')}.sql").write_text(text)

    def commit(self, message: str = "change") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    @property
    def settings(self) -> Settings:
        return settings_module.load(self.root)

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.migrations.iterdir())


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
