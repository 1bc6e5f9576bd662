"""A text that PostgreSQL takes for a moment by its context is refused with its line; one that stays a text is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from supabase_tasks import postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models, desired
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server
Load = Callable[..., Models]
HEAD = """
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSTZRANGE
from sqlmodel import Field, SQLModel
from supabase_tasks.schema import Domain, Function, Policy, RowLevelSecurity, Sql, View

class T(SQLModel, table=True):
    __table_args__ = ({arguments})
    id: int = Field(primary_key=True)
    name: str
    at: str = Field(sa_column=sa.Column(sa.DateTime(timezone=True)))
    day: str = Field(sa_column=sa.Column(sa.Date))
    span: str = Field(sa_column=sa.Column(TSTZRANGE{span}))
{tail}
"""


def models(arguments: str = "", span: str = "", tail: str = "") -> str:
    return HEAD.format(arguments=arguments, span=span, tail=tail)


REFUSED = {
    "check": models("sa.CheckConstraint(\"at < 'tomorrow'\"),"),
    "the other side": models("sa.CheckConstraint(\"'YESTERDAY' < day\"),"),
    "between": models("sa.CheckConstraint(\"at between '2020-01-01' and 'today'\"),"),
    "in": models("sa.CheckConstraint(\"day in ('yesterday', 'today')\"),"),
    "with an hour": models("sa.CheckConstraint(\"at < 'tomorrow 10:00'\"),"),
    "coalesce": models("sa.CheckConstraint(\"coalesce(at, 'now') > '2020-01-01'\"),"),
    "a function's argument": models(
        "sa.CheckConstraint(\"date_trunc('day', at) < date_trunc('day', timestamptz 'epoch' + ('now' - at))\"),"
    ),
    "a range": models(span=", server_default=sa.text(\"'[now,tomorrow)'\")"),
    "index": models("sa.Index('i', 'id', postgresql_where=sa.text(\"day > 'today'\")),"),
    "policy": models("RowLevelSecurity(), Policy('p', using=\"at < 'now'\"),"),
    "view": models(tail="View('v', \"select id from t where at > 'today'\")"),
    "an unvalidated check": models("sa.CheckConstraint(\"at < 'tomorrow'\", postgresql_not_valid=True),"),
    "domain": models(tail="Domain('soon', sa.Date, check=\"value < 'tomorrow'\")"),
}


@pytest.fixture
def build(server: postgres.Server, settings: Settings, platform: str, load: Load) -> Iterator[Callable[[str], None]]:
    def make(text: str) -> None:
        server.drop(desired.build_desired(server, settings, load(text), platform))

    yield make


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_text_that_is_read_as_a_moment_is_refused_with_its_line(text: str, build: Callable[[str], None]) -> None:
    with pytest.raises(ModelsError, match="is a text that PostgreSQL takes for a moment here and reads once") as caught:
        build(text)
    assert re.search(r"now|today|tomorrow|yesterday", text.splitlines()[caught.value.data["line"] - 1], re.IGNORECASE)
    assert re.search(r": (now\(\)|current_date)", str(caught.value.next_step))


TAKEN = {
    "text": models("sa.CheckConstraint(\"name <> 'now'\"),"),
    "texts": models("sa.CheckConstraint(\"name in ('today', 'tomorrow')\"),"),
    "a word of a text": models("sa.CheckConstraint(\"name <> 'not now, it''s today' and at > '2020-01-01'\"),"),
    "a text when it is read": models("sa.CheckConstraint(\"at < 'tomorrow'::text::timestamptz\"),"),
    "a call": models("sa.CheckConstraint(\"at < now() + '1 day'\"),"),
    "view": models(tail="View('v', \"select id, 'today' as label from t where at > now()\")"),
    "a body": models(tail="Sql(\"create function f() returns bool language sql as $$ select now() > 'today' $$\")"),
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_a_text_that_stays_a_text_is_taken(text: str, build: Callable[[str], None]) -> None:
    build(text)


def test_the_database_is_what_the_models_say_afterwards(
    server: postgres.Server, settings: Settings, platform: str, load: Load
) -> None:
    text = models("sa.CheckConstraint(\"name <> 'now'\", name='c'),", tail="View('v', 'select * from t')")
    name = desired.build_desired(server, settings, load(text), platform)
    try:
        with server.connect(name) as connection:
            found = connection.execute(
                "select pg_get_constraintdef(oid) from pg_constraint where conname = 'c'"
            ).fetchone()
            assert found == ("CHECK (((name)::text <> 'now'::text))",)
            assert connection.execute("select to_regclass('public.v') is not null").fetchone() == (True,)
    finally:
        server.drop(name)
