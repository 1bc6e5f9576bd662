"""What happened: rows are added by triggers and by the backend, and never change."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, func, text
from sqlalchemy.dialects.postgresql import INET
from sqlmodel import Field

from app.db.schema.core.access import has_role
from app.db.schema.shared import EMPTY_OBJECT, Jsonb, Model, Timestamp, private
from supabase_tasks.schema import Function, Grant, Policy, Trigger, authenticated, service_role

refuse_change = Function(
    "refuse_change",
    """
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'restrict_violation';
end
""",
    returns="trigger",
    language="plpgsql",
    schema=private.name,
    comment="Makes a table append-only.",
)


class AuditEvent(Model, table=True):
    """One act of one person (or of the system, when there is no actor)."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_recent", "organization_id", text("occurred_at desc")),
        # Rows come in order of time: a block range index costs next to nothing.
        Index("ix_audit_events_time", "occurred_at", postgresql_using="brin"),
        Index(
            "ix_audit_events_details", "details", postgresql_using="gin", postgresql_ops={"details": "jsonb_path_ops"}
        ),
        Grant("select", to=authenticated),
        Grant("select, insert", to=service_role),
        Policy(
            "Administrators read the audit trail",
            "select",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        Trigger("refuse_change", refuse_change, events="update, delete"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    # The trail outlives what it tells of: no foreign keys.
    organization_id: UUID | None = None
    actor_id: UUID | None = Field(default=None, index=True)
    action: str = Field(max_length=80)
    subject: str = Field(max_length=200, description="What it was done to, such as `scene:4b1f…`")
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)
    address: str | None = Field(default=None, sa_type=INET)
    occurred_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
