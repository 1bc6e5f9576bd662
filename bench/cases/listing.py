"""`inv --list` against the same on a task file with one empty task."""

from __future__ import annotations

from bench import schema
from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Workspace
from bench.write import sqlmodel

CASE = "inv --list"
_BARE = "from invoke import task\n\n\n@task\ndef nothing(context):\n    pass\n"


def run(work: Workspace) -> list[Result]:
    """One result each for `ours` and `bare invoke`."""
    ours, bare = work.scratch / "projects" / "listing", work.scratch / "projects" / "bare"
    sqlmodel.write(ours, schema.build(1))
    bare.mkdir(parents=True, exist_ok=True)
    (bare / "tasks.py").write_text(_BARE)
    contestants = {
        "ours": Contestant([INV, "--list"], ours, work.env, done=lambda text: "schema-check" in text),
        "bare invoke": Contestant([INV, "--list"], bare, work.env, done=lambda text: "nothing" in text),
    }
    return results(CASE, 0, interleaved(contestants, max(work.rounds, 9)))
