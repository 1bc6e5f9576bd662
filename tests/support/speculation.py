"""`python -m support.speculation STEPS SEED`: a random walk of the reference application's models, in which every step is also
built with a part of the former statements first. Whenever `ahead.rest` allows that, both databases must be equal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from support.walk import Walk

from supabase_tasks import postgres
from supabase_tasks import settings as settings_file
from supabase_tasks.diff.proof import dump, proof
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.models import desired, loading, speculation
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.models.declaration import Statement


def main(steps: int, seed: int) -> None:
    settings = settings_file.load(Path(__file__).parents[2])
    walk = Walk(loading.load(settings), seed)
    server = postgres.shadow(settings)
    platform = postgres.platform_template(server, settings)
    # Of its own: the walk's dice make models that PostgreSQL takes.
    dice = Random(seed)
    before = ddl_statements(walk.now())
    used = 0
    try:
        for number in range(1, steps + 1):
            moves = [walk.step() for _ in range(walk.dice.randint(1, 3))]
            models = walk.now()
            now = ddl_statements(models)
            ran = _some(dice, before, now)
            before = now
            left = speculation.remaining(ran, before)
            print(f"step {number}: {', '.join(moves)}: {len(ran)} ahead, {'refused' if left is None else len(left)}")
            if left is None:
                continue
            first = server.clone(platform)
            with server.migrator(first) as connection:
                desired.lay_baseline(connection, settings)
                desired.apply(connection, ran)
                desired.apply(connection, left)
            whole = desired.build_desired(server, settings, models, platform)
            _demand_equal(server, first, whole)
            server.discard(first, whole)
            used += 1
    finally:
        postgres.stop(settings)
    print(f"walked {steps} steps, {used} ahead")


def _some(dice: Random, before: Sequence[Statement], now: Sequence[Statement]) -> list[Statement]:
    """What would have run if the files that changed, and some others, were known to have."""
    texts = {one.sql for one in now}
    changed = {str(one.origin.file) for one in before if one.origin and one.sql not in texts}
    others = sorted({str(one.origin.file) for one in before if one.origin} - changed)
    return speculation._untouched_statements(
        before, changed | set(dice.sample(others, dice.randint(0, len(others) // 2)))
    )


def _demand_equal(server: postgres.Server, first: str, whole: str) -> None:
    with server.connect(first) as one, server.connect(whole) as other:
        assert proof.compare(read_snapshot(one), read_snapshot(other)) == []
    assert dump.differences(dump.take(server, first), dump.take(server, whole)) == []


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
