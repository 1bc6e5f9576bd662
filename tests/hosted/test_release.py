"""The document's release sequence, run as a script: generate → review → staging → validate → production."""

from __future__ import annotations

from support.house import House

MODELS = """
import uuid
from sqlmodel import Field, SQLModel
from supabase_tasks.schema import Policy, authenticated


class Scene(SQLModel, table=True):
    __tablename__ = "scenes"
    __table_args__ = (Policy("scenes_read", command="select", to=authenticated, using="true"),)
    id: uuid.UUID = Field(primary_key=True)
    title: str
"""
ANOTHER = "    views: int = Field(default=0, sa_column_kwargs={'server_default': '0'})\n"


def released(house: House, version: str) -> None:
    """Steps 2 to 4 for everything that is pending."""
    shown = house.ok("supabase-db-push-staging", "--dry-run").stdout
    assert "scenes" in shown
    # Production first is refused: the sequence is not a custom but a rule.
    prod = house.cloud.projects["prod"].ref
    assert house.refused("supabase-db-push-prod", "--confirm", prod)["code"] == "not-promoted"
    house.ok("supabase-db-push-staging", "--yes")
    house.ok("supabase-db-drift-staging")
    house.ok("supabase-db-push-prod", "--confirm", prod)
    house.ok("supabase-db-drift-prod")
    assert house.ledger("staging")[-1] == house.ledger("prod")[-1] == version


def test_the_release_sequence(both: House) -> None:
    (both.root / "models.py").write_text(MODELS)
    both.configure('models = "models"\n')
    both.ok("schema-generate", "--name", "scenes")
    (first,) = both.migrations.glob("*_scenes.sql")
    assert "create policy scenes_read" in first.read_text().lower()
    released(both, "0000")

    (both.root / "models.py").write_text(MODELS + ANOTHER)
    both.ok("schema-generate", "--name", "views")
    released(both, "0001")
    both.ok("schema-check")
    column = (
        "select column_default from information_schema.columns where column_name = 'views' and table_schema = 'public'"
    )
    assert both.query("prod", column) == [("0",)]
    status = both.ok("supabase-status", "--json").json
    states = {database["name"]: {entry["state"] for entry in database["entries"]} for database in status["databases"]}
    assert states["staging"] == states["prod"] == {"applied"}
