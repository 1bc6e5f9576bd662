"""The text of the DDL: complete, in order, and the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Sequence,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import DOMAIN

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.collect import collect_models
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.schema import DefaultPrivileges, Function, Grant, Partition, Policy, View, anon

ROOT = Path(__file__).parents[2]


def kinds(metadata: MetaData) -> list[str]:
    return [statement.kind for statement in ddl_statements(collect_models(metadata))]


def test_foreign_keys_come_after_all_tables_also_in_a_cycle() -> None:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b", ForeignKey("b.id")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a", ForeignKey("a.id")))
    assert kinds(metadata)[:4] == ["table", "table", "constraint", "constraint"]


def test_a_check_that_is_not_valid_is_added_to_its_table() -> None:
    """CREATE TABLE takes the words and marks it as valid all the same; asked twice, the models say the same."""
    metadata = MetaData()
    inside = CheckConstraint("a <> 7", name="t_a", postgresql_not_valid=True)
    Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("a", Integer, inside),
        CheckConstraint("a > 0", name="t_b", postgresql_not_valid=True),
        CheckConstraint("a > 1", name="t_c"),
    )
    for _ in range(2):
        table, *added = [statement.sql for statement in ddl_statements(collect_models(metadata))][:3]
        assert ("t_c" in table, "t_a" in table, "t_b" in table) == (True, False, False)
        assert added == [
            "ALTER TABLE public.t ADD CONSTRAINT t_a CHECK (a <> 7) NOT VALID",
            "ALTER TABLE public.t ADD CONSTRAINT t_b CHECK (a > 0) NOT VALID",
        ]


def test_a_type_is_created_once_wherever_it_hides() -> None:
    class Wrapped(TypeDecorator[str]):
        impl = Enum("a", "b", name="letters")
        cache_ok = True

    metadata = MetaData()
    letters = Enum("a", "b", name="letters")
    Table("t", metadata, Column("x", letters), Column("y", ARRAY(letters)), Column("z", Wrapped()))
    Table("u", metadata, Column("x", DOMAIN("positive", Integer, check="VALUE > 0")))
    assert kinds(metadata).count("enum") == 1
    assert kinds(metadata).count("domain") == 1


def test_one_type_with_two_meanings_is_refused() -> None:
    metadata = MetaData()
    Table("t", metadata, Column("x", Enum("a", name="letters")), Column("y", Enum("b", name="letters")))
    with pytest.raises(ModelsError, match=r"public\.letters is declared twice, and differently"):
        ddl_statements(collect_models(metadata))


def test_functions_come_before_the_tables_that_call_them_and_after_those_they_name() -> None:
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer, primary_key=True, server_default="f()"))
    Function("f", "select 1", returns="int", metadata=metadata)
    Function("g", "select * from public.t", returns="setof public.t", metadata=metadata)
    Function("h", "begin atomic select count(*) from public.t; end", returns="bigint", metadata=metadata)
    order = [
        statement.identity[1]
        for statement in ddl_statements(collect_models(metadata))
        if statement.kind in ("function", "table")
    ]
    assert order == ["f", "t", "g", "h"]


def test_order_of_the_rest() -> None:
    metadata = MetaData()
    Sequence("s", metadata=metadata)
    Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True, comment="The number."),
        Partition("t_1", "in (1)"),
        Policy("Read", using=True),
        Grant("select", to=anon),
        schema="app",
        postgresql_partition_by="LIST (id)",
    )
    View("v", "select 1", schema="app", metadata=metadata)
    DefaultPrivileges("select", "tables", to=anon, schema="app", metadata=metadata)
    statements = ddl_statements(collect_models(metadata, exposed_schemas=["app"]))
    assert [statement.kind for statement in statements] == [
        *("schema", "default_privilege", "sequence", "table", "table", "view"),
        *("row_level_security", "row_level_security", "policy", "comment", "grant"),
    ]


def test_text_is_kept_to_the_letter() -> None:
    metadata = MetaData()
    Table("t", metadata, Column("a", Text, server_default="50% :of\n\n\tit"), comment="one\n\n\ttwo '%s'")
    text = "\n".join(statement.sql for statement in ddl_statements(collect_models(metadata)))
    assert "'50% :of\n\n\tit'" in text
    assert "'one\n\n\ttwo ''%s'''" in text


@pytest.mark.parametrize("seed", ["2"])
def test_the_reference_application_gives_the_same_text_under_every_hash_seed(seed: str) -> None:
    code = (
        "from supabase_tasks import settings; from supabase_tasks.files import digest\n"
        "from supabase_tasks.models import ddl, loading\n"
        "print(digest(*(s.sql for s in ddl.ddl_statements(loading.load(settings.load())))))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": value},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for value in ("0", seed)
    }
    assert len(texts) == 1
