from __future__ import annotations

import os

import pytest

from supabase_tasks import environment as environments
from supabase_tasks.guard import session
from supabase_tasks.guard.link import Link
from supabase_tasks.guard.profile import Profile
from supabase_tasks.guard.targets import Target
from supabase_tasks.settings import TargetSettings

REF = "s" * 20
TARGET = Target(TargetSettings("staging"), REF, Profile(), None, "secret")


@pytest.mark.parametrize(
    ("ref", "pooler", "taken"),
    [
        (REF, f"postgresql://postgres.{REF}@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", True),
        (REF, f"postgresql://postgres.{REF}@evil.example:5432/postgres", False),
        (REF, f"postgresql://postgres.{'p' * 20}@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", False),
        ("p" * 20, f"postgresql://postgres.{REF}@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", False),
        (REF, "\x00\x01 no url", False),
        (REF, None, False),
    ],
)
def test_the_password_goes_to_the_platforms_own_pooler_or_nowhere(ref: str, pooler: str | None, taken: bool) -> None:
    found = session.addresses(TARGET, Link(ref, None, pooler))
    assert (len(found) == 2) is taken
    assert found[0].host == f"db.{REF}.supabase.co"


@pytest.mark.parametrize("rest", ["postgres?sslmode=disable", "template1", "other?sslmode=allow"])
def test_no_more_than_the_poolers_host_is_taken_from_a_link(rest: str) -> None:
    link = Link(REF, None, f"postgresql://admin.{REF}@aws-0-eu-central-1.pooler.supabase.com:7777/{rest}")
    (_, pooler) = session.addresses(TARGET, link)
    assert pooler.url == f"postgresql://postgres.{REF}@aws-0-eu-central-1.pooler.supabase.com:5432/postgres"
    assert pooler.sslmode == "require"


def test_what_the_shell_holds_for_psql_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOSTADDR", "PGOPTIONS", "PGSERVICE", "PGSSLMODE", "PGANYTHING_NEW"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("PG_DSN", "an app's own")
    environments.drop_libpq_variables()
    assert [name for name in os.environ if name.startswith("PG")] == ["PG_DSN"]
