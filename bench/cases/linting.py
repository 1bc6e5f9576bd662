"""`migrations-lint` of 500 migrations against bare squawk on the same files."""

from __future__ import annotations

from bench import schema
from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Workspace, neutral
from bench.write import sqlmodel

CASE = "lint (size: migrations)"


def run(work: Workspace, count: int = 500) -> list[Result]:
    """Both have findings, so the exit code says nothing; both must have looked at the last file."""
    folder = work.scratch / "projects" / "lint"
    described = schema.build(30)
    sqlmodel.write(folder, described)
    migrations = folder / "supabase" / "migrations"
    for number, text in enumerate(neutral(described, count)):
        (migrations / f"{number:04}_step.sql").write_text(text)
    last = f"{count - 1:04}_step.sql"
    files = sorted(str(path) for path in migrations.glob("*.sql"))
    contestants = {
        "ours": Contestant([INV, "migrations-lint"], folder, work.env, done=lambda text: last in text),
        "squawk": Contestant([work.peers.squawk, *files], folder, work.env, done=lambda text: last in text),
    }
    return results(CASE, count, interleaved(contestants, work.rounds))
