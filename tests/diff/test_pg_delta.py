"""pg-delta as a second judge: what it repeats without a difference, and what it finds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from supabase_tasks.diff.proof import pg_delta
from supabase_tasks.postgres import Server
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

TABLE = "create table public.t (id integer primary key, kind varchar(9), n integer{rest})"
# Each pair means the same; PostgreSQL deparses the two texts differently.
SAME = {
    "varchar-in": (
        TABLE.format(rest=", constraint c check (kind in ('a', 'b'))"),
        TABLE.format(rest=", constraint c check (kind = any (array['a'::text, 'b'::text]))"),
    ),
    "nested-and": (
        TABLE.format(rest=", constraint c check (n > 0 and (n < 9 and id > 0))"),
        TABLE.format(rest=", constraint c check (n > 0 and n < 9 and id > 0)"),
    ),
}


@pytest.fixture
def configured(settings: Settings) -> Settings:
    return dataclasses.replace(settings, cli="3.1.0")


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_a_spelling_is_no_difference_though_pg_delta_says_so(
    pair: tuple[str, str], server: Server, configured: Settings, database: Callable[[str], str]
) -> None:
    from supabase_tasks.cli import SupabaseCli, at_url

    first, second = database(pair[0]), database(pair[1])
    urls = [at_url(server.url(name), password=server.password) for name in (first, second)]
    said = SupabaseCli.of(configured).diff_urls(*urls)
    assert "ADD CONSTRAINT" in said
    assert pg_delta.between(server, configured, first, second) == ()


def test_a_difference_is_found(server: Server, configured: Settings, database: Callable[[str], str]) -> None:
    first = database(TABLE.format(rest=", constraint c check (n > 0 and n < 9)"))
    second = database(TABLE.format(rest=", constraint c check (n > 0 and n < 10)"))
    (added,) = pg_delta.between(server, configured, first, second)
    assert "n < 10" in added


def test_equal_databases_need_one_call(server: Server, configured: Settings, database: Callable[[str], str]) -> None:
    first, second = database(TABLE.format(rest="")), database(TABLE.format(rest=""))
    assert pg_delta.between(server, configured, first, second) == ()


def test_what_only_one_direction_says_is_left() -> None:
    assert pg_delta.telling("DROP TABLE a; CREATE TABLE b ();", "DROP TABLE a") == ("CREATE TABLE b ()",)
