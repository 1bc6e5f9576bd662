from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from supabase_tasks.models.language.base import attached, table_items
from supabase_tasks.models.merging import merged
from supabase_tasks.schema import Policy, View, renamed_from


def test_one_metadata_stays_itself() -> None:
    metadata = MetaData()
    assert merged([metadata], {}) is metadata


def test_items_declarations_and_hints_come_along() -> None:
    one, two = MetaData(), MetaData()
    Table("a", one, Column("id", Integer, primary_key=True), Policy("Read", using=True), info={"mine": 1})
    Table("b", two, Column("id", Integer), Index("ix", "id", info=renamed_from("old")))
    view = View("v", "select 1", metadata=two)
    total = merged([one, two], {})
    (policy,) = table_items(total.tables["a"])
    assert policy.owner is total.tables["a"] and total.tables["a"].info["mine"] == 1
    assert [index.info for index in total.tables["b"].indexes] == [{"renamed_from": "old"}]
    assert attached(total) == [view]


def test_foreign_keys_still_resolve() -> None:
    one, two = MetaData(), MetaData()
    Table("a", one, Column("id", Integer, primary_key=True))
    Table("c", one, Column("a", ForeignKey("a.id")))
    Table("b", two, Column("id", Integer))
    total = merged([one, two], {})
    assert next(iter(total.tables["c"].foreign_keys)).column.table is total.tables["a"]
