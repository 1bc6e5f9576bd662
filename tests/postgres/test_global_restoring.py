"""What belongs to the server is what it was when a template was made, whatever another branch's history did since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.postgres import global_objects, global_restoring
from supabase_tasks.settings import Settings

GROUND = """
create role r_a;
create role "r B" login createdb noinherit connection limit 3 valid until '2031-02-03 04:05:06+00';
grant r_a to "r B" with admin option;
grant r_a to anon;
alter role r_a set search_path = public, extensions;
alter role r_a set statement_timeout = '5s';
alter role "r B" in database postgres set work_mem = '9MB';
alter database postgres set lock_timeout = '4s';
insert into pg_shseclabel (objoid, classoid, provider, label) values ('r_a'::regrole, 1260, 'anon', 'MASKED')
"""
# Each changes one thing; nothing of them is left.
CHANGES = (
    'revoke r_a from "r B"',
    'grant r_a to "r B" with admin option, inherit true',
    "grant r_a to authenticated",
    'revoke r_a from "r B"; grant "r B" to r_a',
    "revoke r_a from anon",
    "alter role r_a set search_path = public",
    "alter role r_a reset statement_timeout",
    "alter role r_a reset all",
    "alter role r_a set work_mem = '1MB'",
    "alter role \"r B\" in database postgres set work_mem = '8MB'",
    "alter database postgres reset lock_timeout",
    "alter database postgres set work_mem = '3MB'",
    "alter role r_a login",
    "alter role r_a bypassrls replication createrole createdb noinherit superuser",
    'alter role "r B" nologin inherit nocreatedb',
    "alter role r_a connection limit 5",
    'alter role "r B" connection limit -1',
    "alter role r_a valid until '2030-01-01'",
    "alter role \"r B\" valid until 'infinity'",
    "delete from pg_shseclabel",
    "update pg_shseclabel set label = 'other'",
    "insert into pg_shseclabel (objoid, classoid, provider, label) values ('r_a'::regrole, 1260, 'more', 'x')",
)
TIDY = 'delete from pg_shseclabel; drop role r_a, "r B"; alter database postgres reset all'


@pytest.fixture(scope="module")
def connection(make_project: Callable[..., Settings]) -> Iterator[psycopg.Connection[Any]]:
    settings = make_project("global-objects")
    server = postgres.shadow(settings)
    # It makes the platform's roles.
    postgres.platform_template(server, settings)
    with server.admin() as found:
        found.execute(GROUND.encode())
        yield found
        found.execute(TIDY.encode())


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_restored(connection: psycopg.Connection[Any], change: str) -> None:
    before = global_objects.read(connection, "postgres")
    connection.execute(change.encode())
    changed = global_objects.read(connection, "postgres")
    assert changed != before, "the change is read"
    global_restoring.restore(connection, before)
    assert global_objects.read(connection, "postgres") == before
    # The other way: from what it was to what the change made of it.
    global_restoring.restore(connection, changed)
    assert global_objects.read(connection, "postgres") == changed
    global_restoring.restore(connection, before)
    assert global_objects.read(connection, "postgres") == before


def test_a_note_says_all_of_it(connection: psycopg.Connection[Any]) -> None:
    found = global_objects.read(connection, "postgres")
    known = global_objects.of_note(found.as_json(), ["r_a", "r B"])
    assert (known.members, known.settings, known.attributes) == (found.members, found.settings, found.attributes)
    assert found.attributes["r B", "VALID UNTIL"] == "2031-02-03 04:05:06.000000+00"
    assert not any("postgres" in place or "anon" in place for place in found.attributes), "the platform's are its own"
