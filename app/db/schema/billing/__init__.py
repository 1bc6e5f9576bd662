"""Plans and prices, subscriptions, invoices, and what is used of them."""

from app.db.schema.billing.invoices import Invoice, PaymentEvent
from app.db.schema.billing.plans import Plan, PlanPrice
from app.db.schema.billing.subscriptions import Subscription, SubscriptionStatus
from app.db.schema.billing.usage import UsageMetric, UsageQuota, UsageRecord

__all__ = [
    "Invoice",
    "PaymentEvent",
    "Plan",
    "PlanPrice",
    "Subscription",
    "SubscriptionStatus",
    "UsageMetric",
    "UsageQuota",
    "UsageRecord",
]
