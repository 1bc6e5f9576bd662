"""A full check after one new migration, on histories of growing length: the replay must not grow with them."""

from __future__ import annotations

from collections.abc import Callable

from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Project, Workspace, neutral

CASE = "check after one new migration (size: migrations)"


def run(work: Workspace, lengths: tuple[int, ...], size: int = 30) -> list[Result]:
    """The same models every time; the new migration changes nothing, so the check must agree."""
    contestants: dict[int, Contestant] = {}
    for length in lengths:
        project = work.ours(f"history-{length}", size, history=length)
        project.inv("schema-check")
        contestants[length] = Contestant([INV, "schema-check"], project.folder, project.env, _one_more(project))
    found = interleaved({str(length): contestant for length, contestant in contestants.items()}, work.rounds)
    return [result for length in lengths for result in results(CASE, length, {"ours": found[str(length)]})]


def _one_more(project: Project) -> Callable[[int], None]:
    def add(_: int) -> None:
        project.add_migrations(neutral(project.schema, 1))

    return add
