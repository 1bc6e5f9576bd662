"""Pushing to a hosted target with the real CLI."""

from __future__ import annotations

from support.house import House

PUSH = "supabase-db-push-staging"
TABLE = "create table public.scenes (id int primary key);\n"


def ledger(house: House, name: str = "staging") -> list[str]:
    with house.cloud.projects[name].cluster.admin() as connection:
        if connection.execute("select to_regclass('supabase_migrations.schema_migrations')").fetchone() == (None,):
            return []
        rows = connection.execute("select version from supabase_migrations.schema_migrations order by 1").fetchall()
    return [version for (version,) in rows]


def test_pushes_what_is_pending_and_shows_it_first(both: House) -> None:
    both.migration("0000_scenes", TABLE)
    ran = both.ok(PUSH, "--yes")
    assert TABLE.strip() in ran.stdout
    assert "Vectreal staging" in ran.stdout
    assert both.cloud.projects["staging"].ref in ran.stdout
    assert ledger(both) == ["0000"]
    again = both.ok(PUSH, "--yes")
    assert "up to date" in again.stdout
