"""A target's ledger is data: it writes no file elsewhere, gives the CLI no option, and vouches for its own project only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from support.double.cloud import Project
from support.house import House

from supabase_tasks import process
from supabase_tasks.postgres import account

PUSH, PROD, REPAIR = "supabase-db-push-staging", "supabase-db-push-prod", "supabase-migration-repair-staging"
TABLE = "create table public.scenes (id int primary key);\n"


def record(house: House, version: str, name: str) -> None:
    with house.cloud.projects["staging"].cluster.admin() as admin:
        admin.execute(
            "insert into supabase_migrations.schema_migrations values (%s, '{select 1}', %s)", (version, name)
        )


def url_of(project: Project, port: int = 5432) -> str:
    return f"postgresql://postgres:{quote(project.password, safe='')}@{project.network.address}:{port}/postgres"


@pytest.mark.parametrize("name", ["/../../../../evil", "/../../../pyproject", "a/b", "x\x1b\n"])
def test_a_fetched_file_lies_among_the_migrations(house: House, name: str) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    record(house, "0001", name)
    house.ok(REPAIR, "--fetch", "0001", "--yes")
    (written,) = set(house.migrations.iterdir()) - {house.migrations / "0000_scenes.sql"}
    assert written.is_file()
    assert written.name.isprintable()
    assert not list(house.root.parent.rglob("evil*"))


@pytest.mark.parametrize("version", ["--debug", "-h", "--status=applied", "/etc/x", "0001;touch evil", "\u0661"])
def test_a_version_is_no_option_no_path_and_no_command(house: House, version: str) -> None:
    """`migration repair --status reverted --yes --debug` empties the whole history (2.122.1, 3.1.0)."""
    house.pushed("staging", "0000_scenes", TABLE)
    record(house, version, "odd")
    error = house.refused(REPAIR, "--status", "reverted", f"--version={version}", "--yes")
    assert error["code"] in ("odd-version", "unknown-version")
    assert house.refused(REPAIR, f"--fetch={version}", "--yes")["code"] == "odd-version"
    assert sorted(house.ledger("staging")) == sorted(["0000", version])
    shown = house.refused(PUSH, "--yes")["cause"]
    assert "--version 0001;touch" not in shown


def test_the_history_of_a_database_that_does_not_say_whose_it_is_promotes_nothing(
    house: House, untouched: Callable[[str], bool]
) -> None:
    """The way to staging leads elsewhere: to a database that no project's address shows."""
    house.pushed("staging", "0000_scenes", TABLE)
    prod = house.cloud.projects["prod"]
    elsewhere = {
        "DATABASE_URL_STAGING": url_of(house.cloud.projects["staging"]),
        "SUPABASE_PROJECT_REF_STAGING": "abcdefghijklmnopqrst",
    }
    error = house.refused(PROD, "--confirm", prod.ref, env=elsewhere)
    assert error["code"] in ("unnamed-project", "unknown-database")
    assert house.ledger("prod") == []


@pytest.fixture
def replica(house: House, tmp_path: Path) -> Iterator[int]:
    """The port of a read replica of staging, on staging's address."""
    project, port = house.cloud.projects["staging"], 15433
    cluster = project.cluster
    tmp_path.chmod(0o755)
    data = cluster.folder / "replica"
    cluster.stop()
    shutil.copytree(cluster.data, data)
    cluster.start()
    (data / "standby.signal").touch()
    for path in (data, *data.rglob("*")):
        account.give(path)
    data.chmod(0o700)
    control = [str(cluster.server.bin / "pg_ctl"), f"--pgdata={data}", "--silent", "--wait"]
    process.run([*control, f"--options=-p {port}", f"--log={data}/log", "start"], uid=account.uid(), cwd=data)
    yield port
    process.run([*control, "--mode=immediate", "stop"], uid=account.uid(), cwd=data)
    shutil.rmtree(data)


def test_a_read_replica_of_this_database_is_not_taken_for_another_one(
    house: House, replica: int, untouched: Callable[[str], bool]
) -> None:
    """A replica shows none of its primary's locks, by which one database is told from another."""
    house.migration("0000_scenes", TABLE)
    other: dict[str, str | None] = {
        "DATABASE_URL_PROD": url_of(house.cloud.projects["staging"], replica),
        "SUPABASE_PROJECT_REF_PROD": None,
        "SUPABASE_DB_PASSWORD_PROD": None,
    }
    error = house.refused(PUSH, "--yes", env=other)
    assert error["code"] == "unknown-database"
    assert "read replica" in error["cause"]
    assert untouched("staging")
