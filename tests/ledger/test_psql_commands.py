from __future__ import annotations

import pytest

from supabase_tasks.ledger.psql_commands import PsqlCommand, at, find, of
from supabase_tasks.ledger.splitting import split


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("\\restrict abc\n\ncreate table t (id int);\n", "\\restrict", 1),
        ("-- a dump\n\n\\connect postgres\nselect 1;\n", "\\connect", 3),
        ("create table t (id int);\n\\i other.sql\n", "\\i", 2),
        ("select 1;\n-- rows\ncopy public.t (id) from stdin;\n1\n\\.\n", "COPY … FROM stdin", 3),
        ("COPY t\n  (id)\n  FROM STDIN WITH (FORMAT csv);\n", "COPY … FROM stdin", 1),
    ],
)
def test_what_only_psql_runs_is_found_with_its_line(text: str, word: str, line: int) -> None:
    assert find(text) == PsqlCommand(word, line)


def test_a_statement_is_asked_about_itself() -> None:
    text = "creat table t ();\n\\i other.sql\n"
    there = PsqlCommand("\\i", 2)
    assert [of(statement, text) for statement in split(text)] == [None, there]
    assert [at(text, number) for number in (0, 1, None)] == [None, there, there]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select 'a\n\\restrict b';",
        "select $$\n\\i x\n$$;",
        "/*\n\\i x\n*/ select 1;",
        "copy t from '/tmp/x';",
        "select 1; -- \\i x\n",
        "comment on table t is 'copy from stdin';",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find(text) is None
