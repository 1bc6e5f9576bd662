"""Folders: a tree in each project."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.schema.project.access import can_edit_project, can_view_project
from app.db.schema.shared import Identified, Timestamped, changes, members_may, touch_updated_at
from supabase_tasks.schema import Policy, authenticated


class Folder(Timestamped, Identified, table=True):
    """A folder; its parent is of the same project, which the composite foreign key sees to."""

    __tablename__ = "folders"
    __table_args__ = (
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "parent_id"], ["folders.project_id", "folders.id"], ondelete="CASCADE"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index("ix_folders_parent", "project_id", "parent_id"),
        # Names are unique among siblings; folders at the top are siblings too.
        Index("uq_folders_name", "project_id", "parent_id", "name", unique=True, postgresql_nulls_not_distinct=True),
        *members_may("select", "insert", "update", "delete"),
        Policy("Participants see folders", "select", authenticated, using=lambda t: can_view_project(t.c.project_id)),
        *changes("Editors", "folders", lambda t: can_edit_project(t.c.project_id)),
        touch_updated_at(),
    )

    project_id: UUID = Field(foreign_key="projects.id", ondelete="CASCADE")
    parent_id: UUID | None = None
    name: str = Field(max_length=120)
    position: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
