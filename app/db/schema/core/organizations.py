"""Organisations: the owners of everything else."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.schema.core.access import has_role, is_member
from app.db.schema.shared import EMPTY_OBJECT, Identified, Jsonb, Timestamped, members_may, slug, touch_updated_at
from supabase_tasks.schema import Policy, auth_uid, authenticated, once


class Organization(Timestamped, Identified, table=True):
    """A company, a studio, or one person's own space."""

    __tablename__ = "organizations"
    __table_args__ = (
        CheckConstraint("char_length(name) between 1 and 120", name="name_length"),
        CheckConstraint("jsonb_typeof(settings) = 'object'", name="settings_object"),
        # One personal space for each user, however many organisations they found.
        Index("uq_organizations_personal_owner", "created_by", unique=True, postgresql_where=text("personal")),
        *members_may("select", "insert", "update", "delete"),
        Policy("Members read their organisations", "select", authenticated, using=lambda t: is_member(t.c.id)),
        Policy(
            "Anyone signed in founds an organisation",
            "insert",
            authenticated,
            check=lambda t: t.c.created_by == once(auth_uid()),
        ),
        Policy(
            "Administrators change their organisation",
            "update",
            authenticated,
            using=lambda t: has_role(t.c.id, "admin"),
            check=lambda t: has_role(t.c.id, "admin"),
        ),
        Policy(
            "Owners delete their organisation",
            "delete",
            authenticated,
            using=lambda t: has_role(t.c.id, "owner") & ~t.c.personal,
        ),
        touch_updated_at(),
        {"comment": "The owners of projects, subscriptions and API keys."},
    )

    name: str
    slug: str = Field(unique=True, sa_type=slug.type)
    personal: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    created_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
