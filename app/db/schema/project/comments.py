"""Comments on scenes, in threads, delivered as they are written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.schema.project.access import can_edit_scene, can_view_scene
from app.db.schema.shared import Identified, Jsonb, Timestamp, Timestamped, members_may, touch_updated_at
from supabase_tasks.schema import Policy, Publication, ReplicaIdentity, auth_uid, authenticated, once


class SceneComment(Timestamped, Identified, table=True):
    """A remark, pinned to a point of the scene or answering another one."""

    __tablename__ = "scene_comments"
    __table_args__ = (
        UniqueConstraint("scene_id", "id"),
        ForeignKeyConstraint(
            ["scene_id", "parent_id"], ["scene_comments.scene_id", "scene_comments.id"], ondelete="CASCADE"
        ),
        CheckConstraint("char_length(body) between 1 and 4000", name="body_length"),
        CheckConstraint("anchor is null or parent_id is null", name="answers_have_no_anchor"),
        Index("ix_scene_comments_parent", "scene_id", "parent_id"),
        Index(
            "ix_scene_comments_open", "scene_id", text("created_at desc"), postgresql_where=text("resolved_at is null")
        ),
        *members_may("select", "insert", "update", "delete"),
        Policy("Participants read comments", "select", authenticated, using=lambda t: can_view_scene(t.c.scene_id)),
        Policy(
            "Participants comment in their own name",
            "insert",
            authenticated,
            check=lambda t: (t.c.author_id == once(auth_uid())) & can_view_scene(t.c.scene_id),
        ),
        Policy(
            "Authors and editors change comments",
            "update",
            authenticated,
            using=lambda t: (t.c.author_id == once(auth_uid())) | can_edit_scene(t.c.scene_id),
            check=lambda t: (t.c.author_id == once(auth_uid())) | can_edit_scene(t.c.scene_id),
        ),
        Policy("Authors delete comments", "delete", authenticated, using=lambda t: t.c.author_id == once(auth_uid())),
        Publication("supabase_realtime"),
        ReplicaIdentity("full"),
        touch_updated_at(),
    )

    scene_id: UUID = Field(foreign_key="scenes.id", ondelete="CASCADE")
    parent_id: UUID | None = None
    author_id: UUID | None = Field(default=None, foreign_key="profiles.id", ondelete="SET NULL", index=True)
    body: str
    anchor: dict[str, Any] | None = Field(default=None, sa_type=Jsonb)
    resolved_at: datetime | None = Field(default=None, sa_type=Timestamp)
