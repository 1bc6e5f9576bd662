"""The bars of the design ("Numbers to reach"), computed from the results of a run."""

from __future__ import annotations

from collections.abc import Iterator

from bench.cases import applying, diffing, first, growing, linting, listing, replaying, traffic
from bench.result import Bar, Table

OURS = "ours"
_SHORT, _LONG = 20, 2000


def bars(table: Table, sizes: tuple[int, ...]) -> list[Bar]:
    """Every bar that the run has numbers for."""
    return [bar for source in (_ratios(table, sizes), _absolutes(table, sizes)) for bar in source]


# By size: the unchanged check, the helper's and the plain way of writing a migration, each against drizzle-kit or Alembic.
_CHECK = {30: 0.4, 300: 0.2, 1000: 0.1}
_GENERATE = {30: 1.5, 300: 2.5, 1000: 3.0}
_WITHOUT_HELPER = {300: 2.5, 1000: 3.0}
_ALEMBIC = {30: 1.0, 300: 0.6}


def _ratios(table: Table, sizes: tuple[int, ...]) -> Iterator[Bar]:
    tables = [(size, f", {size:,} tables") for size in sizes]
    plain, generate = diffing.NO_HELPER, diffing.GENERATE
    wanted = [("inv --list / bare invoke", listing.CASE, 0, OURS, "bare invoke", 1.3)]
    for size, text in tables:
        wanted.append((f"check / drizzle-kit{text}", diffing.CHECK, size, OURS, "drizzle-kit", _CHECK[size]))
        wanted.append((f"generate / drizzle-kit{text}", generate, size, OURS, "drizzle-kit", _GENERATE[size]))
        if size in _WITHOUT_HELPER:
            name = f"generate without the helper / drizzle-kit{text}"
            wanted.append((name, generate, size, plain, "drizzle-kit", _WITHOUT_HELPER[size]))
        if size in _ALEMBIC:
            name = f"generate without the helper / Alembic{text}"
            wanted.append((name, generate, size, plain, "alembic", _ALEMBIC[size]))
        wanted.append((f"generate with / without the helper{text}", generate, size, OURS, plain, 1.0))
    wanted += [("reset / bare supabase", applying.RESET, 30, OURS, "bare supabase", 1.4)]
    for name, case, size, who, against, limit in wanted:
        if table.has(case, size, who) and table.has(case, size, against):
            worst = table.worst(case, size, who) / table.seconds(case, size, against)
            yield Bar(name, table.ratio(case, size, who, against), limit, "×", worst)


def _absolutes(table: Table, sizes: tuple[int, ...]) -> Iterator[Bar]:
    wanted = [
        ("first run on an empty cache", first.CASE, 30, 4.0),
        ("check, 1,000 tables and 2,000 migrations", growing.CHECK, 1000, 0.3),
        ("generate, 1,000 tables and 2,000 migrations", growing.GENERATE, 1000, 12.0),
    ]
    for name, case, size, limit in wanted:
        if table.has(case, size, OURS):
            yield Bar(name, table.seconds(case, size, OURS), limit, "s", table.worst(case, size, OURS))
    for case in (traffic.CONSTANT, traffic.ZONE):
        if table.has(case, traffic.ROWS, OURS):
            longest = table.worst(case, traffic.ROWS, OURS)
            yield Bar(case, table.seconds(case, traffic.ROWS, OURS), 0.5, "s", longest)
    if table.has(replaying.CASE, _LONG, OURS):
        growth = table.seconds(replaying.CASE, _LONG, OURS) / table.seconds(replaying.CASE, _SHORT, OURS)
        yield Bar("check after one new migration, 2,000 / 20 migrations", growth, 1.5, "×")
    if table.has(diffing.GENERATE, 1000, diffing.NO_HELPER):
        peak = table.peak(diffing.GENERATE, 1000, diffing.NO_HELPER)
        yield Bar("peak memory at 1,000 tables", peak, 250.0, "MiB")


# At least twice the largest ratio seen on a busy machine (inv --list 1.26, check 0.35, generate 1.6, reset 1.4, lint 7):
# a noisy machine must not fail a good change.
_GATED = (
    (listing.CASE, 0, "bare invoke", 2.6),
    (diffing.CHECK, 30, "drizzle-kit", 1.0),
    (diffing.GENERATE, 30, "drizzle-kit", 3.5),
    (applying.RESET, 30, "bare supabase", 3.0),
    (linting.CASE, 500, "squawk", 20.0),
)


def gate(table: Table) -> list[Bar]:
    """What CI fails on: ratios to a peer of the same run, never absolute times."""
    return [
        Bar(f"{case} / {against}", table.ratio(case, size, OURS, against), limit, "×")
        for case, size, against, limit in _GATED
        if table.has(case, size, OURS) and table.has(case, size, against)
    ]
