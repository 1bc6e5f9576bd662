"""What SQLAlchemy or PostgreSQL would read otherwise than it was meant is refused with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models
from supabase_tasks.models.ddl import ddl_statements

Load = Callable[..., Models]
HEAD = """
import sqlalchemy as sa
from sqlmodel import Field, SQLModel
from sqlalchemy.dialects.postgresql import JSONB
from supabase_tasks.schema import Policy, View

class T(SQLModel, table=True):
    __table_args__ = ({arguments})
    id: int = Field(primary_key=True)
    name: str = Field(sa_column_kwargs={{"server_default": {default}}})
    doc: dict = Field(sa_column=sa.Column(JSONB{doc}))
    at: str = Field(sa_column=sa.Column({at}))
{tail}
"""


def models(arguments: str = "", default: str = "None", doc: str = "", at: str = "sa.Text", tail: str = "") -> str:
    return HEAD.format(arguments=arguments, default=default, doc=doc, at=at, tail=tail)


COLONS = {
    "check": models(arguments="sa.CheckConstraint(\"name <> ' :free'\"),"),
    "default": models(default="sa.text(\"'at :noon'\")"),
    "json default": models(doc=", server_default=sa.text('\\'{\"on\":true}\\'::jsonb')"),
    "index predicate": models(arguments="sa.Index('i', 'name', postgresql_where=sa.text(\"name <> ' :free'\")),"),
    "index expression": models(arguments="sa.Index('i', sa.text(\"(name || ' :x')\")),"),
    "computed": models(at="sa.Text, sa.Computed(\"name || ' :x'\", persisted=True)"),
    "exclusion": models(
        arguments="sa.dialects.postgresql.ExcludeConstraint(('name', '='), where=sa.text(\"name <> ' :x'\")),"
    ),
    "policy": models(arguments="Policy('p', using=sa.text(\"name = ' :x'\")),"),
    "view": models(tail="View('v', sa.select(sa.text(\"' :x'\")))"),
}


@pytest.mark.parametrize("text", COLONS.values(), ids=COLONS)
def test_a_colon_that_would_be_a_parameter_is_never_null(text: str, load: Load) -> None:
    with pytest.raises(
        ModelsError, match=r"models_\d+\.py:\d+: .*SQLAlchemy takes :\w+ in SQL text for a parameter"
    ) as caught:
        ddl_statements(load(text))
    line = text.splitlines()[caught.value.data["line"] - 1]
    assert re.search(r"' :\w|at :noon|:true", line)


def test_a_colon_that_is_written_as_text_stays(load: Load) -> None:
    text = models(
        arguments="sa.CheckConstraint(sa.text('name > :least').bindparams(least='a')),",
        default=r"""sa.text("'at \\:noon, 10:30'::text")""",
        doc=", server_default=sa.text('\\'{\"on\": true}\\'::jsonb')",
    )
    (table,) = [statement.sql for statement in ddl_statements(load(text)) if statement.kind == "table"]
    assert "'at :noon, 10:30'::text" in table
    assert "name > 'a'" in table
    assert "NULL'" not in table


MOMENTS = {
    "now": models(at='sa.DateTime(timezone=True), server_default="now()"'),
    "bare now": models(at='sa.DateTime, server_default="now"'),
    "today": models(at='sa.Date, server_default="today"'),
    "current": models(at='sa.DateTime, server_default="CURRENT_TIMESTAMP"'),
    "cast": models(at="sa.DateTime, server_default=sa.text(\"'now'::timestamptz\")"),
    "no cast": models(at="sa.Time, server_default=sa.text(\"'now'\")"),
    "decorated": models(at='Stamp, server_default="now()"', tail="").replace(
        "class T(", "class Stamp(sa.TypeDecorator):\n    impl = sa.DateTime\n    cache_ok = True\n\nclass T("
    ),
    "uuid": models(at='sa.Uuid, server_default="gen_random_uuid()"'),
}


@pytest.mark.parametrize("text", MOMENTS.values(), ids=MOMENTS)
def test_a_default_that_is_a_text_where_a_call_is_meant_is_refused(text: str, load: Load) -> None:
    with pytest.raises(ModelsError, match=r"models_\d+\.py:\d+: the default .* of public\.t\.at is a text") as caught:
        ddl_statements(load(text))
    assert "sa.text(" in str(caught.value.next_step)


ANYWHERE = {
    "cast of a default": models(at="sa.DateTime, server_default=sa.text(\"CAST('now' AS timestamp)\")"),
    "typed default": models(at="sa.DateTime, server_default=sa.text(\"timestamp 'now'\")"),
    "typed with a zone": models(at="sa.DateTime, server_default=sa.text(\"timestamp (3) with time zone 'now'\")"),
    "check": models(arguments="sa.CheckConstraint(\"name < 'tomorrow'::timestamptz::text\"),"),
    "index": models(arguments="sa.Index('i', 'id', postgresql_where=sa.text(\"name > date 'today'\")),"),
    "policy": models(arguments="Policy('p', using=\"name > cast('yesterday' as date)::text\"),"),
    "view": models(tail="View('v', \"select * from t where name > 'now'::timestamptz::text\")"),
}


@pytest.mark.parametrize("text", ANYWHERE.values(), ids=ANYWHERE)
def test_a_moment_that_is_kept_as_a_constant_is_refused_with_its_line(text: str, load: Load) -> None:
    with pytest.raises(ModelsError, match="is a text that PostgreSQL reads once") as caught:
        ddl_statements(load(text))
    assert re.search(r"'(now|today|tomorrow|yesterday)'", text.splitlines()[caught.value.data["line"] - 1])
    assert re.search(r": (now\(\)|current_date( [+-] 1)?)$", str(caught.value.next_step))


GOOD = {
    "moment of a text": "sa.DateTime, server_default=sa.text(\"'now'::text::timestamp\")",
    "text": 'sa.Text, server_default="now()"',
    "function": "sa.DateTime, server_default=sa.func.now()",
    "call": "sa.DateTime, server_default=sa.text('now()')",
    "constant": 'sa.DateTime, server_default="2020-01-01 00:00:00"',
    "number": 'sa.Integer, server_default="7"',
    "uuid": 'sa.Uuid, server_default="00000000-0000-0000-0000-000000000000"',
}


@pytest.mark.parametrize("at", GOOD.values(), ids=GOOD)
def test_what_is_meant_as_it_stands_is_taken(at: str, load: Load) -> None:
    assert ddl_statements(load(models(at=at)))


def test_how_an_index_is_built_is_not_the_models_affair(load: Load) -> None:
    text = models(arguments="sa.Index('i', 'name', unique=True, postgresql_concurrently=True),")
    (index,) = [statement.sql for statement in ddl_statements(load(text)) if statement.kind == "index"]
    assert index == "CREATE UNIQUE INDEX i ON public.t (name)"
