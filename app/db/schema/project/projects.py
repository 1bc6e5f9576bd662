"""Projects: the unit of collaboration."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.schema.core.access import has_role
from app.db.schema.project.access import can_edit_project, can_view_project
from app.db.schema.shared import Identified, Timestamp, Timestamped, members_may, slug, touch_updated_at
from supabase_tasks.schema import Policy, authenticated, enum_type


class ProjectVisibility(Enum):
    """Who sees a project without being invited to it."""

    RESTRICTED = "restricted"
    ORGANIZATION = "organization"


class Project(Timestamped, Identified, table=True):
    """A body of work of one organisation."""

    __tablename__ = "projects"
    __table_args__ = (
        UniqueConstraint("organization_id", "slug"),
        UniqueConstraint("organization_id", "id"),
        Index("ix_projects_active", "organization_id", "name", postgresql_where=text("archived_at is null")),
        *members_may("select", "insert", "update", "delete"),
        Policy(
            "People see projects they take part in", "select", authenticated, using=lambda t: can_view_project(t.c.id)
        ),
        Policy(
            "Editors start projects",
            "insert",
            authenticated,
            check=lambda t: has_role(t.c.organization_id, "editor"),
        ),
        Policy(
            "Editors change projects",
            "update",
            authenticated,
            using=lambda t: can_edit_project(t.c.id),
            check=lambda t: has_role(t.c.organization_id, "editor"),
        ),
        Policy(
            "Administrators delete projects",
            "delete",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE")
    name: str = Field(max_length=120)
    slug: str = Field(sa_type=slug.type)
    description: str | None = None
    visibility: ProjectVisibility = Field(
        default=ProjectVisibility.ORGANIZATION,
        sa_type=enum_type(ProjectVisibility),
        sa_column_kwargs={"server_default": text("'organization'")},
    )
    created_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    archived_at: datetime | None = Field(default=None, sa_type=Timestamp)
