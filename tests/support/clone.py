"""A real git work tree with a Supabase project in it."""

from __future__ import annotations

from pathlib import Path

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
