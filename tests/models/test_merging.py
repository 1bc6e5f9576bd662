import pytest
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from supabase_tasks.models.collect import collect_models
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.models.language.base import attached_to, table_items
from supabase_tasks.models.merging import merge
from supabase_tasks.schema import Policy, View, renamed_from


def test_one_metadata_stays_itself() -> None:
    metadata = MetaData()
    assert merge([metadata], {}) is metadata


def test_items_declarations_and_hints_come_along() -> None:
    one, two = MetaData(), MetaData()
    Table("a", one, Column("id", Integer, primary_key=True), Policy("Read", using=True), info={"mine": 1})
    Table("b", two, Column("id", Integer), Index("ix", "id", info=renamed_from("old")))
    view = View("v", "select 1", metadata=two)
    total = merge([one, two], {})
    (policy,) = table_items(total.tables["a"])
    assert policy.owner is total.tables["a"] and total.tables["a"].info["mine"] == 1
    assert [index.info for index in total.tables["b"].indexes] == [{"renamed_from": "old"}]
    assert attached_to(total) == [view]


def test_foreign_keys_still_resolve() -> None:
    one, two = MetaData(), MetaData()
    Table("a", one, Column("id", Integer, primary_key=True))
    Table("c", one, Column("a", ForeignKey("a.id")))
    Table("b", two, Column("id", Integer))
    total = merge([one, two], {})
    assert next(iter(total.tables["c"].foreign_keys)).column.table is total.tables["a"]


CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _shop(metadata: MetaData) -> None:
    Table("shop", metadata, Column("id", Integer, primary_key=True))
    Table(
        "person",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("mail", String, unique=True),
        Column("nick", String, index=True),
        Column("shop_id", ForeignKey("shop.id")),
        Column("kind", Enum("a", "b", name="kind", native_enum=False, create_constraint=True)),
        Column("flag", Boolean(name="flag", create_constraint=True)),
        CheckConstraint("mail <> ''", name="mail"),
        UniqueConstraint("nick", "mail"),
    )


def _texts(metadata: MetaData) -> list[str]:
    """The statements about the table, the lines of each in order: a copy has its constraints in another one."""
    texts = [statement.sql for statement in ddl_statements(collect_models(metadata)) if "person" in statement.sql]
    return ["\n".join(sorted(line.rstrip(", ") for line in text.splitlines())) for text in texts]


@pytest.mark.parametrize(
    "others", [{}, {"uq": "%(table_name)s_is_unique", "ck": "%(table_name)s_%(constraint_name)s_ck"}]
)
@pytest.mark.parametrize("first", [True, False])
def test_each_metadata_keeps_its_naming_convention(others: dict[str, str], first: bool) -> None:
    alone, one, two = MetaData(naming_convention=CONVENTION), MetaData(naming_convention=CONVENTION), MetaData()
    _shop(alone)
    _shop(one)
    two = MetaData(naming_convention=others) if others else MetaData()
    Table("extra", two, Column("id", Integer, primary_key=True), Column("mail", String, unique=True))
    total = merge([one, two] if first else [two, one], {})
    assert _texts(total) == _texts(alone)
    (extra,) = [s.sql for s in ddl_statements(collect_models(total)) if s.kind == "table" and "extra" in s.sql]
    assert ("CONSTRAINT extra_is_unique UNIQUE" in extra) == bool(others)
    assert "uq_extra" not in extra


def test_a_type_of_no_column_comes_along() -> None:
    one, two = MetaData(), MetaData()
    Table("a", one, Column("id", Integer, primary_key=True))
    Table("b", two, Column("id", Integer, primary_key=True))
    Enum("x", "y", name="kind", metadata=two)
    texts = [statement.sql for statement in ddl_statements(collect_models(merge([one, two], {})))]
    assert "CREATE TYPE public.kind AS ENUM ('x', 'y')" in texts
