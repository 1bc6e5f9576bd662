"""A login or a host that looks like one project's and leads to another's: the database says who it is, or nothing runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.double import hosts
from support.double.cloud import DOMAIN
from support.house import House

PUSH = "supabase-db-push-staging"
TABLE = "create table public.scenes (id int primary key);\n"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres.{staging}.{prod}@{pooler}:5432/postgres",  # the pooler takes what follows the last dot
        "postgresql://postgres.cluster.{prod}@{pooler}:5432/postgres",
        "postgresql://postgres.{staging}@{pooler}:5432/postgres?options=reference%3D{prod}",
        "postgresql://postgres@db.{staging}.alias.{domain}:5432/postgres",
        "postgresql://postgres@DB.{prod}.{domain}.:5432/postgres",
        "postgresql://postgres@db.{staging}.{domain}:5432/postgres?hostaddr={address}",
    ],
)
def test_production_is_not_reached_as_staging(house: House, untouched: Callable[[str], bool], url: str) -> None:
    staging, prod = (house.cloud.projects[name] for name in ("staging", "prod"))
    house.migration("0000_scenes", TABLE)
    with prod.cluster.admin() as admin:
        admin.execute(f"alter role postgres password {house.literal(staging.password)}")
    alias = f"db.{staging.ref}.alias.{DOMAIN}"
    given = url.format(
        staging=staging.ref,
        prod=prod.ref,
        pooler=prod.record.pooler_host,
        domain=DOMAIN,
        address=prod.network.address,
    )
    with hosts.names({alias: prod.network.address}):
        ran = house.run(PUSH, "--yes", "--json", env={"DATABASE_URL_STAGING": given})
    assert house.ledger("prod") == [] and untouched("prod")
    # Refused, or taken to the project that was meant: what the query says about the way is not passed on.
    assert house.ledger("staging") == (["0000"] if ran.code == 0 else []), ran.text


def test_a_server_whose_certificate_is_of_no_known_authority_is_not_believed(
    house: House, untouched: Callable[[str], bool]
) -> None:
    authority = house.root / "authority.crt"
    authority.write_text(house.cloud.projects["prod"].cluster.certificate[0].read_text())
    house.configure('sslrootcert = "authority.crt"')
    house.migration("0000_scenes", TABLE)
    ran = house.run(PUSH, "--yes")
    assert ran.code == 1
    assert "certificate verify failed" in ran.stderr
    assert untouched("staging")
