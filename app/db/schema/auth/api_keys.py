"""Keys by which programs act for an organisation."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, text
from sqlmodel import Field

from app.db.schema.core.access import has_role
from app.db.schema.shared import SERVICE_ACCESS, Identified, Timestamp, Timestamped, touch_updated_at
from supabase_tasks.schema import Grant, Policy, authenticated, enum_type


class ApiScope(Enum):
    """What a key may be used for."""

    SCENES_READ = "scenes:read"
    SCENES_WRITE = "scenes:write"
    ASSETS_UPLOAD = "assets:upload"
    STATISTICS_READ = "statistics:read"


class ApiKey(Timestamped, Identified, table=True):
    """A key; only its hash is stored, and its first letters to know it by."""

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("cardinality(scopes) > 0", name="scopes_not_empty"),
        CheckConstraint("key_hash ~ '^[0-9a-f]{64}$'", name="key_hash_form"),
        Index("ix_api_keys_live", "organization_id", "last_used_at", postgresql_where=text("revoked_at is null")),
        SERVICE_ACCESS,
        # The hash stays with the backend, also from administrators.
        Grant(
            "select",
            to=authenticated,
            columns=("id", "organization_id", "name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at"),
        ),
        Grant("update", to=authenticated, columns=("name", "revoked_at")),
        Policy(
            "Administrators see and revoke keys",
            "all",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
            check=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=80)
    prefix: str = Field(max_length=12)
    key_hash: str = Field(unique=True, max_length=64)
    scopes: list[ApiScope] = Field(sa_column=Column(ARRAY(enum_type(ApiScope)), nullable=False))
    created_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    expires_at: datetime | None = Field(default=None, sa_type=Timestamp)
    last_used_at: datetime | None = Field(default=None, sa_type=Timestamp)
    revoked_at: datetime | None = Field(default=None, sa_type=Timestamp)
