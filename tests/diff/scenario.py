"""One scenario of the corpus: see scenarios/README.md for the files of its folder.

Whatever might be a rename and is not answered in options.json is answered with "it is new". `check.sql` (optional)
holds queries that must each return true after the forward migration.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_tasks.diff.options import PlanOptions

FOLDER = Path(__file__).parent / "scenarios"
# Set it to write the migrations that come out as the expected ones; then read what git shows.
UPDATE = "SCENARIOS_UPDATE"


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

    def expects(self, sql: str, *, back: bool = False) -> bool:
        """Whether the migration is the expected one; writes it down instead when the environment says so."""
        name = "expected_reverse.sql" if back else "expected.sql"
        if UPDATE in os.environ:
            (self.folder / name).write_text(sql)
        return self.text(name) == sql

    def options(self, *, back: bool = False) -> PlanOptions:
        """The answers for one direction."""
        given: dict[str, Any] = json.loads(self.text("options.json") or "{}")
        given = given.get("reverse", {}) if back else given
        return PlanOptions(
            renames=tuple(given.get("renames", ())),
            defaults=given.get("defaults", {}),
            allow=frozenset({"data-loss"}),
            ask=lambda question: None,
            concurrently=given.get("concurrently", False),
        )


def scenarios() -> list[Scenario]:
    """All of them, by name."""
    return [Scenario(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "after.sql").is_file()]
