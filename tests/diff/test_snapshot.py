"""A snapshot that shares what it can with another one says exactly what it says alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from zlib import crc32

import psycopg
import pytest
from support.scenario import FOLDER, Scenario, scenarios
from support.snapshots import contents

from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.reader import read_snapshot

Make = Callable[[str], str]
Connect = Callable[[str], psycopg.Connection[Any]]

# One scenario in twelve, chosen by its own name so that a new one changes no other test, and what has fields that are not
# compared.
SAMPLE = {
    *(one.name for one in scenarios() if crc32(one.name.encode()) % 12 == 0),
    *("app_small", "table_inherit_added", "table_partition_detached", "table_partitioned_list_column_added"),
    *("column_add_middle", "check_no_inherit"),
}


def fully(item: Item) -> list[tuple[str, object]]:
    """All that an item says but its address, compared or not, with types: 1 is not True here."""
    named = [(field.name, getattr(item, field.name)) for field in fields(item) if field.name != "address"]
    return [(name, (value, repr(value))) for name, value in named]


def told(one: Snapshot) -> object:
    """All that a snapshot says, in its order; addresses as far as anything asks for them."""
    items = [(key, type(item), fully(item)) for key, item in one.items.items()]
    needs, users = one.dependencies.needs, one.dependencies.users
    return items, one.dependencies.addresses, needs, users, one.version, one.unmodelled, one.children, one.keys


@pytest.mark.parametrize("name", sorted(SAMPLE))
def test_it_says_the_same_with_and_without_another_one(name: str, database: Make, connect: Connect) -> None:
    files = Scenario(FOLDER / name)
    before, after = (connect(database(files.text(file))) for file in ("before.sql", "after.sql"))
    for one, other in ((before, after), (after, before), (before, before)):
        alone = read_snapshot(one)
        beside = read_snapshot(other)
        said = told(beside)
        shared = read_snapshot(one, like=beside)
        assert shared == alone
        assert told(shared) == told(alone)
        assert told(beside) == said, "the other one was changed"


def test_equal_objects_and_texts_are_kept_once(database: Make, connect: Connect) -> None:
    files = Scenario(FOLDER / "app_small")
    one, other = (read_snapshot(connect(database(files.text("after.sql")))) for _ in range(2))
    assert one.items == other.items
    assert not any(one.items[key] is other.items[key] for key in one.items)
    shared = read_snapshot(connect(database(files.text("after.sql"))), like=one)
    assert all(shared.items[key] is one.items[key] for key in one.items)
    keys = {id(key) for key in one.items}
    assert all(id(key) in keys for key in shared.items)


def test_equal_objects_that_differ_in_what_is_not_compared_are_not_shared(database: Make, connect: Connect) -> None:
    first = read_snapshot(
        connect(database("create table t (a int, b int); create table p (x int); create table c (x int);"))
    )
    second_connection = connect(
        database("create table t (b int, a int); create table p (x int); create table c () inherits (p);")
    )
    second = read_snapshot(second_connection, like=first)
    column = ("column", ("public", "t", "a"))
    assert first.items[column] == second.items[column]
    assert (first.items[column].position, second.items[column].position) == (1, 2)  # type: ignore[attr-defined]
    inherited = ("column", ("public", "c", "x"))
    assert (first.items[inherited].inherited, second.items[inherited].inherited) == (False, True)
    assert contents(read_snapshot(second_connection))[1:] == contents(second)[1:]
