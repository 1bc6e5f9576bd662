"""Who belongs to an organisation, and who is asked to."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlmodel import Field

from app.db.schema.core.access import has_role, is_member
from app.db.schema.shared import Identified, Timestamp, Timestamped, changes, members_may, touch_updated_at
from supabase_tasks.schema import EnumOptions, Policy, auth_jwt, auth_uid, authenticated, enum_type, once


class OrganizationRole(Enum):
    """Roles from the least to the most powerful: their order is that of the database's comparison."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"
    OWNER = "owner"


organization_role = enum_type(OrganizationRole)
EnumOptions(organization_role, comment="Ascending: a role includes those before it.")


def _manages(t: Any) -> Any:
    """Administrators manage the members below owners, and owners all."""
    return has_role(t.c.organization_id, "admin") & (t.c.role < "owner") | has_role(t.c.organization_id, "owner")


class Member(Timestamped, table=True):
    """One user in one organisation."""

    __tablename__ = "organization_members"
    __table_args__ = (
        Index("ix_organization_members_owners", "organization_id", postgresql_where=text("role = 'owner'")),
        *members_may("select", "insert", "update", "delete"),
        Policy("Members see each other", "select", authenticated, using=lambda t: is_member(t.c.organization_id)),
        *changes("Administrators", "members", _manages, "insert", "update"),
        Policy(
            "Administrators remove members, and everyone may leave",
            "delete",
            authenticated,
            using=lambda t: _manages(t) | (t.c.user_id == once(auth_uid())),
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(primary_key=True, foreign_key="organizations.id", ondelete="CASCADE")
    user_id: UUID = Field(primary_key=True, foreign_key="auth.users.id", ondelete="CASCADE", index=True)
    role: OrganizationRole = Field(
        default=OrganizationRole.VIEWER,
        sa_type=organization_role,
        sa_column_kwargs={"server_default": text("'viewer'")},
    )
    invited_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)


class Invitation(Timestamped, Identified, table=True):
    """An e-mail address that is asked to join."""

    __tablename__ = "organization_invitations"
    __table_args__ = (
        CheckConstraint("email ~ '^[^@[:space:]]+@[^@[:space:]]+$'", name="email_form"),
        CheckConstraint("role < 'owner'", name="no_owner"),
        CheckConstraint("expires_at > created_at", name="expires_later"),
        # One open invitation for an address, whatever its case; answered ones are history.
        Index(
            "uq_organization_invitations_open",
            "organization_id",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("accepted_at is null and revoked_at is null"),
        ),
        *members_may("select", "insert", "update", "delete"),
        *changes("Administrators", "invitations", lambda t: has_role(t.c.organization_id, "admin")),
        Policy(
            "Administrators and the invited read invitations",
            "select",
            authenticated,
            using=lambda t: (
                has_role(t.c.organization_id, "admin")
                | (func.lower(t.c.email) == func.lower(once(auth_jwt())["email"].astext))
            ),
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE", index=True)
    email: str = Field(max_length=320)
    role: OrganizationRole = Field(
        default=OrganizationRole.VIEWER,
        sa_type=organization_role,
        sa_column_kwargs={"server_default": text("'viewer'")},
    )
    token_hash: str = Field(unique=True, description="SHA-256 of the token in the mail; the token is never stored")
    invited_by: UUID | None = Field(default=None, foreign_key="auth.users.id", ondelete="SET NULL", index=True)
    expires_at: datetime = Field(
        nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": text("now() + interval '14 days'")}
    )
    accepted_at: datetime | None = Field(default=None, sa_type=Timestamp)
    revoked_at: datetime | None = Field(default=None, sa_type=Timestamp)
