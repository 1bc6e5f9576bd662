import pytest

from supabase_tasks.errors import LintError
from supabase_tasks.lint import pages


def test_a_page_has_problem_and_solution() -> None:
    text = pages.text("rls-disabled")
    assert text.startswith("# rls-disabled\n") and "## Problem" in text and "## Solution" in text


def test_an_unknown_rule_is_guessed_or_left_to_squawk() -> None:
    with pytest.raises(LintError) as caught:
        pages.text("rls-disable")
    assert caught.value.cause == "did you mean 'rls-disabled'?"
    with pytest.raises(LintError) as caught:
        pages.text("ban-drop-column")
    assert "squawkhq.com/docs/ban-drop-column" in (caught.value.cause or "")
