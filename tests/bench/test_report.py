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
    found += [result(growing.CHECK, 1000, "ours", 0.25)]
    values = {bar.name: (bar.value, bar.met) for bar in bars(Table(found), SIZES)}
    assert values["check after one new migration, 2,000 / 20 migrations"] == (2.0, False)
    assert values["check, 1,000 tables and 2,000 migrations"] == (0.25, True)


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
    assert "| bar | limit | 2026-11-23, run 1 | met |" in text
    assert "| check / drizzle-kit, 30 tables | ≤ 0.4 × | 0.33 × (0.36) | yes |" in text


def test_three_whole_runs_are_kept_and_a_bar_is_met_in_all_of_them(tmp_path: Path) -> None:
    for day, factor in ((20, 1.0), (21, 1.0), (22, 9.0), (23, 1.0)):
        found = [result(listing.CASE, 0, "ours", 0.15 * factor), result(listing.CASE, 0, "bare invoke", 0.14)]
        made = Report(f"2026-11-{day}", False, {}, {}, found, bars(Table(found), SIZES), [])
        report.write(made, tmp_path)
    text = (tmp_path / "RESULTS.md").read_text()
    assert "| bar | limit | 2026-11-21, run 1 | 2026-11-22, run 2 | 2026-11-23, run 3 | met |" in text
    row = "| inv --list / bare invoke | ≤ 1.3 × | 1.07 × (1.18) | 9.64 × (10.61) | 1.07 × (1.18) | **no** |"
    assert row in text
    # A quick run says nothing of them, and nothing is taken from one.
    quick = Report("2026-11-24", True, {}, {}, found, bars(Table(found), SIZES), [])
    report.write(quick, tmp_path)
    assert "| bar | limit | 2026-11-24, run 1 | met |" in (tmp_path / "RESULTS.md").read_text()
    report.write(made, tmp_path)
    assert len(json.loads((tmp_path / "results.json").read_text())["runs"]) == 1


def test_the_helper_and_the_way_without_it_have_their_bars_at_every_size() -> None:
    found = {bar.name: bar.limit for bar in bars(Table([*some(), result(diffing.GENERATE, 30, "alembic", 1.0)]), SIZES)}
    assert found["generate / drizzle-kit, 30 tables"] == 1.5
    assert found["generate / drizzle-kit, 1,000 tables"] == 3.0
    assert found["generate without the helper / drizzle-kit, 300 tables"] == 2.5
    assert found["generate without the helper / Alembic, 30 tables"] == 1.0
    assert found["generate with / without the helper, 300 tables"] == 1.0


def test_the_plot_has_a_line_for_each_contestant_in_each_case() -> None:
    picture = ElementTree.fromstring(plot.svg(some(), (diffing.CHECK, diffing.GENERATE)))
    lines = [element for element in picture.iter() if element.tag.endswith("polyline")]
    assert len(lines) == 5
    for line in lines:
        across = [float(pair.split(",")[0]) for pair in line.attrib["points"].split()]
        assert across == sorted(across)
        assert len(across) == 3
