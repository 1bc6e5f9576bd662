from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Uuid

from supabase_tasks.models import Origin
from supabase_tasks.models.collect import collect_models, own_tables
from supabase_tasks.schema import (
    Grant,
    Partition,
    Policy,
    Referenced,
    RowLevelSecurity,
    Sql,
    View,
    anon,
    auth_users,
    platform_tables,
)


def table(name: str, metadata: MetaData, *items: object, **options: object) -> Table:
    return Table(name, metadata, Column("id", Integer, primary_key=True), *items, **options)


def identities(kind: str, metadata: MetaData, **options: object) -> list[tuple[str, ...]]:
    return [item.identity for item in collect_models(metadata, **options).declarations if item.kind == kind]


def test_exposed_tables_have_row_level_security_by_themselves() -> None:
    metadata = MetaData()
    table("open", metadata)
    table("hidden", metadata, schema="private")
    table("loose", metadata, RowLevelSecurity.off())
    said = [item for item in collect_models(metadata).declarations if item.kind == "row_level_security"]
    assert [item.identity for item in said if item.statements()] == [("public", "open")]


def test_the_exposed_schemas_are_a_setting() -> None:
    metadata = MetaData()
    table("t", metadata, schema="api")
    assert identities("row_level_security", metadata, exposed_schemas=["api"]) == [("api", "t")]
    assert identities("row_level_security", metadata, exposed_schemas=["public"]) == []


def test_partitions_are_secured_too() -> None:
    metadata = MetaData()
    table("t", metadata, Partition("t_1", "in (1)"), postgresql_partition_by="LIST (id)")
    assert set(identities("row_level_security", metadata)) == {("public", "t"), ("public", "t_1")}


def test_a_partition_says_whether_it_is_secured() -> None:
    metadata = MetaData()
    said = [Partition(f"t_{on}", f"in ({on:d})", row_level_security=on) for on in (True, False)]
    table("t", metadata, *said, schema="app", postgresql_partition_by="LIST (id)")
    assert identities("row_level_security", metadata, exposed_schemas=["app"]) == [("app", "t"), ("app", "t_True")]
    assert identities("row_level_security", metadata, exposed_schemas=[]) == [("app", "t_True")]


def test_used_schemas_are_declared() -> None:
    metadata = MetaData()
    table("t", metadata, schema="app")
    View("v", "select 1", schema="reports", metadata=metadata)
    assert identities("schema", metadata) == [("app",), ("reports",)]


def test_string_foreign_keys_to_the_platform_resolve() -> None:
    metadata = MetaData()
    owner = Column("owner", Uuid, ForeignKey("auth.users.id"))
    mine = Table("t", metadata, owner)
    assert own_tables(collect_models(metadata).metadata) == [mine]
    assert next(iter(owner.foreign_keys)).column.table.key == "auth.users"


def test_platform_tables_are_never_the_models_own() -> None:
    metadata = MetaData()
    platform_tables(metadata)
    table("t", metadata)
    table("elsewhere", metadata, Referenced(), schema="cron")
    assert [item.name for item in own_tables(collect_models(metadata).metadata)] == ["t"]
    assert auth_users.metadata is not metadata


def test_one_item_may_stand_in_many_tables() -> None:
    metadata = MetaData()
    items = (Policy("Read", "select", anon, using=lambda t: t.c.id > 0), Grant("select", to=anon))
    for name in ("a", "b"):
        table(name, metadata, *items)
    assert identities("policy", metadata) == [("public", "a", "Read"), ("public", "b", "Read")]
    assert [identity[2] for identity in identities("grant", metadata)] == ["a", "b"]


def test_what_comes_with_a_declaration_is_declared() -> None:
    metadata = MetaData()
    table("t", metadata)
    View("v", "select 1", comment="One.", grants=[Grant("select", to=anon)], metadata=metadata)
    assert identities("comment", metadata) == [("view", "public", "v")]
    assert identities("grant", metadata) == [("table", "public", "v", "anon", "select")]


def test_plain_sql_falls_apart_into_declarations_with_their_lines() -> None:
    metadata = MetaData()
    table("t", metadata)
    Sql("create view a as select 1;\ncreate view b as select 2;", metadata=metadata)
    first, second = (item for item in collect_models(metadata).declarations if item.kind == "view")
    assert isinstance(first.origin, Origin) and isinstance(second.origin, Origin)
    assert second.origin.line == first.origin.line + 1


def test_collecting_twice_gives_the_same() -> None:
    metadata = MetaData()
    table("t", metadata, RowLevelSecurity(), Policy("Read", using=True), schema="app")
    first, second = (
        [(item.kind, item.identity, item.statements()) for item in collect_models(metadata).declarations]
        for _ in range(2)
    )
    assert first == second
