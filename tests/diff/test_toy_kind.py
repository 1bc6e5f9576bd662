"""A kind is one file: this one is registered, read, planned, ordered, rendered, renamed and proven without another edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support import toy_kind

from supabase_tasks.diff import reader
from supabase_tasks.diff.kinds import KINDS, registry
from supabase_tasks.diff.kinds.common.kind import Kind
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.proof import proof
from supabase_tasks.postgres import Server
from supabase_tasks.settings import Settings

Make = Callable[[str], str]
DICTIONARY = "CREATE SCHEMA words; CREATE TEXT SEARCH DICTIONARY words.near (TEMPLATE = pg_catalog.simple);"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # In the place of the real one.
    others = [kind for kind in KINDS.values() if kind.name != toy_kind.KIND.name]
    for name, kind in registry([*others, toy_kind.KIND]).items():
        monkeypatch.setitem(KINDS, name, kind)
    reader._queries.cache_clear()
    yield
    reader._queries.cache_clear()


@pytest.fixture
def proven(server: Server, settings: Settings, database: Make) -> Callable[[str, str], Plan]:
    def made(before: str, after: str, **options: object) -> Plan:
        current, desired = database(before), database(after)
        with server.scratch(current) as clone, server.connect(clone) as left, server.connect(desired) as right:
            plan = build_plan(left, right, None, PlanOptions(**options))  # type: ignore[arg-type]
        proof.prove(server, settings, current, plan, desired)
        return plan

    return made


def test_it_is_planned_after_the_schema_it_needs_and_counted(proven: Callable[[str, str], Plan]) -> None:
    plan = proven("", DICTIONARY)
    assert plan.files[0].statements == (
        "CREATE SCHEMA words;",
        "CREATE TEXT SEARCH DICTIONARY words.near (TEMPLATE = pg_catalog.simple);",
    )
    assert plan.header == "+1 schema, +1 text search dictionary"
    assert plan.unmodelled == ()


def test_it_is_dropped_before_the_schema(proven: Callable[[str, str], Plan]) -> None:
    assert proven(DICTIONARY, "").files[0].statements == (
        "DROP TEXT SEARCH DICTIONARY words.near;",
        "DROP SCHEMA words;",
    )


def test_it_is_renamed(proven: Callable[[str, str], Plan]) -> None:
    plan = proven(DICTIONARY, DICTIONARY.replace("near", "close"))
    assert plan.files[0].statements == ("ALTER TEXT SEARCH DICTIONARY words.near RENAME TO close;",)


def test_a_change_without_an_alter_is_a_drop_and_a_create(proven: Callable[[str, str], Plan]) -> None:
    plan = proven(DICTIONARY, DICTIONARY.replace("simple", "snowball, language = english"))
    assert [statement.split()[0] for statement in plan.files[0].statements] == ["DROP", "CREATE"]


@pytest.mark.parametrize("forgotten", ["item", "query", "rank", "noun", "create", "drop", "rename", "replaces"])
def test_what_a_kind_forgets_is_an_error_when_it_registers(forgotten: str) -> None:
    parts = {name: value for name, value in vars(toy_kind.DictionaryKind).items() if name != forgotten}
    kind = type("Forgetful", (Kind,), parts)()
    with pytest.raises(TypeError, match=forgotten):
        registry([kind])


def test_two_kinds_of_one_rank_are_an_error() -> None:
    with pytest.raises(TypeError, match="one name or rank"):
        registry([toy_kind.KIND, toy_kind.DictionaryKind()])
