"""`PYTHONPATH=tests python -m support.generator --examples N [--seed S] [--renames] [--jobs N]`: random changes, both ways."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from support.generator.judge import Verdict
from support.generator.work import BASE, Judged, changed, connect, renamed

from supabase_tasks import postgres, state_dir
from supabase_tasks.postgres.cloning import copy_database
from supabase_tasks.postgres.platform import empty_template
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_TERMINATED = 143
_GROUND = Path(__file__).parents[2] / "diff" / "base.sql"


def main() -> int:
    """Print each fault with its seed, then the counts; 1 when there was a fault."""
    parser = argparse.ArgumentParser(prog="python -m support.generator")
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--renames", action="store_true", help="one rename with a few changes of one connected schema")
    parser.add_argument("--jobs", type=int, default=1, help="examples that are judged at the same time, on one server")
    parser.add_argument("--told", default="", help="outcomes that are told too, like refused,stopped,invalid")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    folder.chmod(0o755)
    os.environ[state_dir.ROOT_VARIABLE] = str(folder / "state")
    supabase = folder / "supabase"
    (supabase / "migrations").mkdir(parents=True)
    settings = Settings(root=folder, project="soak", supabase=supabase, migrations=supabase / "migrations")
    server = postgres.shadow(settings)
    try:
        ground(server, settings)
        found = soak(settings, asked)
    finally:
        postgres.stop(settings)
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if any(Verdict(outcome).is_fault for outcome in found) else 0


def _end(*_: object) -> None:
    """Ended from outside, it stops its server and says how far it came."""
    sys.exit(_TERMINATED)


def ground(server: postgres.Server, settings: Settings) -> None:
    """A database with the roles and platform objects of the scenarios."""
    postgres.platform_template(server, settings)
    with server.admin() as connection:
        copy_database(connection, empty_template(server), BASE)
    with server.connect(BASE) as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO postgres")
        connection.execute(f"GRANT CREATE ON DATABASE {BASE} TO postgres")
        connection.execute(_GROUND.read_text().encode())


def soak(settings: Settings, asked: argparse.Namespace) -> Counter[str]:
    """Judge examples by their seeds; faults are printed as they come."""
    started, counts = time.monotonic(), Counter[str]()
    try:
        for seed, moves, verdicts in _judged(settings, asked):
            for way, verdict in zip(("there", "back"), verdicts, strict=True):
                counts[verdict.outcome] += 1
                if verdict.is_fault or (asked.told and verdict.outcome in asked.told.split(",")):
                    told = f"{verdict.outcome} after {', '.join(moves)}\n{verdict.told}"
                    print(f"seed {seed}, {way}: {told}", flush=True)
    finally:
        took = f"{time.monotonic() - started:.0f} s"
        told = f"{sum(counts.values()) // 2} examples from seed {asked.seed} in {took}"
        print(f"{told}: {dict(sorted(counts.items()))}", flush=True)
    return counts


def _judged(settings: Settings, asked: argparse.Namespace) -> Iterator[Judged]:
    seeds = range(asked.seed, asked.seed + asked.examples)
    # A fresh interpreter each: a fork would share the parent's connections.
    with get_context("spawn").Pool(asked.jobs, connect, (settings,)) as pool:
        yield from pool.imap_unordered(renamed if asked.renames else changed, seeds)


if __name__ == "__main__":
    raise SystemExit(main())
