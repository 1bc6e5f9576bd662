"""Lines that fit a terminal, and paths from where the person stands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from supabase_tasks import prose


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [20, 34, 50, 79, 80, 81])
@pytest.mark.parametrize(
    "line",
    [
        "error: pyproject.toml:8: [tool.supabase-tasks] local must be 'auto' or 'embedded' or 'docker' or 'native', not 3",
        "  a cause that is indented and goes on for longer than any line of a narrow terminal has room for",
        "Tabellen: наименование_клиента, 顧客の名前, société and yet another name that takes the line over its end",
    ],
)
def test_no_word_is_cut_and_none_is_lost(line: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = prose.fit(line, _Screen()).split("\n")
    assert " ".join(shown).split() == line.split()
    margin = len(line) - len(line.lstrip())
    assert all(prose.columns(one) <= width or len(one.split()) == 1 for one in shown)
    assert all(len(one) - len(one.lstrip()) == margin + 2 for one in shown[1:])


def test_what_fits_and_what_goes_into_a_pipe_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert prose.fit("two  blanks stay", _Screen()) == "two  blanks stay"
    assert prose.fit("word " * 40, io.StringIO()) == "word " * 40


def test_a_long_word_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    url = "https://example.org/" + "a" * 60
    assert url in prose.fit(f"see {url} for more of it", _Screen()).replace("\n", " ").split()


def test_wide_and_combining_characters_are_counted_as_a_terminal_does() -> None:
    assert prose.columns("顧客") == 4
    assert prose.columns("e\u0301te") == 3


def test_a_path_below_the_current_folder_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = tmp_path / "here", tmp_path / "here-not"
    inside.mkdir()
    monkeypatch.chdir(inside)
    told = f"{inside}/a.py:3: see {inside}/b/c.sql, {outside}/d.sql, {tmp_path}/e, file://{inside}/f and {inside}"
    assert (
        prose.from_here(told) == f"a.py:3: see b/c.sql, {outside}/d.sql, {tmp_path}/e, file://{inside}/f and {inside}"
    )


@pytest.mark.parametrize("word", ["a" * 95, "顧" * 40, "short " * 3 + "b" * 77])
def test_what_is_drawn_over_is_broken_where_a_word_is_too_long(word: str) -> None:
    lines = prose.wrap(word, 30, "  a) ", "     ", cut=True)
    assert all(prose.columns(line) <= 30 for line in lines)
    assert "".join(lines).replace(" ", "").removeprefix("a)") == word.replace(" ", "")
