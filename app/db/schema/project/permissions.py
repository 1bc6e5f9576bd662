"""Rights beyond those of the organisation: on a whole project, or on one scene."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Field

from app.db.schema.project.access import can_edit_project, can_edit_scene, can_view_project
from app.db.schema.shared import Timestamp, Timestamped, changes, members_may, touch_updated_at
from supabase_tasks.schema import Policy, auth_uid, authenticated, enum_type, once


class AccessLevel(Enum):
    """Ascending: a level includes those before it."""

    VIEW = "view"
    COMMENT = "comment"
    EDIT = "edit"


access_level = enum_type(AccessLevel)


class ProjectMember(Timestamped, table=True):
    """A user who takes part in one project, also without belonging to the organisation."""

    __tablename__ = "project_members"
    __table_args__ = (
        *members_may("select", "insert", "update", "delete"),
        Policy(
            "Participants see each other", "select", authenticated, using=lambda t: can_view_project(t.c.project_id)
        ),
        *changes("Editors", "participants", lambda t: can_edit_project(t.c.project_id)),
        touch_updated_at(),
    )

    project_id: UUID = Field(primary_key=True, foreign_key="projects.id", ondelete="CASCADE")
    user_id: UUID = Field(primary_key=True, foreign_key="auth.users.id", ondelete="CASCADE", index=True)
    access: AccessLevel = Field(
        default=AccessLevel.VIEW, sa_type=access_level, sa_column_kwargs={"server_default": text("'view'")}
    )


class ScenePermission(Timestamped, table=True):
    """A user's right on a single scene, for a while or for good."""

    __tablename__ = "scene_permissions"
    __table_args__ = (
        *members_may("select", "insert", "update", "delete"),
        Policy(
            "People see their own permissions and those they manage",
            "select",
            authenticated,
            using=lambda t: (t.c.user_id == once(auth_uid())) | can_edit_scene(t.c.scene_id),
        ),
        *changes("Editors", "permissions", lambda t: can_edit_scene(t.c.scene_id)),
        touch_updated_at(),
    )

    scene_id: UUID = Field(primary_key=True, foreign_key="scenes.id", ondelete="CASCADE")
    user_id: UUID = Field(primary_key=True, foreign_key="auth.users.id", ondelete="CASCADE", index=True)
    access: AccessLevel = Field(
        default=AccessLevel.VIEW, sa_type=access_level, sa_column_kwargs={"server_default": text("'view'")}
    )
    granted_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    expires_at: datetime | None = Field(default=None, sa_type=Timestamp)
