"""Publishing: which version of a scene the world sees, and where it may be embedded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func, text
from sqlmodel import Field

from app.db.schema.core.access import has_role, is_member
from app.db.schema.project.access import can_edit_scene, can_view_scene
from app.db.schema.shared import (
    EMPTY_OBJECT,
    Identified,
    Jsonb,
    Timestamp,
    Timestamped,
    changes,
    members_may,
    slug,
    touch_updated_at,
)
from supabase_tasks.schema import Grant, Policy, anon, authenticated


def _is_live(t: Any) -> Any:
    return t.c.withdrawn_at.is_(None) & (t.c.published_at <= func.now())


class Publication(Timestamped, Identified, table=True):
    """A version of a scene under an address; one at a time for a scene is live."""

    __tablename__ = "scene_publications"
    __table_args__ = (
        ForeignKeyConstraint(
            ["scene_id", "version_id"], ["scene_versions.scene_id", "scene_versions.id"], ondelete="RESTRICT"
        ),
        CheckConstraint("withdrawn_at > published_at", name="withdrawn_later"),
        Index("ix_scene_publications_version", "scene_id", "version_id"),
        Index("uq_scene_publications_live", "scene_id", unique=True, postgresql_where=text("withdrawn_at is null")),
        *members_may("select", "insert", "update"),
        Grant("select", to=anon),
        Policy("Visitors see what is live", "select", anon, using=_is_live),
        Policy(
            "Participants see the history, everyone what is live",
            "select",
            authenticated,
            using=lambda t: _is_live(t) | can_view_scene(t.c.scene_id),
        ),
        Policy("Editors publish", "insert", authenticated, check=lambda t: can_edit_scene(t.c.scene_id)),
        Policy(
            "Editors withdraw",
            "update",
            authenticated,
            using=lambda t: can_edit_scene(t.c.scene_id),
            check=lambda t: can_edit_scene(t.c.scene_id),
        ),
        touch_updated_at(),
    )

    scene_id: UUID = Field(foreign_key="scenes.id", ondelete="CASCADE")
    version_id: UUID
    address: str = Field(unique=True, sa_type=slug.type)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
    published_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    published_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
    withdrawn_at: datetime | None = Field(default=None, sa_type=Timestamp)


class EmbedDomain(Timestamped, Identified, table=True):
    """A web site that may embed an organisation's scenes."""

    __tablename__ = "embed_domains"
    __table_args__ = (
        CheckConstraint("host = lower(host) and host ~ '^[a-z0-9.-]+$'", name="host_form"),
        Index("uq_embed_domains_host", "organization_id", "host", unique=True),
        *members_may("select", "insert", "update", "delete"),
        Policy("Members see domains", "select", authenticated, using=lambda t: is_member(t.c.organization_id)),
        *changes("Administrators", "domains", lambda t: has_role(t.c.organization_id, "admin")),
        # An organisation that is past due keeps its domains, and adds none.
        Policy(
            "Only with a running subscription",
            "insert",
            authenticated,
            restrictive=True,
            check="exists (select from public.subscriptions s"
            " where s.organization_id = embed_domains.organization_id and s.status in ('trialing', 'active'))",
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE")
    host: str = Field(max_length=253)
    verified_at: datetime | None = Field(default=None, sa_type=Timestamp)
