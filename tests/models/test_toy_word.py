"""A word of the schema language is one file: this one is registered, ordered, read from SQL files and checked without
another edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Column, Integer, MetaData, Table
from support import toy_word
from support.toy_word import Dictionary

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Origin, speculation
from supabase_tasks.models.collect import collect_models
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.language import words
from supabase_tasks.models.language.grants import Grant
from supabase_tasks.models.sql_files import parse


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(words, "_words", dict(words.all_words()))
    words.all_words.cache_clear()
    words.register_word(toy_word.WORD)
    yield
    words.all_words.cache_clear()


def test_it_is_written_in_its_phase_with_the_schema_it_implies_and_its_comment() -> None:
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer, primary_key=True))
    Dictionary("near", schema="search", comment="close words", metadata=metadata)
    statements = ddl_statements(collect_models(metadata))
    kinds = [statement.kind for statement in statements]
    assert kinds.index("schema") < kinds.index("text_search_dictionary") < kinds.index("table")
    texts = [statement.sql for statement in statements]
    assert "create text search dictionary search.near (template = pg_catalog.simple)" in texts
    assert "comment on text search dictionary search.near is 'close words'" in texts


def test_a_plain_sql_file_may_say_it() -> None:
    sql = "create text search dictionary search.near (template = pg_catalog.simple)"
    (item,) = parse(f"{sql};\n", Origin(Path("/project/sql/a.sql"), 1))
    assert (item.kind, item.identity) == ("text_search_dictionary", ("search", "near"))


def test_two_of_one_identity_contradict_each_other() -> None:
    metadata = MetaData()
    Dictionary("near", metadata=metadata)
    Dictionary("near", template="pg_catalog.snowball", metadata=metadata)
    with pytest.raises(ModelsError, match="near"):
        collect_models(metadata)


def test_it_cannot_lie_in_a_schema_of_the_platform() -> None:
    metadata = MetaData()
    Dictionary("near", schema="auth", metadata=metadata)
    with pytest.raises(ModelsError, match="auth"):
        collect_models(metadata)


def test_it_runs_ahead_and_what_names_it_waits_with_it() -> None:
    made, check = (
        Statement(text, kind, ("search", name), Origin(Path(f"/project/{name}.py"), 1))
        for text, kind, name in (
            ("create text search dictionary search.near (template = simple)", "text_search_dictionary", "near"),
            ("create table search.words (a text default ts_lexize('search.near', 'x')[1])", "table", "words"),
        )
    )
    assert speculation.remaining([made], [made, check]) == [check]
    assert speculation.remaining([check], [made, check]) is None


def test_it_is_granted_by_its_privileges_and_no_others() -> None:
    item = Dictionary("near", metadata=MetaData())
    about = SimpleNamespace(target=("text_search_dictionary", "search.near", item.identity))
    assert Grant("usage", to="anon", on=about).words == ("usage",)
    with pytest.raises(ModelsError, match="a text_search_dictionary has no privilege 'select'"):
        _ = Grant("select", to="anon", on=about).words


def test_a_name_that_is_taken_is_an_error_when_it_registers() -> None:
    with pytest.raises(ValueError, match="text_search_dictionary"):
        words.register_word(toy_word.WORD)
