"""No task lets a secret out: not in arguments of any process, output, logs, files, reports or hints."""

from __future__ import annotations

import os

import pytest
from support.house import House
from support.leaks import SECRETS, watched, written

TABLE = "create table public.scenes (id int primary key);\n"


def test_the_watch_would_see_a_secret() -> None:
    # Not a secret of the tests below: another worker may be running them at this moment.
    shown = "ShownOnPurpose"
    with watched((shown,)) as found:
        process = os.spawnvp(os.P_NOWAIT, "sh", ["sh", "-c", "sleep 0.5", shown])
        os.waitpid(process, 0)
    assert found


def runs(house: House) -> list[tuple[str, ...]]:
    """Every hosted task, with success and with failure."""
    staging, prod = house.cloud.projects["staging"].ref, house.cloud.projects["prod"].ref
    return [
        ("supabase-db-push-staging", "--dry-run"),
        ("supabase-db-push-staging", "--yes", "--json"),
        ("supabase-db-push-prod", "--confirm", staging),
        ("supabase-db-push-prod", "--confirm", prod),
        ("supabase-db-reset-staging", "--confirm", staging),
        ("supabase-db-reset-prod", "--dry-run", "--json"),
        ("supabase-db-pull-staging", "--yes"),
        ("supabase-db-pull-prod", "--dry-run", "--json"),
        ("supabase-db-dump-staging-public",),
        ("supabase-db-dump-prod-public", "--json"),
        ("supabase-db-drift-staging",),
        ("supabase-db-drift-prod", "--json"),
        ("supabase-migration-repair-staging", "--version", "0000", "--yes"),
        ("supabase-migration-repair-prod", "--version", "0000", "--fetch", "0000"),
        ("supabase-status",),
        ("supabase-status", "--json"),
        ("schema-diff", "--from", "migrations", "--to", "staging"),
    ]


def leaks(text: str) -> list[str]:
    return [line for line in text.splitlines() for secret in SECRETS if secret in line]


@pytest.mark.parametrize("debug", [False, True], ids=["plain", "INVOKE_DEBUG"])
def test_no_task_lets_a_secret_out(house: House, debug: bool) -> None:
    house.migration("0000_scenes", TABLE)
    environment = {"INVOKE_DEBUG": "1"} if debug else {}
    with watched() as seen:
        for arguments in runs(house)[: 5 if debug else None]:
            ran = house.run(*arguments, env=environment)
            assert leaks(ran.text) == [], arguments
            assert ran.code in (0, 1, 2), ran.text
    assert seen == []
    assert [path for path, text in written(house) if leaks(text)] == []


@pytest.mark.parametrize(
    ("fault", "expected"), [("refusal", "pooler-tenant"), ("down", "connection-lost"), ("broken", "cli-failed")]
)
def test_no_failure_lets_a_secret_out(house: House, fault: str, expected: str) -> None:
    house.migration("0000_scenes", TABLE)
    staging = house.cloud.projects["staging"]
    if fault == "refusal":
        staging.network.refusal = f"Tenant or user not found ({staging.password})"
    elif fault == "down":
        staging.network.down = True
    else:
        house.cloud.api.broken = 500
    ran = house.run("supabase-db-push-staging", "--yes", "--json")
    assert ran.json["error"]["code"] == expected
    assert leaks(ran.text) == []


def test_a_password_in_a_url_is_as_secret(house: House) -> None:
    from urllib.parse import quote

    staging = house.cloud.projects["staging"]
    house.migration("0000_scenes", TABLE)
    url = f"postgresql://postgres:{quote(staging.password, safe='')}@{staging.record.db_host}:5432/postgres"
    env: dict[str, str | None] = {**dict.fromkeys(staging.environment), "DATABASE_URL_STAGING": url}
    with watched() as seen:
        for arguments in (("supabase-db-push-staging", "--yes"), ("supabase-db-dump-staging-public",)):
            ran = house.run(*arguments, env=env)
            assert ran.code == 0, ran.text
            assert leaks(ran.text) == []
    assert seen == []
