"""Unchanged `schema-check` and one-column `schema-generate` against the peers, on the same schema."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Contestant, interleaved
from bench.result import Result, results
from bench.workspace import INV, Project, Workspace
from bench.write import drizzle
from supabase_tasks import memo, postgres, progress
from supabase_tasks.ledger import files as ledger

CHECK = "check, nothing changed"
GENERATE = "generate, one column added"
NO_HELPER = "ours, no helper"
WITHOUT_HELPER = {"SUPABASE_TASKS_PRELOAD": "0"}
# Alembic takes half a minute for 1,000 tables, twelve times a run.
_LARGEST_FOR_ALL = 300
_SETTLED_SECONDS = 2.5
_UNCHANGED = "No schema changes"


def run(work: Workspace, sizes: tuple[int, ...], *, all_peers: bool = True) -> list[Result]:
    """For each size both cases, all contestants interleaved."""
    found: list[Result] = []
    for size in sizes:
        project = work.ours(f"tables-{size}", size)
        other = work.drizzle(f"drizzle-{size}", size)
        with databases(project) as (old, new, login):
            check = {"ours": our_check(project), "drizzle-kit": _drizzle_check(work, other)}
            generate = {"ours": our_generate(project), "drizzle-kit": _drizzle_generate(work, other, project)}
            if all_peers:
                generate[NO_HELPER] = our_generate(project, WITHOUT_HELPER)
            if all_peers and size <= _LARGEST_FOR_ALL:
                # It fills the memo again for the next round of the first.
                check["ours, memo empty"] = _our_full_check(project)
                check |= {
                    "alembic": alembic(work, project, old, login, changed=False),
                    "pg-delta": pg_delta(work, old, old, login),
                }
                generate |= {
                    "alembic": alembic(work, project, old, login, changed=True),
                    "pg-delta": pg_delta(work, old, new, login),
                }
            found += results(CHECK, size, interleaved(check, work.rounds))
            found += results(GENERATE, size, interleaved(generate, work.rounds))
    return found


@contextmanager
def databases(project: Project) -> Iterator[tuple[str, str, dict[str, str]]]:
    """URLs of two databases on the project's shadow server, the history and the history with one column more, and the
    environment in which a peer may log in there."""
    os.environ.update(project.env)
    server = postgres.shadow(project.settings)
    template = postgres.history_template(server, project.settings, ledger.read(project.settings))
    # The replay's word would be repeated while everything else is measured.
    progress.end()
    with server.scratch(template) as old, server.scratch(template) as new:
        with server.connect(new) as connection:
            connection.execute(f"alter table public.{project.schema.tables[-1].name} add column extra text")
        yield server.url(old), server.url(new), {"PGPASSWORD": server.password or ""}


def our_check(project: Project) -> Contestant:
    """`inv schema-check`; the warm-up round fills the memo."""
    return Contestant([INV, "schema-check"], project.folder, project.env)


def _our_full_check(project: Project) -> Contestant:
    def forget(_: int) -> None:
        memo.forget(project.settings)

    return Contestant([INV, "schema-check"], project.folder, project.env, before=forget)


def our_generate(project: Project, env: Mapping[str, str] | None = None) -> Contestant:
    """`inv schema-generate` after one column was added; the new file is taken away again."""
    kept = frozenset(path.name for path in project.migrations.iterdir())

    # A new name every time: no cache may know the answer.
    def before(number: int) -> None:
        project.rewrite(project.schema.with_column(f"extra_{number}"))

    def after(_: int) -> None:
        project.keep_migrations(kept)
        project.rewrite(project.schema)
        # A worker fills the clone pool after its caller has ended: not at the expense of who comes next.
        time.sleep(_SETTLED_SECONDS)

    def done(_: str) -> bool:
        (new,) = (path for path in project.migrations.iterdir() if path.name not in kept)
        return "extra_" in new.read_text()

    command = [INV, "schema-generate", "--name", "extra"]
    return Contestant(command, project.folder, {**project.env, **(env or {})}, before, after, done)


def _drizzle_check(work: Workspace, folder: Path) -> Contestant:
    command = [work.peers.drizzle, "generate"]
    return Contestant(command, folder, work.env, done=lambda text: _UNCHANGED in text)


def _drizzle_generate(work: Workspace, folder: Path, project: Project) -> Contestant:
    kept, changed = folder / "drizzle", folder / "drizzle.kept"
    shutil.copytree(kept, changed, dirs_exist_ok=True)

    def before(number: int) -> None:
        _write(folder, drizzle.models(project.schema.with_column(f"extra_{number}")))

    def after(_: int) -> None:
        _write(folder, drizzle.models(project.schema))
        shutil.rmtree(kept)
        shutil.copytree(changed, kept)

    def done(_: str) -> bool:
        return "extra_" in sorted(kept.glob("*.sql"))[-1].read_text()

    return Contestant([work.peers.drizzle, "generate"], folder, work.env, before, after, done)


def alembic(work: Workspace, project: Project, url: str, login: Mapping[str, str], *, changed: bool) -> Contestant:
    """Alembic's autogenerate: a revision with the new column when `changed`, an empty one otherwise."""
    versions = project.folder / "alembic" / "versions"

    def before(number: int) -> None:
        if changed:
            project.rewrite(project.schema.with_column(f"extra_{number}"))

    def after(_: int) -> None:
        for path in versions.glob("*.py"):
            path.unlink()
        project.rewrite(project.schema)

    def done(_: str) -> bool:
        scripts = [path.read_text() for path in versions.glob("*.py")]
        return len(scripts) == 1 and ("extra_" in scripts[0]) == changed

    command = [work.peers.alembic, "revision", "--autogenerate", "-m", "extra"]
    env = {
        **project.env,
        **login,
        "BENCH_DATABASE_URL": url.replace("postgresql://", "postgresql+psycopg://"),
        "PYTHONPATH": ".",
    }
    return Contestant(command, project.folder, env, before, after, done)


def pg_delta(work: Workspace, old: str, new: str, login: Mapping[str, str]) -> Contestant:
    """The Supabase CLI's own comparison of two databases."""
    command = [work.peers.supabase, "db", "diff", "--from", old, "--to", new]
    return Contestant(command, work.scratch, {**work.env, **login}, done=lambda text: ("extra" in text) == (old != new))


def _write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        if path.read_text() != text:
            path.write_text(text)
