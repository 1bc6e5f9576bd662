from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.language.base import attached_to, expression_text, here, registered_in, table_items
from supabase_tasks.schema import Extension, Policy, RowLevelSecurity, Sql

notes = Table("notes", MetaData(), Column("id", Integer))


def test_the_origin_is_the_authors_line() -> None:
    line = test_the_origin_is_the_authors_line.__code__.co_firstlineno
    origin = here()
    assert origin is not None and (origin.file, origin.line) == (Path(__file__), line + 2)


def test_the_origin_of_an_item_is_where_it_is_written() -> None:
    item = Policy("Read", using=True)
    assert item.origin is not None
    assert item.origin.line == test_the_origin_of_an_item_is_where_it_is_written.__code__.co_firstlineno + 1


def test_a_declaration_belongs_to_its_file_unless_a_metadata_is_given() -> None:
    metadata = MetaData()
    mine, its = Extension("citext"), Extension("hstore", metadata=metadata)
    assert mine in registered_in([Path(__file__)]) and its not in registered_in([Path(__file__)])
    assert attached_to(metadata) == [its]
    assert registered_in([Path("/elsewhere.py")]) == []


def test_an_item_knows_its_table() -> None:
    table = Table("t", MetaData(), Column("id", Integer), RowLevelSecurity(), schema="app")
    (item,) = table_items(table)
    assert item.owner is table and item.identity == ("app", "t")


def test_an_item_outside_a_table_says_so() -> None:
    with pytest.raises(ModelsError, match="belongs into a table's definition"):
        RowLevelSecurity().statements()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (" id > 1 ", "id > 1"),
        (notes.c.id > 1, "id > 1"),
        (lambda t: t.c.id > 1, "id > 1"),
        (lambda t: "id > 1", "id > 1"),
        (func.app.allowed(notes.c.id, "it's"), "app.allowed(id, 'it''s')"),
    ],
)
def test_expressions_become_sql(value: object, expected: str) -> None:
    assert expression_text(value, notes, None) == expected


def test_an_expression_that_fails_is_told_with_its_line() -> None:
    item = Policy("Read", using=lambda t: t.c.missing)
    table = Table("t", MetaData(), Column("id", Integer), item)
    with pytest.raises(ModelsError, match=r"test_base\.py:\d+: the expression cannot be compiled: missing"):
        table_items(table)[0].statements()


def test_a_sql_declaration_is_its_text() -> None:
    assert Sql("create schema a", metadata=MetaData()).statements() == ["create schema a"]
