from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from supabase_tasks.environment import Environment
from supabase_tasks.errors import EnvironmentMissingError, GuardError
from supabase_tasks.guard import session, targets
from supabase_tasks.settings import Settings

STAGING, PROD = "s" * 20, "p" * 20
Make = Callable[..., Environment]


def test_the_documented_variables_make_a_target(settings: Settings, environment: Make) -> None:
    found = targets.resolve(
        settings,
        environment(SUPABASE_PROJECT_REF_STAGING=STAGING, SUPABASE_DB_PASSWORD_STAGING="secret"),
        "staging",
    )
    assert (found.ref, found.password, found.given) == (STAGING, "secret", None)
    assert found.address.url == f"postgresql://postgres@db.{STAGING}.supabase.co:5432/postgres"
    assert "secret" not in repr(found)


def test_with_an_authority_certificate_and_host_are_verified(
    settings: Settings, environment: Make, tmp_path: Path
) -> None:
    authority = tmp_path / "authority.crt"
    verified = replace(settings, sslrootcert=authority)
    url = f"postgresql://postgres.{STAGING}:x@pooler.supabase.com:5432/postgres?sslmode=disable"
    direct = environment(SUPABASE_PROJECT_REF_STAGING=STAGING, SUPABASE_DB_PASSWORD_STAGING="secret")
    for variables in (direct, environment(DATABASE_URL_STAGING=url)):
        (address,) = session.addresses(targets.resolve(verified, variables, "staging"), None)
        assert address.encryption == {"sslmode": "verify-full", "sslrootcert": str(authority)}
        assert f"sslmode=verify-full&sslrootcert={quote(str(authority), safe='')}" in address.libpq_url
    (plain,) = session.addresses(targets.resolve(settings, direct, "staging"), None)
    assert plain.encryption == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["SUPABASE_PROJECT_REF_STAGING", "SUPABASE_DB_PASSWORD_STAGING"]),
        ({"SUPABASE_PROJECT_REF_STAGING": STAGING}, ["SUPABASE_DB_PASSWORD_STAGING"]),
        (
            {"DATABASE_URL_STAGING": f"postgresql://postgres@db.{STAGING}.supabase.co/postgres"},
            ["SUPABASE_DB_PASSWORD_STAGING"],
        ),
        ({"DATABASE_URL_STAGING": "postgresql://u:p@elsewhere.example/db"}, ["SUPABASE_PROJECT_REF_STAGING"]),
    ],
)
def test_everything_missing_is_named_at_once(
    settings: Settings, environment: Make, given: dict[str, str], missing: list[str]
) -> None:
    with pytest.raises(EnvironmentMissingError) as caught:
        targets.resolve(settings, environment(**given), "staging")
    assert caught.value.data["missing"] == missing


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://postgres:p%40ss@db.{STAGING}.supabase.co:5432/postgres",
        f"postgres://postgres.{STAGING}:p%40ss@aws-0-eu-central-1.pooler.supabase.com/postgres",
    ],
)
def test_a_url_alone_is_enough_where_it_names_the_project(settings: Settings, environment: Make, url: str) -> None:
    found = targets.resolve(settings, environment(DATABASE_URL_STAGING=url), "staging")
    assert (found.ref, found.password) == (STAGING, "p@ss")
    assert "p%40ss" not in found.address.url


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SUPABASE_PROJECT_REF_STAGING": "short"}, "bad-ref"),
        ({"SUPABASE_PROJECT_REF_STAGING": "ABCDEFGHIJKLMNOPQRST"}, "bad-ref"),
        ({"SUPABASE_PROJECT_REF_PROD": STAGING}, "same-project"),
        ({"DATABASE_URL_STAGING": f"postgresql://postgres:x@db.{PROD}.supabase.co/postgres"}, "ref-mismatch"),
        ({"DATABASE_URL_STAGING": f"postgresql://postgres.{PROD}:x@pooler.supabase.com/postgres"}, "ref-mismatch"),
        (
            {"DATABASE_URL_STAGING": f"postgresql://postgres.{STAGING}:x@pooler.supabase.com:6543/postgres"},
            "database-url",
        ),
        ({"SUPABASE_PROJECT_REF_PROD": f" {STAGING}\n"}, "same-project"),
        ({"DATABASE_URL_PROD": f"postgresql://postgres:x@db.{STAGING}.supabase.co/postgres"}, "same-project"),
        ({"DATABASE_URL_PROD": f"postgresql://postgres:x@DB.{STAGING.upper()}.SUPABASE.CO./postgres"}, "same-project"),
        (
            {"DATABASE_URL_PROD": f"postgresql://postgres%2E{STAGING}:x@pooler.supabase.com:6543/postgres"},
            "same-project",
        ),
        ({"DATABASE_URL_PROD": "postgresql://half:[url"}, "database-url"),
        ({"DATABASE_URL_STAGING": f"postgresql://postgres:x@db.{PROD}.supabase.co./postgres"}, "ref-mismatch"),
        ({"DATABASE_URL_STAGING": f"postgresql://postgres:x@h/postgres?host=db.{PROD}.supabase.co"}, "database-url"),
        ({"DATABASE_URL_STAGING": "postgresql://postgres:x@h/postgres?service=prod"}, "database-url"),
        ({"DATABASE_URL_STAGING": "postgresql://postgres:x@h/postgres?sslmode=require%26host%3Dh2"}, "database-url"),
        ({"DATABASE_URL_STAGING": "postgresql://postgres:x@%2Ftmp/postgres"}, "database-url"),
        ({"DATABASE_URL_STAGING": f"postgresql://postgres:x@db.{STAGING}.supabase.co,other/postgres"}, "database-url"),
        ({"DATABASE_URL_STAGING": "https://example.org"}, "database-url"),
        ({"DATABASE_URL_STAGING": "postgresql://u:p@[half/db"}, "database-url"),
        ({"DATABASE_URL_STAGING": "postgresql://u:p@host:port/db"}, "database-url"),
    ],
)
def test_contradictions_are_refused(settings: Settings, environment: Make, given: dict[str, str], code: str) -> None:
    values = {"SUPABASE_PROJECT_REF_STAGING": STAGING, "SUPABASE_DB_PASSWORD_STAGING": "x", **given}
    with pytest.raises(GuardError) as caught:
        targets.resolve(settings, environment(**values), "staging")
    assert caught.value.code == code


