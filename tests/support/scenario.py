"""One scenario of the corpus: see tests/diff/scenarios/README.md for the files of its folder.

Whatever might be a rename and is not answered is answered with "it is new".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from support import expected

from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.postgres import trial

ADMIN = "supabase_admin"
FOLDER = Path(__file__).parents[1] / "diff" / "scenarios"


@dataclass(frozen=True)
class Scenario:
    """The folder's content."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    def text(self, name: str) -> str:
        """The text of one of its files; empty when there is none."""
        path = self.folder / name
        return path.read_text() if path.is_file() else ""

    @property
    def checks(self) -> list[str]:
        return [query.strip() for query in self.text("check.sql").split(";") if query.strip()]

    def expects(self, sql: str) -> bool:
        """Whether it is the expected migration forwards."""
        return expected.matches(self.folder / "expected.sql", sql)

    @property
    def of_a_superuser(self) -> bool:
        """Whether only a superuser may run it."""
        return "-- superuser" in self.text("after.sql").splitlines()

    def options(self, *, back: bool = False) -> PlanOptions:
        """The answers for one direction."""
        renames = _marked(self.text("after.sql"), "rename")
        if back:
            renames = [_turned(text) for text in renames if not text.startswith(":")]
            renames += _marked(self.text("before.sql"), "rename")
        target = self.text("before.sql" if back else "after.sql")
        return PlanOptions(
            renames=tuple(renames),
            defaults=dict(text.split("=", 1) for text in _marked(target, "default")),
            allow=frozenset({"data-loss"}),
            ask=lambda question: None,
            concurrently=bool(_marked(target, "concurrently")),
            role=ADMIN if self.of_a_superuser else "postgres",
            run=None if self.of_a_superuser else trial.run,
        )


def scenarios() -> list[Scenario]:
    """All of them, by name."""
    return [Scenario(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "after.sql").is_file()]


def _marked(text: str, word: str) -> list[str]:
    start = f"-- {word}: "
    return [line.removeprefix(start).strip() for line in text.splitlines() if line.startswith(start)]


def _turned(text: str) -> str:
    *kind, old, new = text.split(":")
    return ":".join([*kind, new, old])
