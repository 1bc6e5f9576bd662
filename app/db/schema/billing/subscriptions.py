"""Who has bought what."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.schema.core.access import has_role
from app.db.schema.shared import Identified, Timestamp, Timestamped, read_only, touch_updated_at
from supabase_tasks.schema import Policy, authenticated, enum_type


class SubscriptionStatus(Enum):
    """The life of a subscription."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELED = "canceled"


class Subscription(Timestamped, Identified, table=True):
    """An organisation's subscription; one at a time that is not over."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        CheckConstraint("period_end > period_start", name="period"),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("(status = 'canceled') = (canceled_at is not null)", name="canceled_at_when_canceled"),
        Index(
            "uq_subscriptions_current", "organization_id", unique=True, postgresql_where=text("status <> 'canceled'")
        ),
        *read_only(),
        Policy(
            "Administrators see subscriptions",
            "select",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        touch_updated_at(),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE", index=True)
    price_id: UUID = Field(foreign_key="plan_prices.id", ondelete="RESTRICT", index=True)
    status: SubscriptionStatus = Field(
        default=SubscriptionStatus.TRIALING,
        sa_type=enum_type(SubscriptionStatus),
        sa_column_kwargs={"server_default": text("'trialing'")},
    )
    seats: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    period_start: datetime = Field(sa_type=Timestamp)
    period_end: datetime = Field(sa_type=Timestamp)
    canceled_at: datetime | None = Field(default=None, sa_type=Timestamp)
    external_id: str | None = Field(default=None, unique=True, description="The payment provider's id")
