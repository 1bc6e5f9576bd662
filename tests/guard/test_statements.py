from __future__ import annotations

import pytest

from supabase_tasks.guard import statements

RAN = ("-- lead\ncreate table a (id int)", "insert into a values (1)")


@pytest.mark.parametrize(
    ("text", "verbatim", "equivalent"),
    [
        ("-- lead\ncreate table a (id int);\n\n\ninsert into a values (1);;\n", True, True),
        ("-- lead\ncreate table a (id int);\ninsert into a values (1)", True, True),
        ("create table a (id int);\ninsert into a values (1);\n", False, True),
        ("-- lead\ncreate table a (id  int);\ninsert into a values (1);\n", False, True),
        ("-- lead\ncreate table a (id int);\n", False, False),
        ("-- lead\ncreate table a (id int);\ninsert into a values (1);\ndrop table a;\n", False, False),
        ("-- lead\ncreate table a (id int);\ninsert into a values ('1');\n", False, False),
        ("insert into a values (1);\n-- lead\ncreate table a (id int);\n", False, False),
        ("", False, False),
    ],
)
def test_verbatim_and_equivalent(text: str, verbatim: bool, equivalent: bool) -> None:
    assert statements.verbatim(text, RAN) is verbatim
    assert statements.equivalent(text, RAN) is equivalent


def test_an_empty_file_is_no_statements() -> None:
    assert statements.verbatim(" ;\n", ())


def test_the_difference_goes_from_what_ran_to_the_file() -> None:
    shown = statements.difference("create table a (id bigint);\n", ("create table a (id int)",))
    assert "-create table a (id int)" in shown
    assert "+create table a (id bigint);" in shown
