"""What organisations use, and what their plan allows."""

from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Identity
from sqlmodel import Field

from app.db.schema.core.access import has_role, is_member
from app.db.schema.shared import Model, Timestamped, read_only, touch_updated_at
from supabase_tasks.schema import Partition, Policy, Statistics, authenticated, enum_type


class UsageMetric(Enum):
    """What is counted."""

    VIEWS = "views"
    STORAGE_BYTES = "storage_bytes"
    TRAFFIC_BYTES = "traffic_bytes"
    CONVERSIONS = "conversions"


usage_metric = enum_type(UsageMetric)


class UsageQuota(Timestamped, table=True):
    """How much of one thing an organisation may use in a month; `used` is summed up by the backend."""

    __tablename__ = "usage_quotas"
    __table_args__ = (
        CheckConstraint("allowed >= 0 and used >= 0", name="not_negative"),
        *read_only(),
        Policy("Members see quotas", "select", authenticated, using=lambda t: is_member(t.c.organization_id)),
        touch_updated_at(),
    )

    organization_id: UUID = Field(primary_key=True, foreign_key="organizations.id", ondelete="CASCADE")
    metric: UsageMetric = Field(sa_column=Column(usage_metric, primary_key=True))
    allowed: int = Field(sa_type=BigInteger)
    used: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    overage: int | None = Field(
        default=None, sa_column=Column(BigInteger, Computed("greatest(used - allowed, 0)", persisted=True))
    )


class UsageRecord(Model, table=True):
    """What was used on one day: many rows, so a partition for each year."""

    __tablename__ = "usage_records"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        *read_only(),
        Policy(
            "Administrators see usage",
            "select",
            authenticated,
            using=lambda t: has_role(t.c.organization_id, "admin"),
        ),
        Partition("usage_records_2026", "from ('2026-01-01') to ('2027-01-01')"),
        Partition("usage_records_2027", "from ('2027-01-01') to ('2028-01-01')"),
        Partition("usage_records_other", "default"),
        Statistics("st_usage_records", ("organization_id", "metric"), ("ndistinct", "dependencies")),
        {"postgresql_partition_by": "RANGE (day)"},
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    day: date = Field(primary_key=True)
    organization_id: UUID = Field(foreign_key="organizations.id", ondelete="CASCADE", index=True)
    metric: UsageMetric = Field(sa_type=usage_metric)
    quantity: int = Field(sa_type=BigInteger)
