"""What can be bought."""

from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.schema.shared import EMPTY_OBJECT, SERVICE_ACCESS, Identified, Jsonb, Timestamped, slug, touch_updated_at
from supabase_tasks.schema import Grant, Policy, anon, authenticated, enum_type


class BillingInterval(Enum):
    """How often a price is due."""

    MONTH = "month"
    YEAR = "year"


class Plan(Timestamped, Identified, table=True):
    """A plan; the price list is for everybody's eyes."""

    __tablename__ = "plans"
    __table_args__ = (
        SERVICE_ACCESS,
        Grant("select", to=[anon, authenticated]),
        Policy("Everyone sees plans on offer", "select", [anon, authenticated], using=lambda t: t.c.active),
        touch_updated_at(),
    )

    slug: str = Field(unique=True, sa_type=slug.type)
    name: str = Field(max_length=80)
    active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    position: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    limits: dict[str, Any] = Field(default_factory=dict, sa_type=Jsonb, sa_column_kwargs=EMPTY_OBJECT)


class PlanPrice(Timestamped, Identified, table=True):
    """What a plan costs in one currency for one interval."""

    __tablename__ = "plan_prices"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_form"),
        Index("uq_plan_prices_active", "plan_id", "currency", "interval", unique=True, postgresql_where=text("active")),
        SERVICE_ACCESS,
        Grant("select", to=[anon, authenticated]),
        Policy("Everyone sees prices on offer", "select", [anon, authenticated], using=lambda t: t.c.active),
        touch_updated_at(),
    )

    plan_id: UUID = Field(foreign_key="plans.id", ondelete="CASCADE", index=True)
    currency: str = Field(max_length=3)
    interval: BillingInterval = Field(sa_type=enum_type(BillingInterval))
    amount: Decimal = Field(max_digits=12, decimal_places=2)
    active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
