"""All that a review says, from a plan that was proven or from the migrations of a branch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import wording
from supabase_tasks.flow.review import origin, printed
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.ddl.hazards import Hazard
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.draw.changed import Card
    from supabase_tasks.draw.review import Review, ReviewedFile, ReviewedHazard
    from supabase_tasks.flow.schema.comparison import Comparison
    from supabase_tasks.postgres import Server

# The rows of a table in the local database; None where nothing can be said.
Rows = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class UnlinkedReview:
    """A review but for the links, which depend on where it is written. `paths` are its files, in order."""

    review: Review
    settings: Settings
    paths: tuple[Path, ...]

    def html(self, page: Path) -> str:
        """The page, for the file `page`: links lead from there to the migrations."""
        from supabase_tasks.draw import review_page

        hosted = origin.hosted_links(self.settings)
        return review_page.page(self._with_links(lambda path: hosted(path) or origin.relative_link(path, page)))

    def markdown(self) -> str:
        """The review for a pull request; links lead into the repository of the CI job that runs."""
        from supabase_tasks.draw import review_markdown

        return review_markdown.markdown(self._with_links(origin.hosted_links(self.settings)))

    def _with_links(self, link: Callable[[Path], str]) -> Review:
        from dataclasses import replace

        files = self.review.files
        linked = (
            replace(file, link=link(path) if path.exists() else "")
            for file, path in zip(files, self.paths, strict=True)
        )
        return replace(self.review, files=tuple(linked))


def of_plan(
    settings: Settings, comparison: Comparison, plan: Plan, paths: Sequence[Path], rows: Rows
) -> UnlinkedReview:
    """The review of a proven plan whose files will be at `paths`: the comparison's copy of the history has them applied."""
    databases = comparison.databases
    names = [(path.name, file.sql) for path, file in zip(paths, plan.files, strict=True)]
    cards = printed.read(databases.server, databases.current, databases.clone).cards()
    title, unmodelled = plan.slug or "migration", plan.unmodelled
    review = _review(settings, title, plan.header, plan.hazards, cards, names, rows, unmodelled)
    return UnlinkedReview(review, settings, tuple(paths))


def of_files(
    settings: Settings,
    server: Server,
    before: str,
    after: str,
    paths: Sequence[Path],
    hazards: Iterable[Hazard],
    rows: Rows,
) -> UnlinkedReview:
    """The review of migration files: `after` is a copy of the database `before` that they were applied to."""
    cards = printed.read(server, before, after).cards()
    names = [(path.name, path.read_text(encoding="utf-8-sig")) for path in paths]
    title = paths[0].stem.partition("_")[2] if len(paths) == 1 else wording.count(len(paths), "migration")
    return UnlinkedReview(
        _review(settings, title, _change_counts(cards), hazards, cards, names, rows), settings, tuple(paths)
    )


def _review(
    settings: Settings,
    title: str,
    summary: str,
    hazards: Iterable[Hazard],
    cards: tuple[Card, ...],
    files: Sequence[tuple[str, str]],
    rows: Rows,
    unmodelled: tuple[str, ...] = (),
) -> Review:
    from supabase_tasks.diff.plan.summary import by_level
    from supabase_tasks.draw.review import Review

    return Review(
        title=title,
        summary=summary,
        origin=origin.read(settings),
        hazards=tuple(_review_hazard(hazard, rows) for hazard in by_level(hazards)),
        unmodelled=unmodelled,
        cards=cards,
        files=tuple(_file(name, sql) for name, sql in files),
        rows=_known_rows(cards, rows),
    )


def _review_hazard(hazard: Hazard, rows: Rows) -> ReviewedHazard:
    from supabase_tasks.diff.ddl.levels import INFORMS, LEVELS, level_of
    from supabase_tasks.draw.review import ReviewedHazard
    from supabase_tasks.sql_secrets import mask_secrets

    level = level_of(hazard)
    count = rows(hazard.relation) if hazard.relation and level is not INFORMS else None
    return ReviewedHazard(LEVELS.index(level), level.gist, level.mark, hazard.code, mask_secrets(hazard.message), count)


def _file(name: str, sql: str) -> ReviewedFile:
    from supabase_tasks.draw.review import ReviewedFile
    from supabase_tasks.sql_secrets import mask_secrets

    return ReviewedFile(name, mask_secrets(sql))


def _known_rows(cards: Iterable[Card], rows: Rows) -> dict[str, int]:
    """Rows of the tables that were there before; the local database knows them by that name."""
    found = {}
    for card in cards:
        if any(part.type == "TABLE" and part.before for part in card.parts):
            count = rows(card.former or card.owner)
            if count is not None:
                found[card.owner] = count
    return found


def _change_counts(cards: Sequence[Card]) -> str:
    """`+1 new object, ~2 changed`: what the migrations do, by the objects that they leave."""
    from collections import Counter

    signs = {"new": "+{} new", "changed": "~{} changed", "renamed": "→{} renamed", "gone": "−{} gone"}
    counts = Counter(card.action for card in cards)
    return ", ".join(sign.format(counts[action]) for action, sign in signs.items() if counts[action])
