import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.language.base import table_items
from supabase_tasks.schema import (
    DefaultPrivileges,
    Domain,
    EnumOptions,
    Function,
    Grant,
    MaterializedView,
    Procedure,
    Revoke,
    Schema,
    SequenceOptions,
    anon,
    authenticated,
    public_role,
)

nowhere = MetaData()
OBJECTS = {
    "schema app": "usage on schema app",
    "sequence app.s": "usage on sequence app.s",
    "function app.f(uuid, text)": "execute on function app.f(uuid, text)",
    "type mood": "usage on type public.mood",
    "notes": "select on table public.notes",
    "table app.Notes": 'select on table app."Notes"',
    "all tables in schema app": "select on all tables in schema app",
}


@pytest.mark.parametrize(("on", "expected"), OBJECTS.items(), ids=OBJECTS)
def test_objects_named_by_text(on: str, expected: str) -> None:
    grant = Grant(expected.partition(" ")[0], to=anon, on=on, metadata=nowhere)
    assert grant.statements() == [f"grant {expected} to anon"]


@pytest.mark.parametrize(
    ("item", "privilege", "expected"),
    [
        (Schema("app", metadata=nowhere), "usage", "schema app"),
        (Function("f", "", args="a int, b text[]", metadata=nowhere), "execute", "function public.f(integer, text[])"),
        (Procedure("p", "", metadata=nowhere), "execute", "procedure public.p()"),
        (SequenceOptions("s", metadata=nowhere), "usage", "sequence public.s"),
        (Domain("d", "text", metadata=nowhere), "usage", "domain public.d"),
        (EnumOptions("e", "app", metadata=nowhere), "usage", "type app.e"),
        (MaterializedView("m", "select 1", metadata=nowhere), "select", "table public.m"),
    ],
)
def test_objects_that_are_declared(item: object, privilege: str, expected: str) -> None:
    grant = Grant(privilege, to=anon, on=item, with_grant_option=True, metadata=nowhere)
    assert grant.statements() == [f"grant {privilege} on {expected} to anon with grant option"]


def test_columns_belong_to_every_privilege() -> None:
    table = Table("t", MetaData(), Column("a", Integer), Grant("select, update", to=anon, columns=("a", "B")))
    assert table_items(table)[0].statements() == ['grant select (a, "B"), update (a, "B") on table public.t to anon']


def test_a_privilege_that_the_object_does_not_have_is_refused() -> None:
    with pytest.raises(ModelsError, match="a schema has no privilege 'select'") as caught:
        Grant("select", to=anon, on="schema app", metadata=nowhere).statements()
    assert caught.value.next_step == "it has usage, create"


def test_one_grant_in_two_places_is_about_two_objects() -> None:
    grant = Grant("usage", to=anon)
    first, second = (Schema(name, grants=[grant], metadata=nowhere).parts()[0] for name in ("a", "b"))
    assert (first.statements(), second.statements()) == (
        ["grant usage on schema a to anon"],
        ["grant usage on schema b to anon"],
    )


def test_revokes_take_back() -> None:
    assert Revoke("all", public_role, on="app.t", metadata=nowhere).statements() == [
        "revoke all on table app.t from public"
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            DefaultPrivileges("select, insert", "tables", [anon, authenticated], metadata=nowhere),
            "alter default privileges for role postgres grant select, insert on tables to anon, authenticated",
        ),
        (
            DefaultPrivileges("execute", "functions", public_role, "app", owner="o", revoke=True, metadata=nowhere),
            "alter default privileges for role o in schema app revoke execute on functions from public",
        ),
    ],
)
def test_default_privileges(item: DefaultPrivileges, expected: str) -> None:
    assert item.statements() == [expected]
