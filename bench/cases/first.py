"""The very first `schema-generate` on a fresh clone: empty cache, no cluster, one column to add."""

from __future__ import annotations

import shutil

from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Workspace

CASE = "first run on an empty cache"


def run(work: Workspace, size: int = 30) -> list[Result]:
    """initdb, bootstrap, replay, import, diff and proof in one call."""
    project = work.ours("first", size, cache="cache-first")
    kept = frozenset(path.name for path in project.migrations.iterdir())
    cache = work.scratch / "cache-first"
    used = work.scratch / "caches-used"
    shutil.rmtree(used, ignore_errors=True)
    used.mkdir()

    def before(number: int) -> None:
        project.inv("supabase-stop")
        # Not removed: a file system that has just freed thousands of files is slower than one that a first run meets.
        cache.rename(used / str(number))
        for bytecode in project.folder.rglob("__pycache__"):
            shutil.rmtree(bytecode)
        project.rewrite(project.schema.with_column(f"extra_{number}"))

    def after(_: int) -> None:
        project.keep_migrations(kept)

    command = [INV, "schema-generate", "--name", "extra"]
    contestant = Contestant(command, project.folder, project.env, before, after)
    found = results(CASE, size, interleaved({"ours": contestant}, work.rounds))
    shutil.rmtree(used)
    return found
