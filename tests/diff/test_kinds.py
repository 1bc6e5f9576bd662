"""What holds for every kind of object."""

from __future__ import annotations

import pkgutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import psycopg
import pytest
from scenario import scenarios

from supabase_tasks.diff import kinds
from supabase_tasks.diff.kind import Kind
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.postgres import Server

DOCUMENT = Path(__file__).parents[2] / "docs" / "what-is-compared.md"
# What a kind is called in the document, where that is not its name.
WORDS = {"composite": "composite type", "range": "range type", "sequence_owner": "OWNED BY"}

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_every_file_is_in_the_registry() -> None:
    registered = {type(kind).__module__.rpartition(".")[2] for kind in KINDS.values()}
    assert registered == {module.name for module in pkgutil.iter_modules(kinds.__path__)}


@every_kind
def test_the_query_yields_an_address_and_the_fields_of_the_item(kind: Kind[Any], server: Server, base: str) -> None:
    with server.connect(base) as connection:
        columns = [column.name for column in connection.execute(kind.query.encode()).description or ()]
    allowed = {field.name for field in fields(kind.item)} - {"address"}
    assert set(columns[3:]) <= allowed
    assert len(set(columns[3:])) == len(columns[3:])


@every_kind
def test_the_query_is_read_in_one_go_whatever_the_search_path(kind: Kind[Any], server: Server, base: str) -> None:
    with server.connect(base) as connection:
        connection.execute("SET search_path = ''")
        try:
            connection.execute(kind.query.encode())
        except psycopg.Error as error:
            pytest.fail(f"{kind.name}: {error}")


@every_kind
def test_the_document_tells_of_it(kind: Kind[Any]) -> None:
    word = WORDS.get(kind.name, kind.name.replace("_", " ")).replace("publication table", "publication")
    assert word.replace("publication schema", "publication") in DOCUMENT.read_text()


def test_there_are_enough_scenarios() -> None:
    assert len(scenarios()) >= 250
