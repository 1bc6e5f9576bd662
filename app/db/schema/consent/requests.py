"""Requests under data protection law: export and erasure."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.schema.shared import Identified, Timestamp, Timestamped, members_may, touch_updated_at
from supabase_tasks.schema import Policy, auth_uid, authenticated, enum_type, once


class DataRequestKind(Enum):
    """What is asked for."""

    EXPORT = "export"
    ERASURE = "erasure"


class DataRequestStatus(Enum):
    """How far it is."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class DataRequest(Timestamped, Identified, table=True):
    """One request of one user; one of a kind is open at a time."""

    __tablename__ = "data_requests"
    __table_args__ = (
        CheckConstraint("status <> 'refused' or answer is not null", name="refusal_has_answer"),
        Index(
            "uq_data_requests_open",
            "user_id",
            "kind",
            unique=True,
            postgresql_where=text("status in ('open', 'running')"),
        ),
        *members_may("select", "insert"),
        Policy(
            "Everyone sees their own requests", "select", authenticated, using=lambda t: t.c.user_id == once(auth_uid())
        ),
        Policy(
            "Everyone asks for themselves",
            "insert",
            authenticated,
            check=lambda t: (t.c.user_id == once(auth_uid())) & (t.c.status == DataRequestStatus.OPEN),
        ),
        touch_updated_at(),
    )

    user_id: UUID = Field(foreign_key="auth.users.id", ondelete="CASCADE", index=True)
    kind: DataRequestKind = Field(sa_type=enum_type(DataRequestKind))
    status: DataRequestStatus = Field(
        default=DataRequestStatus.OPEN,
        sa_type=enum_type(DataRequestStatus),
        sa_column_kwargs={"server_default": text("'open'")},
    )
    due_at: datetime = Field(
        sa_type=Timestamp, nullable=False, sa_column_kwargs={"server_default": text("now() + interval '30 days'")}
    )
    answer: str | None = None
