"""One run of the benchmark, whole or quick."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import machine, peers
from bench.bars import bars, gate
from bench.cases import applying, diffing, first, growing, linting, listing, replaying, traffic
from bench.result import Bar, Result, Table
from bench.workspace import Workspace

SIZES = (30, 300, 1000)
LENGTHS = (20, 200, 2000)
ROUNDS = 5
_Case = Callable[[Workspace], list[Result]]

WHOLE: dict[str, _Case] = {
    "list": listing.run,
    "diff": lambda work: diffing.run(work, SIZES),
    "first": first.run,
    "apply": applying.run,
    "replay": lambda work: replaying.run(work, LENGTHS),
    "lint": linting.run,
    "large": growing.run,
    "traffic": traffic.run,
}
QUICK: dict[str, _Case] = {
    "list": listing.run,
    "diff": lambda work: diffing.run(work, SIZES[:1], all_peers=False),
    "apply": applying.run,
    "lint": linting.run,
}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found out."""

    date: str
    quick: bool
    machine: dict[str, str]
    versions: dict[str, str]
    results: list[Result]
    bars: list[Bar]
    gate: list[Bar]

    def as_json(self) -> dict[str, object]:
        return {
            "date": self.date,
            "quick": self.quick,
            "machine": self.machine,
            "versions": self.versions,
            "results": [result.as_json() for result in self.results],
            "bars": [bar.as_json() for bar in self.bars],
            "gate": [bar.as_json() for bar in self.gate],
        }


def run(scratch: Path, *, quick: bool, only: tuple[str, ...] = (), say: Callable[[str], None]) -> Report:
    """Measure; `only` names the cases, all by default. Raises `MeasureError` when a contestant fails."""
    facts = machine.facts()
    work = Workspace(scratch, peers.install(scratch), ROUNDS)
    found: list[Result] = []
    try:
        for name, case in (QUICK if quick else WHOLE).items():
            if not only or name in only:
                say(f"measuring: {name}")
                found += case(work)
    finally:
        work.close()
    table = Table(found)
    today = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    return Report(today, quick, facts, work.peers.versions(), found, bars(table, SIZES), gate(table))
