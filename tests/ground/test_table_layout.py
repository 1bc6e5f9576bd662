"""Tables fit the width, and no word of theirs is cut: it is copied as a whole."""

from __future__ import annotations

import io
import re

import pytest

from supabase_tasks import table_layout

ROWS = [
    ["✓", "SUPABASE_PROJECT_REF_STAGING", "not set; needed for hosted targets"],
    ["·", "cache", "~/.cache/supabase-tasks"],
]


class Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [30, 50, 63, 64, 80, 120])
def test_no_word_is_cut_and_a_box_fits(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    shown = table_layout.draw_table(Terminal(), ["", "environment", ""], ROWS, None, coloured=False)
    shown = re.sub(r"\x1b\[\d*m", "", shown)
    words = shown.replace("│", " ").split()
    assert all(word in words for row in ROWS for cell in row for word in cell.split()), shown
    if "╭" in shown:
        assert {len(line) for line in shown.splitlines() if line} == {len(shown.splitlines()[0])}
        assert len(shown.splitlines()[0]) <= columns
    assert ("╭" in shown) == (columns > 60)


def test_where_a_box_would_cut_words_rows_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    rows = [["20261123101500_a_long_name_of_a_file.sql", "applied", "–"]]
    shown = table_layout.draw_table(Terminal(), ["migration", "local", "prod"], rows, None, coloured=False)
    assert shown == "migration\n20261123101500_a_long_name_of_a_file.sql\n  local: applied\n  prod: –\n"


@pytest.mark.parametrize(("columns", "boxes"), [(50, 0), (120, 2)])
def test_tables_that_are_shown_together_have_one_form(
    monkeypatch: pytest.MonkeyPatch, columns: int, boxes: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    narrow = (["", "python", ""], [["✓", "version", "3.11"]], None)
    shown = [*table_layout.draw_tables(Terminal(), [narrow, (["", "environment", ""], ROWS, None)], coloured=False)]
    assert [("╭" in one) for one in shown] == [bool(boxes)] * 2
    assert "3.11" in shown[0] and ROWS[0][1] in shown[1]


def test_no_colour_keeps_the_box_and_a_dumb_terminal_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_COLOR` asks for no colour, and says nothing of lines; a dumb terminal draws neither."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = {}
    for term, coloured in (("xterm", True), ("xterm", False), ("dumb", False)):
        monkeypatch.setenv("TERM", term)
        shown[term, coloured] = table_layout.draw_table(
            Terminal(), ["", "environment", ""], ROWS, None, coloured=coloured
        )
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown["xterm", True])
    assert "╭" in plain and plain == re.sub(r"\x1b\[[\d;]*m", "", shown["xterm", False])
    assert not re.search(r"\x1b\[3\d", shown["xterm", False])
    assert "╭" not in shown["dumb", False] and "\x1b" not in shown["dumb", False]
