"""A run as a table, JSON, `RESULTS.md` and a plot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bench import plot
from bench.cases import diffing
from bench.result import Bar, Result
from bench.run import Report

COLUMNS = ("case", "size", "who", "median", "spread", "peak")
_BAR_COLUMNS = ("bar", "measured", "limit", "met")
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
    """`results.json`, `growth.svg` and `RESULTS.md` in `folder`; returns their paths."""
    texts = {
        "results.json": json.dumps(report.as_json(), indent=2) + "\n",
        "growth.svg": plot.svg(report.results, _PLOTTED),
        "RESULTS.md": markdown(report),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def markdown(report: Report) -> str:
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
            _table(_BAR_COLUMNS, bar_rows(report.bars)),
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
