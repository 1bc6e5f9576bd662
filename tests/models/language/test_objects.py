import pytest
from sqlalchemy import MetaData

from supabase_tasks.schema import Extension, Schema, SequenceOptions

nowhere = MetaData()


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Extension("citext", metadata=nowhere), "create extension if not exists citext schema extensions"),
        (Extension("pg_cron", schema=None, metadata=nowhere), "create extension if not exists pg_cron"),
        (
            Extension("a-b", "x", version="1.2", cascade=True, metadata=nowhere),
            "create extension if not exists \"a-b\" schema x version '1.2' cascade",
        ),
        (Schema("My app", metadata=nowhere), 'create schema if not exists "My app"'),
    ],
)
def test_statements(item: Extension | Schema, expected: str) -> None:
    assert item.statements() == [expected]


def test_a_sequence_belongs_to_a_column() -> None:
    options = SequenceOptions("s", "app", owned_by="t.id", unlogged=True, metadata=nowhere)
    assert options.statements() == [
        "alter sequence app.s owned by public.t.id",
        "alter sequence app.s set unlogged",
    ]
