"""A network without IPv6, where a project's direct host cannot be reached and its pooler can."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.double import hosts
from support.double.cloud import DOMAIN
from support.double.management import ProjectRecord
from support.house import House

from supabase_tasks.errors import DatabaseError
from supabase_tasks.flow.targets import hosted_target

PUSH = "supabase-db-push-staging"
# A unique local address that no route leads to (RFC 4193).
NOWHERE = "fd5e:7c1a:b0a5::1"
TABLE = "create table public.scenes (id int);\n"


@pytest.fixture
def ipv4_only(both: House) -> Iterator[House]:
    """Staging as a project whose direct host has an IPv6 address only; the pooler leads to the same database."""
    staging, pooler = both.cloud.projects["staging"], both.cloud.pooler
    ref = "sixonly" + staging.ref[-13:]
    record = ProjectRecord(
        ref, "Vectreal six", f"db.{ref}.{DOMAIN}", staging.record.pooler_host, database=staging.cluster
    )
    both.cloud.api.projects[ref], pooler.tenants[ref] = record, staging.cluster.listens
    both.extra["SUPABASE_PROJECT_REF_STAGING"] = ref
    with hosts.names({record.db_host: NOWHERE}):
        yield both
    del both.cloud.api.projects[ref], pooler.tenants[ref]


def test_a_push_takes_the_pooler_that_the_link_names(ipv4_only: House) -> None:
    ipv4_only.migration("0000_scenes", TABLE)
    ran = ipv4_only.ok(PUSH, "--yes")
    assert "pooler" in ran.stdout
    assert ipv4_only.ledger("staging") == ["0000"]


def test_a_cli_at_work_behind_the_pooler_is_seen(house: House) -> None:
    import psycopg

    staging = house.cloud.projects["staging"]
    with psycopg.connect(
        host=staging.record.pooler_host,
        user=f"postgres.{staging.ref}",
        password=staging.password,
        dbname="postgres",
        application_name="@effect/sql-pg",
    ) as at_work:
        at_work.execute("select 1")
        house.migration("0000_scenes", TABLE)
        assert house.refused(PUSH, "--yes")["code"] == "busy"


def test_a_project_that_the_pooler_does_not_know(house: House) -> None:
    staging = house.cloud.projects["staging"]
    url = f"postgresql://postgres.{staging.ref}@{staging.record.pooler_host}:5432/postgres"
    route = house.cloud.pooler.tenants.pop(staging.ref)
    error = house.refused("supabase-db-drift-staging", env={"DATABASE_URL_STAGING": url})
    house.cloud.pooler.tenants[staging.ref] = route
    assert error["code"] == "pooler-tenant"


def test_without_a_link_the_cause_is_named(ipv4_only: House) -> None:
    error = ipv4_only.refused("supabase-db-drift-staging")
    assert error["code"] == "ipv6"
    assert "DATABASE_URL_STAGING" in error["fix"]


def test_a_host_that_does_not_exist(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    ref = "nosuchproject" + "x" * 7
    error = house.refused("supabase-db-drift-staging", env={"SUPABASE_PROJECT_REF_STAGING": ref})
    assert error["code"] == "host-unknown"
    assert "SUPABASE_PROJECT_REF_STAGING" in error["fix"]


def test_a_connection_that_is_lost_while_it_is_used(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(DatabaseError) as caught, hosted_target.open_for_reading(house.settings, "staging") as found:
        house.cloud.projects["staging"].network.cut()
        found.history()
    assert caught.value.code == "connection-lost"
