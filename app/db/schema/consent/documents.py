"""The texts that people agree to."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.schema.shared import SERVICE_ACCESS, Identified, Timestamp, Timestamped, touch_updated_at
from supabase_tasks.schema import Grant, Policy, anon, authenticated, enum_type


class ConsentKind(Enum):
    """What a text is about."""

    TERMS = "terms"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    MARKETING = "marketing"


class ConsentDocument(Timestamped, Identified, table=True):
    """One version of one text in one language."""

    __tablename__ = "consent_documents"
    __table_args__ = (
        CheckConstraint("version > 0", name="version_positive"),
        UniqueConstraint("kind", "locale", "version"),
        Index("ix_consent_documents_current", "kind", "locale", postgresql_where=text("published_at is not null")),
        SERVICE_ACCESS,
        Grant("select", to=[anon, authenticated]),
        Policy(
            "Everyone reads published texts",
            "select",
            [anon, authenticated],
            using=lambda t: t.c.published_at.is_not(None),
        ),
        touch_updated_at(),
    )

    kind: ConsentKind = Field(sa_type=enum_type(ConsentKind))
    locale: str = Field(default="en", max_length=12, sa_column_kwargs={"server_default": text("'en'")})
    version: int
    title: str = Field(max_length=200)
    body: str
    published_at: datetime | None = Field(default=None, sa_type=Timestamp)
