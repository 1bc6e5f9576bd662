"""Who may reach a table at all. Which rows they see is for the policies next to each table."""

from collections.abc import Callable
from typing import Any

from supabase_tasks.schema import (
    Grant,
    Policy,
    Schema,
    Trigger,
    anon,
    authenticated,
    service_role,
    updated_at_function,
    updated_at_trigger,
)

private = Schema(
    "private",
    grants=[Grant("usage", to=[anon, authenticated, service_role])],
    comment="Functions that policies and triggers call; the API does not serve this schema.",
)

set_updated_at = updated_at_function("private")

SERVICE_ACCESS = Grant("select, insert, update, delete", to=service_role)
"""The backend, which row level security does not bind. A table with this grant alone has no policy on purpose: Supabase's
advisors note it (`rls_enabled_no_policy`, as information), as they do each partition, which is reached through its table."""


def touch_updated_at() -> Trigger:
    """The trigger that keeps `updated_at`; for every table that is `Timestamped`."""
    return updated_at_trigger(set_updated_at)


def members_may(*privileges: str) -> tuple[Grant, Grant]:
    """Signed-in people get these privileges (and, row by row, what the policies allow), the backend all."""
    return (Grant(privileges, to=authenticated), SERVICE_ACCESS)


def read_only() -> tuple[Grant, Grant]:
    """Signed-in people may read, the backend writes."""
    return members_may("select")


def changes(who: str, what: str, allowed: Callable[[Any], Any], *privileges: str) -> tuple[Policy, ...]:
    """A policy for each of these privileges (all three where none is given), and none for reading.

    One policy "for all" would be asked a second time whenever somebody reads: PostgreSQL runs every permissive
    policy of a role and action for every row (database advisor 0006, `multiple_permissive_policies`).
    """
    made = {
        "insert": Policy(f"{who} add {what}", "insert", authenticated, check=allowed),
        "update": Policy(f"{who} change {what}", "update", authenticated, using=allowed, check=allowed),
        "delete": Policy(f"{who} delete {what}", "delete", authenticated, using=allowed),
    }
    return tuple(made[privilege] for privilege in privileges or made)
