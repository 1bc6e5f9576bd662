"""Who agreed to what, and when they took it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlmodel import Field

from app.db.schema.shared import SERVICE_ACCESS, Identified, Timestamp
from supabase_tasks.schema import Grant, Policy, auth_uid, authenticated, once


class Consent(Identified, table=True):
    """One decision. It is withdrawn, never deleted: it proves that there was consent."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("withdrawn_at >= given_at", name="withdrawn_later"),
        Index(
            "uq_consents_standing",
            "user_id",
            "document_id",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
            postgresql_include=["given_at"],
        ),
        SERVICE_ACCESS,
        Grant("select, insert", to=authenticated),
        Grant("update", to=authenticated, columns=("withdrawn_at",)),
        Policy(
            "Everyone sees their own decisions",
            "select",
            authenticated,
            using=lambda t: t.c.user_id == once(auth_uid()),
        ),
        Policy(
            "Everyone decides for themselves", "insert", authenticated, check=lambda t: t.c.user_id == once(auth_uid())
        ),
        Policy(
            "Everyone withdraws their own consent",
            "update",
            authenticated,
            using=lambda t: t.c.user_id == once(auth_uid()),
            check=lambda t: (t.c.user_id == once(auth_uid())) & t.c.withdrawn_at.is_not(None),
        ),
    )

    user_id: UUID = Field(foreign_key="auth.users.id", ondelete="CASCADE", index=True)
    document_id: UUID = Field(foreign_key="consent_documents.id", ondelete="RESTRICT", index=True)
    given_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
    withdrawn_at: datetime | None = Field(default=None, sa_type=Timestamp)
    address: str | None = Field(default=None, sa_type=INET)
