"""No task lets a secret out: not in arguments of any process, output, logs, files, reports or hints."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.double.cloud import ACCESS_TOKEN, SECRET_CORE
from support.house import House

from supabase_tasks.cache import project_folder

SECRETS = (SECRET_CORE, ACCESS_TOKEN)
TABLE = "create table public.scenes (id int primary key);\n"


@contextmanager
def watched(secrets: tuple[str, ...] = SECRETS) -> Iterator[list[str]]:
    """Every process's arguments, looked at without pause; yields those that held one of the secrets."""
    found: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    arguments = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                found.extend(arguments for secret in secrets if secret in arguments)
            stop.wait(0.02)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield found
    stop.set()
    thread.join()


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


def written(house: House) -> Iterator[tuple[Path, str]]:
    """Every file that the project and its state hold; the double's own servers are not part of it."""
    for folder in (house.root, project_folder(house.settings), house.cloud.home):
        for path in folder.rglob("*"):
            if path.is_file() and "postgres-" not in str(path.relative_to(folder)):
                yield path, path.read_text(errors="replace")


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
