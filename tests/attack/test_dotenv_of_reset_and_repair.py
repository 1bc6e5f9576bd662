"""No dotenv file moves a reset or a repair to another project, whatever its name and its variables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.house import House

RESET, REPAIR = "supabase-db-reset-staging", "supabase-migration-repair-staging"
TABLE = "create table public.scenes (id int primary key);\n"
FILES = (
    ".env", ".env.local", ".env.development", ".env.development.local", ".env.production", ".env.production.local",
    ".env.test", "supabase/.env", "supabase/.env.local", "supabase/.env.development", "supabase/functions/.env",
)  # fmt: skip


@pytest.fixture
def lured(both: House) -> House:
    """Both projects have run the migration; every dotenv file names production in every way there is."""
    both.pushed("prod", "0000_scenes", TABLE)
    both.pushed("staging", "0000_scenes", TABLE)
    prod = both.cloud.projects["prod"]
    # A malformed file would be refused before anything runs.
    escaped = prod.password.replace("\\", "\\\\").replace("'", "\\'")
    host, password = prod.record.db_host, f"'{escaped}'"
    lines = {
        "SUPABASE_PROJECT_ID": prod.ref,
        "SUPABASE_PROJECT_REF": prod.ref,
        "PROJECT_ID": prod.ref,
        "SUPABASE_DB_PASSWORD": password,
        "SUPABASE_DB_URL": f"postgresql://postgres@{host}:5432/postgres",
        "DATABASE_URL": f"postgresql://postgres@{host}:5432/postgres",
        "SUPABASE_DB_HOST": host,
        "PGHOST": host,
        "PGHOSTADDR": prod.network.address,
        "PGUSER": "postgres",
        "PGPASSWORD": password,
        "PGDATABASE": "postgres",
        "PGOPTIONS": "'-c search_path=auth'",
        "SUPABASE_YES": "true",
        "SUPABASE_WORKDIR": "/tmp",
    }
    for name in FILES:
        path = both.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))
    (both.root / "supabase" / ".temp").mkdir()
    (both.root / "supabase" / ".temp" / "project-ref").write_text(prod.ref)
    return both


@pytest.fixture(autouse=True)
def no_dotenv_left(both: House) -> object:
    yield
    for name in FILES:
        (both.root / name).unlink(missing_ok=True)


def test_a_repair_stays_where_it_was_meant(lured: House, untouched: Callable[[str], bool]) -> None:
    lured.ok(REPAIR, "--version", "0000", "--status", "reverted", "--yes")
    assert lured.ledger("staging") == []
    assert lured.ledger("prod") == ["0000"]
    assert untouched("prod")


def test_a_reset_stays_where_it_was_meant(lured: House, untouched: Callable[[str], bool]) -> None:
    for project in ("staging", "prod"):
        lured.query(project, "insert into public.scenes values (1) returning 1")
    lured.ok(RESET, "--confirm", lured.cloud.projects["staging"].ref)
    assert lured.query("staging", "select count(*) from public.scenes") == [(0,)]
    assert lured.query("prod", "select count(*) from public.scenes") == [(1,)]
    assert untouched("prod")
