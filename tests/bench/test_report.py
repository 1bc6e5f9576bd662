from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from bench import plot, report
from bench.bars import bars, gate
from bench.cases import diffing, growing, listing, replaying
from bench.measure import Series
from bench.result import Result, Table
from bench.run import SIZES, Report


def result(case: str, size: int, who: str, seconds: float, peak: float = 50.0) -> Result:
    return Result(case, size, who, Series((seconds, seconds * 0.9, seconds * 1.1), peak))


def some() -> list[Result]:
    found = [result(listing.CASE, 0, "ours", 0.15), result(listing.CASE, 0, "bare invoke", 0.14)]
    for size, theirs in ((30, 0.4), (300, 0.9), (1000, 2.7)):
        for case in (diffing.CHECK, diffing.GENERATE):
            found += [result(case, size, "ours", size / 1000 + 0.1), result(case, size, "drizzle-kit", theirs)]
        found.append(result(diffing.GENERATE, size, diffing.NO_HELPER, size / 1000 + 0.5, 280))
    return found


def test_bars_are_ratios_of_medians() -> None:
    found = {bar.name: bar for bar in bars(Table(some()), SIZES)}
    check = found["check / drizzle-kit, 30 tables"]
    assert round(check.value, 3) == round(0.13 / 0.4, 3)
    assert check.met
    assert found["peak memory at 1,000 tables"].value == 280
    assert not found["inv --list / bare invoke"].value > 1.3


def test_a_bar_that_is_not_met_says_so() -> None:
    slow = [result(listing.CASE, 0, "ours", 0.3), result(listing.CASE, 0, "bare invoke", 0.14)]
    (bar,) = bars(Table(slow), SIZES)
    assert not bar.met
    assert report.bar_rows([bar])[0][-1] == "**no**"


def test_growth_and_absolute_bars() -> None:
    found = [result(replaying.CASE, 20, "ours", 1.0), result(replaying.CASE, 2000, "ours", 2.0)]
    found += [result(growing.CHECK, 1000, "ours", 0.5)]
    values = {bar.name: (bar.value, bar.met) for bar in bars(Table(found), SIZES)}
    assert values["check after one new migration, 2,000 / 20 migrations"] == (2.0, False)
    assert values["check, 1,000 tables and 2,000 migrations"] == (0.5, True)


def test_the_gate_fails_on_gross_regressions_only() -> None:
    usual = [result(listing.CASE, 0, "ours", 0.3), result(listing.CASE, 0, "bare invoke", 0.14)]
    gross = [result(listing.CASE, 0, "ours", 0.9), result(listing.CASE, 0, "bare invoke", 0.14)]
    assert [bar.met for bar in gate(Table(usual))] == [True]
    assert [bar.met for bar in gate(Table(gross))] == [False]


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    table = Table(some())
    made = Report("2026-11-23", False, {"cores": "2"}, {"node": "20"}, some(), bars(table, SIZES), gate(table))
    assert [path.name for path in report.write(made, tmp_path)] == ["results.json", "growth.svg", "RESULTS.md"]
    document = json.loads((tmp_path / "results.json").read_text())
    assert len(document["results"]) == len(some())
    text = (tmp_path / "RESULTS.md").read_text()
    assert "| check / drizzle-kit, 30 tables | 0.33 × | ≤ 0.5 × | yes |" in text


def test_the_plot_has_a_line_for_each_contestant_in_each_case() -> None:
    picture = ElementTree.fromstring(plot.svg(some(), (diffing.CHECK, diffing.GENERATE)))
    lines = [element for element in picture.iter() if element.tag.endswith("polyline")]
    assert len(lines) == 5
    for line in lines:
        across = [float(pair.split(",")[0]) for pair in line.attrib["points"].split()]
        assert across == sorted(across)
        assert len(across) == 3
