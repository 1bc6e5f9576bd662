from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supabase_tasks.errors import GuardError
from supabase_tasks.guard import statements
from supabase_tasks.ledger import splitting

RAN = ("create table a (id int)", "-- the second\ncreate table b (id int)")


@pytest.mark.parametrize(
    ("text", "ran", "form_only"),
    [
        ("create table a (id int);\n-- the second\ncreate table b (id int);\n", True, True),
        ("create table a (id int)  ;\r\n\r\n;;-- the second\ncreate table b (id int)", True, True),
        ("create table a (id int);\ncreate table b (id int);\n", False, True),
        ("create table a (id  int);\n-- the second\ncreate table b (id int);\n", False, True),
        ("create table a (id int) -- the second\n;create table b (id int);\n", False, True),
        ("create table a (id int)\n-- the second\ncreate table b (id int);\n", False, False),
        ("create table a (id int); -- the second; create table b (id int);\n", False, False),
        ("-- the second\ncreate table b (id int);\ncreate table a (id int);\n", False, False),
        ("create table a (id int);\n", False, False),
        ("", False, False),
        ("create table a (id bigint);\n-- the second\ncreate table b (id int);\n", False, False),
        ("create table a (id int);\n-- the second\ncreate table b (id int);\ndrop table a;\n", False, False),
    ],
)
def test_the_same_statements_or_not(text: str, ran: bool, form_only: bool) -> None:
    assert statements.matches_history(text, RAN) is ran
    assert statements.differs_in_form_only(text, RAN) is form_only


def test_nothing_recorded_is_not_the_same_as_nothing_that_ran() -> None:
    assert statements.matches_history(" ;\n", ())
    assert not statements.matches_history(" ;\n", None)
    assert not statements.matches_history("-- only", ())
    assert statements.matches_history("-- only\n", ("-- only",))


def test_what_either_major_recorded_counts() -> None:
    text = "select 1 /*/ ; select 2 /*/;"
    assert statements.matches_history(text, ("select 1 /*/", "select 2 /*/"))
    assert statements.matches_history(text, ("select 1 /*/ ; select 2 /*/",))


def test_the_difference_shows_what_ran_and_what_the_file_says() -> None:
    shown = statements.difference("create table a (id bigint);\n", ("create table a (id int)",))
    assert "-create table a (id int);" in shown
    assert "+create table a (id bigint);" in shown


def test_the_difference_is_none_where_only_blanks_between_statements_differ() -> None:
    recorded = ("create table a (id int)", "-- why\nalter table a alter id set not null", "select 1")
    file = "create table a (id int) ;\n\n\n-- why\nalter table a alter id set not null\n;\n\nselect 2"
    changed = [line for line in statements.difference(file, recorded).split("\n")[2:] if line[0] in "+-"]
    assert changed == ["-select 1;", "+select 2;"]


@given(st.text(alphabet="ab ;'$-/*()\n\r", max_size=40))
def test_a_record_of_the_cli_becomes_a_file_that_is_recorded_so(text: str) -> None:
    recorded = splitting.texts(text)
    # An unfinished quote or comment hides the semicolon that a file would need behind it; PostgreSQL takes none.
    if splitting.texts(text + "\n;x") == (*recorded, "x"):
        assert statements.matches_history(statements.file_of("0000_a", recorded), recorded)


def test_a_record_that_no_file_leaves_is_refused() -> None:
    with pytest.raises(GuardError) as caught:
        statements.file_of("0000_a", ("select 1; select 2",))
    assert caught.value.code == "nothing-to-fetch"
