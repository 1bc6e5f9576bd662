from pathlib import Path

from supabase_tasks.lint.ignores import Ignores
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import parse


def ignores(sql: str) -> Ignores:
    return Ignores(parse(Source(Path("0001_a.sql"), sql)))


def test_a_comment_before_inside_or_behind_a_statement_covers_it_alone() -> None:
    found = ignores(
        "select 1;\n"
        "-- lint-ignore a: before\n"
        "select 2;\n"
        "select\n"
        "  3 -- lint-ignore b: inside\n"
        ";\n"
        "select 4; -- lint-ignore c, d: behind\n"
        "select 5;\n"
    )
    covered = [(rule, line) for rule in "abcd" for line in (1, 3, 4, 5, 7, 8) if found.cover(rule, line)]
    assert covered == [("a", 3), ("b", 4), ("b", 5), ("c", 7), ("d", 7)]


def test_without_a_reason_it_counts_for_nothing() -> None:
    found = ignores("-- lint-ignore a\nselect 1;\n-- lint-ignore b:  \nselect 2;\n")
    assert not found.cover("a", 2) and not found.cover("b", 4)
    assert [(comment.line, comment.needs_reason, comment.reason) for comment in found.comments] == [
        (1, True, ""),
        (3, True, ""),
    ]


def test_squawks_own_comment_needs_no_reason() -> None:
    assert ignores("-- squawk-ignore ban-drop-column, a\nselect 1;\n").cover("a", 2)


def test_a_comment_for_the_file_covers_every_line() -> None:
    found = ignores("-- lint-ignore-file a: a dump of another tool\nselect 1;\n\n\nselect 2;\n")
    assert found.cover("a", 2) and found.cover("a", 5) and not found.cover("b", 2)


def test_two_statements_on_one_line_do_not_shift_the_next_ones() -> None:
    found = ignores("select 1; select 2;\n-- lint-ignore a: x\nselect 3;\nselect 4;\n")
    assert [line for line in (1, 3, 4) if found.cover("a", line)] == [3]
