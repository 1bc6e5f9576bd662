"""Tags: words that an organisation sorts its scenes by."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.schema.core.access import has_role, is_member
from app.db.schema.shared import Identified, Timestamped, changes, members_may, touch_updated_at
from supabase_tasks.schema import Policy, authenticated


class Tag(Timestamped, Identified, table=True):
    """A word with a colour."""

    __tablename__ = "tags"
    __table_args__ = (
        CheckConstraint("color ~ '^#[0-9a-f]{6}$'", name="color_form"),
        # The target of composite foreign keys: a scene takes tags of its own organisation only.
        UniqueConstraint("organization_id", "id"),
        Index("uq_tags_name", "organization_id", text("lower(name)"), unique=True),
        *members_may("select", "insert", "update", "delete"),
        Policy("Members read tags", "select", authenticated, using=lambda t: is_member(t.c.organization_id)),
        *changes("Editors", "tags", lambda t: has_role(t.c.organization_id, "editor")),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE")
    name: str = Field(max_length=60)
    color: str = Field(default="#6b7280", max_length=7, sa_column_kwargs={"server_default": text("'#6b7280'")})
