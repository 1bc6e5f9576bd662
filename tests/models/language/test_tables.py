import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.language.base import table_items
from supabase_tasks.schema import (
    ColumnOptions,
    Grant,
    PartComment,
    Partition,
    Publication,
    Referenced,
    RenamedFrom,
    ReplicaIdentity,
    Statistics,
    TableOptions,
    anon,
    renamed_from,
)


def sql_of(*items: object) -> list[str]:
    table = Table("t", MetaData(), Column("id", Integer), *items, schema="app")
    return [sql for item in table_items(table) for sql in item.statements()]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            TableOptions(inherits=["base", "x.y"]),
            ["alter table app.t inherit public.base", "alter table app.t inherit x.y"],
        ),
        (TableOptions(cluster_on="ix"), ["alter table app.t cluster on ix"]),
        (ReplicaIdentity("nothing"), ["alter table app.t replica identity nothing"]),
        (ReplicaIdentity("uq_T"), ['alter table app.t replica identity using index "uq_T"']),
        (Publication("p", ["id"], "id > 0"), ["alter publication p add table only app.t (id) where (id > 0)"]),
        (Statistics("s", ["id", "(id % 7)"]), ["create statistics app.s on id, (id % 7) from app.t"]),
        (PartComment("constraint", "ck", "x"), ["comment on constraint ck on app.t is 'x'"]),
        (
            Partition("p", "in (1)", "parts", "RANGE (id)"),
            ["create table parts.p partition of app.t for values in (1) partition by RANGE (id)"],
        ),
        (RenamedFrom("old"), []),
        (Referenced(), []),
    ],
)
def test_statements(item: object, expected: list[str]) -> None:
    assert sql_of(item) == expected


def test_a_partition_has_grants_of_its_own() -> None:
    table = Table("t", MetaData(), Column("id", Integer), Partition("p", "default", grants=[Grant("select", to=anon)]))
    (partition,) = table_items(table)
    assert [part.statements() for part in partition.parts()] == [["grant select on table public.p to anon"]]


def test_options_of_an_unknown_column_are_refused() -> None:
    with pytest.raises(ModelsError, match="t has no column 'nope'"):
        sql_of(ColumnOptions("nope", storage="main"))


def test_a_sequence_is_named_of_an_identity_column_only() -> None:
    with pytest.raises(ModelsError, match=r"t\.id is no identity column"):
        sql_of(ColumnOptions("id", sequence="old_id_seq"))


def test_the_former_name_of_a_column_is_kept_with_other_info() -> None:
    assert renamed_from("old", mine=1) == {"renamed_from": "old", "mine": 1}
