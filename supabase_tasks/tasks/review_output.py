"""The review of a change, as `schema-generate --html` and `--summary` write it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import command_line, console
from supabase_tasks.errors import SettingsError
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.flow.review.gathering import UnlinkedReview
    from supabase_tasks.flow.schema.comparison import Comparison
    from supabase_tasks.flow.schema.generate import Observe

MARKDOWN = "markdown"


@dataclass
class ReviewOutput:
    """What was asked for: a page in the file `html`, and a `summary` on standard output."""

    settings: Settings
    html: str | None = None
    summary: str | None = None
    gathered: UnlinkedReview | None = None

    def __post_init__(self) -> None:
        """Raises `SettingsError` for a summary of another form than Markdown."""
        if self.summary not in (None, MARKDOWN):
            raise SettingsError(
                f"--summary {self.summary}: no such form",
                cause=f"known: {MARKDOWN}",
                next_step=command_line.chosen(
                    str(self.summary), (MARKDOWN,), f"inv schema-generate --dry-run --summary {MARKDOWN}"
                ),
            )

    @property
    def wanted(self) -> bool:
        return self.html is not None or self.summary is not None

    @property
    def say(self) -> Callable[[str], None]:
        """Where lines for people go: standard output holds the summary and nothing else."""
        return console.note if self.summary else console.say

    @property
    def observe(self) -> Observe | None:
        """What `generate_migration` shows a plan to; None where no review is wanted."""
        if not self.wanted:
            return None
        from supabase_tasks.flow.review import gathering

        def seen(comparison: Comparison, plan: Plan, paths: Sequence[Path]) -> None:
            self.gathered = gathering.of_plan(self.settings, comparison, plan, paths, self._rows())

        return seen

    def write(self) -> None:
        """Write what was asked for: the review of the plan, else of the branch's migrations, else a word that there is none."""
        if not self.wanted:
            return
        found = self.gathered or self._of_branch()
        if self.html is not None:
            self._write_page(Path(self.html), found)
        if self.summary is not None:
            console.out(
                found.markdown() if found else "No migration is new on this branch: the database stays as it is.\n"
            )

    def _of_branch(self) -> UnlinkedReview | None:
        from supabase_tasks.flow.review import branch_review

        return branch_review.of_branch(self.settings, self._rows())

    def _rows(self) -> Callable[[str], int | None]:
        """Counts of the local database's rows, where it runs."""
        from supabase_tasks.diff.ddl.names import split_dotted
        from supabase_tasks.flow.local.row_counts import LocalRows

        local = LocalRows(self.settings)

        def rows(name: str) -> int | None:
            schema, table, *_ = (*split_dotted(name), "")
            found = local.of(schema, table)
            return found.rows if found else None

        return rows

    def _write_page(self, path: Path, found: UnlinkedReview | None) -> None:
        from supabase_tasks.files import write_atomic

        if found is None:
            console.note(f"review page: {path} is not written, no migration is new on this branch")
            return
        write_atomic(path, found.html(path))
        console.note(f"review page: {path}")
