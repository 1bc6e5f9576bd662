"""The large project: 1,000 tables and 2,000 migrations."""

from __future__ import annotations

from bench.cases import diffing
from bench.measure import interleaved
from bench.result import Result, results
from bench.workspace import Workspace

CHECK = "check, 2,000 migrations"
GENERATE = "generate, 2,000 migrations"


def run(work: Workspace, size: int = 1000, history: int = 2000) -> list[Result]:
    """An unchanged check and a one-column generate."""
    project = work.ours("large", size, history=history)
    project.inv("schema-check")
    found = results(CHECK, size, interleaved({"ours": diffing.our_check(project)}, work.rounds))
    return found + results(GENERATE, size, interleaved({"ours": diffing.our_generate(project)}, work.rounds))
