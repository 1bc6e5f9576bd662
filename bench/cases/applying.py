"""`supabase-db-reset` and `supabase-db-push-local` against the bare CLI calls that they wrap."""

from __future__ import annotations

import os
from collections.abc import Callable

from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Project, Workspace
from supabase_tasks import postgres

RESET = "db reset, 19 migrations"
PUSH = "db push, one migration"
_HISTORY = 19


def run(work: Workspace, size: int = 30) -> list[Result]:
    """Two equal projects with a database each: one for ours, one for the bare CLI."""
    ours, theirs = (work.ours(f"apply-{who}", size, history=_HISTORY) for who in ("ours", "bare"))
    for project in (ours, theirs):
        project.inv("supabase-db-reset")
    os.environ.update(theirs.env)
    server = postgres.local(theirs.settings)
    remote = f"--remote={server.url()}"
    # The CLI takes the password of a URL from here.
    bare_env = {**theirs.env, "PGPASSWORD": server.password or ""}
    bare = [work.peers.supabase, "db"]
    reset = {
        "ours": Contestant([INV, "supabase-db-reset"], ours.folder, ours.env),
        "bare supabase": Contestant([*bare, "reset", remote, "--yes"], theirs.folder, bare_env),
    }
    push = {
        "ours": Contestant([INV, "supabase-db-push-local"], ours.folder, ours.env, before=_one_more(ours)),
        "bare supabase": Contestant([*bare, "push", remote, "--yes"], theirs.folder, bare_env, _one_more(theirs)),
    }
    found = results(RESET, size, interleaved(reset, work.rounds))
    return found + results(PUSH, size, interleaved(push, work.rounds))


def _one_more(project: Project) -> Callable[[int], None]:
    table = project.schema.tables[0].name

    def add(number: int) -> None:
        project.add_migrations([f"alter table public.{table} add column pushed_{number} text;\n"])

    return add
