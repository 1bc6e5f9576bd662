"""Different spellings of one expression, and different expressions that must stay apart."""

from __future__ import annotations

import pytest

from supabase_tasks.diff.catalog.deparse import flatten


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("((a > 0) AND ((b > 0) AND (c > 0)))", "((a > 0) AND (b > 0) AND (c > 0))"),
        ("(((a) OR (b)) OR (c))", "((a) OR (b) OR (c))"),
        ("CHECK ((x AND (y AND (z AND w))))", "CHECK ((x AND y AND z AND w))"),
        ("((a) AND ((b) OR (c)))", "((a) AND ((b) OR (c)))"),
        ("((a) OR (NOT ((b) OR (c))))", "((a) OR (NOT ((b) OR (c))))"),
        ("(a AND f(b AND c))", "(a AND f(b AND c))"),
        ("(a AND (b AND c)::text)", "(a AND (b AND c)::text)"),
        ("(a = ' AND (b AND c)' AND (d AND e))", "(a = ' AND (b AND c)' AND d AND e)"),
        ("(a AND (b AND c)", "(a AND (b AND c)"),
        ("a) AND (b", "a) AND (b"),
    ],
)
def test_only_redundant_parentheses_of_one_connective_go(text: str, flat: str) -> None:
    assert flatten(text) == flat
