"""A run as a table, JSON, `RESULTS.md` and a plot."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import plot
from bench.cases import diffing
from bench.result import Bar, Result
from bench.run import Report

COLUMNS = ("case", "size", "who", "median", "spread", "peak")
# How many whole runs a folder keeps: one that is good by luck is not followed by two more.
_KEPT = 3
_Run = Mapping[str, Any]
_PLOTTED = (diffing.CHECK, diffing.GENERATE)


def rows(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """The results as text: median in seconds, spread in percent of it, peak in MiB."""
    return [
        (
            result.case,
            f"{result.size:,}" if result.size else "",
            result.who,
            f"{result.series.median:.2f} s",
            f"{result.series.spread:.0%}",
            f"{result.series.peak_mib:.0f} MiB",
        )
        for result in results
    ]


def bar_rows(bars: Sequence[Bar]) -> list[tuple[str, ...]]:
    """The bars as text."""
    return [
        (bar.name, f"{bar.value:.2f} {bar.unit}", f"≤ {bar.limit:g} {bar.unit}", "yes" if bar.met else "**no**")
        for bar in bars
    ]


def write(report: Report, folder: Path) -> list[Path]:
    """`results.json`, `growth.svg` and `RESULTS.md` in `folder`; returns their paths.

    The bars of the whole runs that were written there before stay, three of them with this one.
    """
    runs = [*_earlier(folder), {"date": report.date, "load": report.machine.get("load"), "bars": _values(report.bars)}]
    kept = runs[-1:] if report.quick else runs[-_KEPT:]
    texts = {
        "results.json": json.dumps({**report.as_json(), "runs": kept}, indent=2) + "\n",
        "growth.svg": plot.svg(report.results, _PLOTTED),
        "RESULTS.md": markdown(report, kept),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _values(bars: Sequence[Bar]) -> dict[str, tuple[float, float | None]]:
    return {bar.name: (round(bar.value, 3), None if bar.worst is None else round(bar.worst, 3)) for bar in bars}


def _earlier(folder: Path) -> list[_Run]:
    """The whole runs that the folder knows."""
    try:
        found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [] if found.get("quick") else list(found.get("runs", ()))


def _table_of_runs(bars: Sequence[Bar], runs: Sequence[_Run]) -> str:
    """Each bar in each run: the ratio of the medians, and in brackets that of our slowest round."""
    columns = ("bar", "limit", *(f"{run['date']}, run {number}" for number, run in enumerate(runs, 1)), "met")
    lines = []
    for bar in bars:
        values = [run["bars"].get(bar.name) for run in runs]
        met = all(value is not None and value[0] <= bar.limit for value in values)
        shown = (_shown(value, bar.unit) for value in values)
        lines.append((bar.name, f"≤ {bar.limit:g} {bar.unit}", *shown, "yes" if met else "**no**"))
    return _table(columns, lines)


def _shown(value: Sequence[float | None] | None, unit: str) -> str:
    if value is None:
        return "–"
    median, worst = value
    return f"{median:.2f} {unit}" + ("" if worst is None else f" ({worst:.2f})")


def markdown(report: Report, runs: Sequence[_Run]) -> str:
    """The whole report for people; what a number means is in bench/README.md."""
    machine = ", ".join(f"{name} {value}" for name, value in report.machine.items())
    versions = ", ".join(f"{name} {value}" for name, value in report.versions.items())
    return "\n".join(
        [
            "# Results",
            "",
            f"{report.date}, `inv bench{' --quick' if report.quick else ''}`. Written by the benchmark; see README.md"
            " for what is measured and how.",
            "",
            f"- Machine: {machine}",
            f"- Versions: {versions}",
            "",
            "## Bars",
            "",
            "Of the medians; in brackets, our slowest round of five. A bar is met when every run here met it.",
            "",
            _table_of_runs(report.bars, runs),
            "",
            "![growth](growth.svg)",
            "",
            "## Everything",
            "",
            _table(COLUMNS, rows(report.results)),
            "",
        ]
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
