"""Who sees and may do what, asked as the people of the seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

As = Callable[[str], Any]

SCENES = {
    "mira": {"Birch lounge chair", "Stackable stool", "Entrance hall", "Celadon bowl"},
    "jonas": {"Birch lounge chair", "Stackable stool", "Entrance hall", "Celadon bowl"},
    "amara": {"Birch lounge chair", "Stackable stool", "Entrance hall", "Celadon bowl"},
    "li": {"Birch lounge chair", "Stackable stool", "Entrance hall", "Celadon bowl"},
    "sofia": {"Birch lounge chair", "Celadon bowl"},
    "anon": {"Birch lounge chair", "Celadon bowl"},
}


def names(connection: psycopg.Connection[Any], query: str) -> set[str]:
    return {row[0] for row in connection.execute(query)}


@pytest.mark.parametrize(("who", "expected"), SCENES.items())
def test_scenes(who: str, expected: set[str], as_: As) -> None:
    with as_(who) as connection:
        assert names(connection, "select name from public.scenes") == expected


def test_a_guest_sees_the_one_project_and_the_one_scene_shared_with_them(as_: As) -> None:
    with as_("li") as connection:
        assert names(connection, "select name from public.projects") == {"Tableware", "Museum pitch"}
        assert names(connection, "select name from public.organizations") == {"Kiln Ceramics"}


def test_what_is_live_is_for_everybody(as_: As) -> None:
    with as_("anon") as connection:
        assert names(connection, "select address from public.published_scenes") == {
            "birch-lounge-chair",
            "celadon-bowl",
        }


def test_a_view_counts_what_its_reader_may_see(as_: As) -> None:
    with as_("amara") as connection:
        rows = connection.execute("select slug, members, projects, scenes from public.organization_overview").fetchall()
    assert rows == [("atelier-nord", 3, 2, 3)]


REFUSED = {
    "a stranger adds a scene": (
        "sofia",
        "insert into public.scenes (organization_id, project_id, name) values"
        " ('b1000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000001', 'x')",
    ),
    "an editor makes an administrator": (
        "amara",
        "insert into public.organization_members (organization_id, user_id, role) values"
        " ('b1000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000005', 'admin')",
    ),
    "an administrator makes an owner": (
        "jonas",
        "insert into public.organization_members (organization_id, user_id, role) values"
        " ('b1000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000005', 'owner')",
    ),
    "a comment in somebody else's name": (
        "amara",
        "insert into public.scene_comments (scene_id, author_id, body) values"
        " ('f3000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'x')",
    ),
    "consent for somebody else": (
        "li",
        "insert into public.consents (user_id, document_id) values"
        " ('a1000000-0000-4000-8000-000000000001', 'e1000000-0000-4000-8000-000000000003')",
    ),
    "the hash of a key": ("mira", "select key_hash from public.api_keys"),
    "a visitor reads organisations": ("anon", "select * from public.organizations"),
    "a payment": ("mira", "select * from public.payment_events"),
    "a partition by its own name": ("mira", "select * from public.usage_records_2026"),
    "a domain without a running subscription": (
        "li",
        "insert into public.embed_domains (organization_id, host) values"
        " ('b1000000-0000-4000-8000-000000000002', 'kiln.test')",
    ),
}


@pytest.mark.parametrize(("who", "statement"), REFUSED.values(), ids=REFUSED)
def test_refused(who: str, statement: str, as_: As) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_(who) as connection:
        connection.execute(statement)


def test_the_trail_cannot_be_changed_even_by_the_owner(owner: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("update public.audit_events set action = 'x'")


def test_a_new_user_gets_a_profile_and_a_founder_becomes_owner(owner: psycopg.Connection[Any], as_: As) -> None:
    owner.execute(
        "insert into auth.users (id, email, raw_user_meta_data) values"
        " ('a1000000-0000-4000-8000-000000000009', 'new@x.test', '{}')"
    )
    assert names(owner, "select display_name from public.profiles where id::text like '%0009'") == {"new"}
    with as_("new") as connection:
        connection.execute(
            "insert into public.organizations (name, slug, created_by) values ('New', 'new', auth.uid())"
        )
        assert names(connection, "select name from public.organizations") == {"New"}


def test_an_invitation_is_accepted_once_by_the_one_it_is_for(owner: psycopg.Connection[Any], as_: As) -> None:
    owner.execute(
        "insert into auth.users (id, email) values ('a1000000-0000-4000-8000-000000000008', 'priya@atelier-nord.test')"
    )
    with as_("priya") as connection:
        connection.execute("select public.accept_invitation('welcome-priya')")
        assert names(connection, "select name from public.organizations") == {"Atelier Nord"}
        with pytest.raises(psycopg.errors.NoDataFound), connection.transaction():
            connection.execute("select public.accept_invitation('welcome-priya')")


def test_a_change_is_stamped(owner: psycopg.Connection[Any]) -> None:
    owner.execute("update public.tags set updated_at = '2000-01-01', name = 'Seats' where name = 'Furniture'")
    assert names(owner, "select extract(year from updated_at)::int from public.tags where name = 'Seats'") != {2000}
