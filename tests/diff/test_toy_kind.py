"""A kind is one file: this one is registered, read, planned, ordered, rendered, renamed and proven without another edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support import toy_kind

from supabase_tasks.diff import reader
from supabase_tasks.diff.errors import DiffError
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


def test_its_label_gives_it_a_comment_and_its_hazards_are_in_the_plan(proven: Callable[[str, str], Plan]) -> None:
    comment = "COMMENT ON TEXT SEARCH DICTIONARY words.near IS 'close words';"
    assert proven(DICTIONARY, DICTIONARY + comment).files[0].statements == (comment,)
    plan = proven(DICTIONARY, "CREATE SCHEMA words")
    assert [(hazard.code, hazard.relation) for hazard in plan.hazards] == [("incompatible", "words.near")]
    assert "code that searches with near breaks" in plan.files[0].sql


def test_what_uses_it_comes_after_it_and_the_file_is_named_after_it(proven: Callable[[str, str], Plan]) -> None:
    alone = proven("CREATE SCHEMA words", DICTIONARY)
    assert alone.slug == "create_text_search_dictionary_near"
    used = f"""{DICTIONARY} CREATE TEXT SEARCH CONFIGURATION words.plain (PARSER = pg_catalog."default");
        ALTER TEXT SEARCH CONFIGURATION words.plain ADD MAPPING FOR asciiword WITH words.near;"""
    created = [statement.split("(")[0].strip() for statement in proven("CREATE SCHEMA words", used).files[0].statements]
    assert created[:2] == ["CREATE TEXT SEARCH DICTIONARY words.near", "CREATE TEXT SEARCH CONFIGURATION words.plain"]


def test_a_rename_is_asked_for_where_a_drop_would_lose_rows(
    proven: Callable[[str, str], Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toy_kind.DictionaryKind, "holds_rows", True)
    swapped = DICTIONARY.replace("near", "close")
    with pytest.raises(DiffError, match=r"words\.close is either new or renamed"):
        proven(DICTIONARY, swapped)
    assert proven(DICTIONARY, swapped, renames=("words.near:words.close",)).files


@pytest.mark.parametrize("forgotten", ["item", "query", "rank", "noun", "create", "drop", "rename", "replaces"])
def test_what_a_kind_forgets_is_an_error_when_it_registers(forgotten: str) -> None:
    parts = {name: value for name, value in vars(toy_kind.DictionaryKind).items() if name != forgotten}
    kind = type("Forgetful", (Kind,), parts)()
    with pytest.raises(TypeError, match=forgotten):
        registry([kind])


def test_a_kind_that_is_part_of_its_parents_statement_needs_its_clause() -> None:
    kind = type("Inline", (Kind,), {**vars(toy_kind.DictionaryKind), "inline": True})()
    with pytest.raises(TypeError, match="clause"):
        registry([kind])


def test_two_kinds_of_one_rank_are_an_error() -> None:
    with pytest.raises(TypeError, match="one name or rank"):
        registry([toy_kind.KIND, toy_kind.DictionaryKind()])
