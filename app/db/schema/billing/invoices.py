"""Invoices, and the payment provider's messages."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Index, Numeric, Sequence, func, text
from sqlmodel import Field

from app.db.schema.core.access import has_role
from app.db.schema.shared import (
    SERVICE_ACCESS,
    Identified,
    Jsonb,
    Model,
    Timestamp,
    Timestamped,
    metadata,
    read_only,
    touch_updated_at,
)
from supabase_tasks.schema import Grant, Policy, SequenceOptions, authenticated, service_role

invoice_number = Sequence("invoice_number_seq", start=1000, metadata=metadata)
SequenceOptions("invoice_number_seq", owned_by="invoices.number", grants=[Grant("usage, select", to=service_role)])


class Invoice(Timestamped, Identified, table=True):
    """An invoice; its number grows without a gap being promised."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint("net >= 0 and tax_rate between 0 and 1", name="amounts"),
        Index("ix_invoices_unpaid", "due_at", postgresql_where=text("paid_at is null")),
        *read_only(),
        Policy(
            "Administrators see invoices",
            "select",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        touch_updated_at(),
    )

    number: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, server_default=invoice_number.next_value(), nullable=False, unique=True),
    )
    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="RESTRICT", index=True)
    subscription_id: UUID | None = Field(default=None, foreign_key="subscriptions.id", ondelete="SET NULL", index=True)
    currency: str = Field(max_length=3)
    net: Decimal = Field(max_digits=12, decimal_places=2)
    tax_rate: Decimal = Field(default=Decimal(0), max_digits=5, decimal_places=4)
    gross: Decimal | None = Field(
        default=None, sa_column=Column(Numeric(12, 2), Computed("round(net * (1 + tax_rate), 2)", persisted=True))
    )
    issued_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
    due_at: datetime = Field(sa_type=Timestamp)
    paid_at: datetime | None = Field(default=None, sa_type=Timestamp)


class PaymentEvent(Model, table=True):
    """A message of the payment provider, as it came; kept so that none is handled twice."""

    __tablename__ = "payment_events"
    __table_args__ = (
        Index("ix_payment_events_open", "received_at", postgresql_where=text("handled_at is null")),
        SERVICE_ACCESS,
    )

    id: str = Field(primary_key=True, max_length=120)
    kind: str = Field(max_length=120)
    payload: dict[str, Any] = Field(sa_type=Jsonb)
    received_at: datetime | None = Field(
        default=None, nullable=False, sa_type=Timestamp, sa_column_kwargs={"server_default": func.now()}
    )
    handled_at: datetime | None = Field(default=None, sa_type=Timestamp)
    error: str | None = None
