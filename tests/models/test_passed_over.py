"""What only `create_all` would make is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from supabase_tasks.models import Models, summary
from supabase_tasks.models.collect import own_tables

Load = Callable[..., Models]
HEAD = """
import sqlalchemy as sa
from supabase_tasks.schema import View
m = sa.MetaData()
t = sa.Table("t", m, sa.Column("id", sa.Integer, primary_key=True), sa.Column("k", sa.Enum("a", name="k")))
"""
NAMED = {
    "table": (
        "sa.event.listen(t, 'after_create', sa.DDL('CREATE TRIGGER x'))",
        "after_create of public.t",
        "CREATE TRIGGER x",
    ),
    "metadata": (
        "sa.event.listen(m, 'before_create', sa.DDL('CREATE EXTENSION y'))",
        "of the MetaData",
        "CREATE EXTENSION y",
    ),
    "function": (
        "@sa.event.listens_for(t, 'before_create')\ndef made(*_, **__): ...",
        "before_create of public.t",
        "made",
    ),
    "postgresql": (
        "sa.event.listen(t, 'after_create', sa.DDL('SELECT 1').execute_if(dialect='postgresql'))",
        "of public.t",
        "SELECT 1",
    ),
}


@pytest.mark.parametrize(("code", "what", "how"), NAMED.values(), ids=NAMED)
def test_a_ddl_event_is_named(code: str, what: str, how: str, load: Load) -> None:
    (line,) = summary.of(load(f"{HEAD}\n{code}\n")).passed_over
    assert "the DDL event" in line and "is passed over" in line
    assert what in line and how in line


@pytest.mark.parametrize("code", ["", "sa.event.listen(t, 'after_create', sa.DDL('x').execute_if(dialect='mysql'))"])
def test_what_is_not_for_postgresql_and_what_is_made_anyway_is_not_named(code: str, load: Load) -> None:
    assert summary.of(load(f"{HEAD}\n{code}\n")).passed_over == ()


def test_events_of_several_metadata_are_named(load: Load) -> None:
    other = "n = sa.MetaData()\nsa.Table('u', n, sa.Column('id', sa.Integer, primary_key=True))\n"
    code = "sa.event.listen(n, 'after_create', sa.DDL('ONE'))\nsa.event.listen(t, 'after_create', sa.DDL('TWO'))\n"
    lines = summary.of(load(f"{HEAD}\n{other}{code}")).passed_over
    assert [("ONE" in line, "TWO" in line) for line in lines] == [(True, False), (False, True)]


def test_a_table_that_is_marked_as_a_view_is_not_made_and_named(load: Load) -> None:
    code = "v = sa.Table('v', m, sa.Column('id', sa.Integer), info={'is_view': True})\n"
    models = load(HEAD + code)
    assert [table.name for table in own_tables(models.metadata)] == ["t"]
    (line,) = summary.of(models).passed_over
    assert "public.v is marked is_view and is not created" in line
    second = HEAD + "n = sa.MetaData()\nw = sa.Table('w', n, sa.Column('id', sa.Integer), info={'is_view': True})\n"
    (line,) = summary.of(load(second)).passed_over
    assert "public.w is marked is_view and is not created" in line
    declared = load(f"{HEAD}{code}View('v', 'select id from public.t')\n")
    assert summary.of(declared).passed_over == ()
