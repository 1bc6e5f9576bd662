"""`inv bench`: a task of this repository, not of the tool."""

from __future__ import annotations

from supabase_tasks.tasks.boundary import task


@task(
    help={
        "quick": "30 tables, drizzle-kit and the bare CLI only; fails on gross regressions (what CI runs).",
        "only": "Names of cases, by comma: list, diff, first, apply, replay, lint, large, traffic.",
        "out": "The folder for RESULTS.md, results.json and growth.svg (default: a folder in the cache).",
        "json": "One JSON document on standard output.",
    },
    auto_shortflags=False,
)
def bench(_context: object, quick: bool = False, only: str = "", out: str = "", json: bool = False) -> None:
    """Measure this tool against drizzle-kit, Alembic, pg-delta, squawk and the bare Supabase CLI."""
    from pathlib import Path

    from bench import report as reports
    from bench.run import run
    from supabase_tasks import console
    from supabase_tasks.errors import TaskError
    from supabase_tasks.state_dir import state_root

    scratch = state_root() / "bench"
    done = run(scratch, quick=quick, only=tuple(filter(None, only.split(","))), say=console.note)
    written = reports.write(done, Path(out) if out else scratch / "report")
    console.table(reports.COLUMNS, reports.rows(done.results))
    console.table(("bar", "measured", "limit", "met"), reports.bar_rows(done.bars))
    console.say("wrote " + ", ".join(str(path) for path in written))
    console.report(done.as_json())
    failed = [bar for bar in done.gate if not bar.met]
    if quick and failed:
        raise TaskError(
            "far slower than it was: " + "; ".join(f"{bar.name} {bar.value:.2f}" for bar in failed),
            cause=f"the limits (bench/README.md): {', '.join(f'{bar.limit:g}' for bar in failed)}",
            next_step="inv bench --only diff  (and profile what changed)",
            code="slower",
        )
