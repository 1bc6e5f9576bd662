"""How often published scenes are looked at."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Double, Index, text
from sqlmodel import Field

from app.db.schema.project.access import can_view_scene
from app.db.schema.shared import Model, read_only
from supabase_tasks.schema import Policy, TableOptions, authenticated


class SceneDay(Model, table=True):
    """What one day brought a scene; counted up all day long, hence the room left in its pages."""

    __tablename__ = "scene_statistics"
    __table_args__ = (
        CheckConstraint("views >= 0 and visitors >= 0 and seconds >= 0", name="not_negative"),
        Index("ix_scene_statistics_day", "day", postgresql_include=["views"]),
        *read_only(),
        Policy("Participants see statistics", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)),
        TableOptions(storage={"fillfactor": 70}),
    )

    scene_id: UUID = Field(primary_key=True, foreign_key="scenes.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    views: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})
    visitors: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})
    seconds: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})
    seconds_per_view: float | None = Field(
        default=None, sa_column=Column(Double, Computed("seconds::double precision / nullif(views, 0)", persisted=True))
    )