def test_two_urls_alone_may_not_be_one(settings: Settings, environment: Make) -> None:
    url = f"postgresql://postgres:x@db.{PROD}.supabase.co/postgres"
    pooler = f"postgresql://postgres.{PROD}:x@aws-0-eu-central-1.pooler.supabase.com/postgres"
    for staging, prod in ((url, url), (url, pooler), (pooler, url)):
        with pytest.raises(GuardError) as caught:
            targets.resolve(settings, environment(DATABASE_URL_STAGING=staging, DATABASE_URL_PROD=prod), "staging")
        assert caught.value.code == "same-project"
        assert "DATABASE_URL_PROD" in caught.value.message


def test_two_urls_that_name_nothing_may_not_be_equal(settings: Settings, environment: Make) -> None:
    values = {
        "SUPABASE_PROJECT_REF_STAGING": STAGING,
        "DATABASE_URL_STAGING": "postgresql://postgres:x@10.0.0.1:5432/postgres",
        "DATABASE_URL_PROD": "postgresql://postgres:y@10.0.0.1:5433/postgres?sslmode=disable",
    }
    with pytest.raises(GuardError) as caught:
        targets.resolve(settings, environment(**values), "staging")
    assert caught.value.code == "same-project"


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"postgresql://postgres:x@db.{STAGING}.supabase.co/postgres", True),
        (f"postgresql://postgres:x@Db.{STAGING}.Supabase.Co./postgres", True),
        (f"postgresql://postgres.{STAGING}:x@10.0.0.1/postgres", True),
        ("postgresql://postgres:x@10.0.0.1/postgres", False),
        ("postgresql://postgres:x@alias.example/postgres", False),
        ("postgresql://postgres:x@aws-0-eu-central-1.pooler.supabase.com/postgres", False),
        (f"postgresql://postgres:x@db.{STAGING}.supabase.co.evil.example/postgres", False),
        (f"postgresql://postgres:x@evil.example/postgres?application_name=postgres.{STAGING}", False),
    ],
)
def test_a_url_names_its_project_by_host_or_login(settings: Settings, environment: Make, url: str, named: bool) -> None:
    values = {"SUPABASE_PROJECT_REF_STAGING": STAGING, "DATABASE_URL_STAGING": url}
    assert targets.resolve(settings, environment(**values), "staging").named is named


def test_what_is_percent_encoded_in_a_url_stays_what_it_was(settings: Settings, environment: Make) -> None:
    url = f"postgresql://postgres%40x.{STAGING}:x@db.{STAGING}.supabase.co/db%3Fhost%3Dh2%26a"
    found = targets.resolve(settings, environment(DATABASE_URL_STAGING=url), "staging").address
    assert (found.user, found.database) == (f"postgres@x.{STAGING}", "db?host=h2&a")
    assert found.url == f"postgresql://postgres%40x.{STAGING}@db.{STAGING}.supabase.co:5432/db%3Fhost%3Dh2%26a"
