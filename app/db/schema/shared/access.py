"""Who may reach a table at all. Which rows they see is for the policies next to each table."""

from supabase_tasks.schema import (
    Grant,
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
"""The backend, which row level security does not bind."""


def touch_updated_at() -> Trigger:
    """The trigger that keeps `updated_at`; for every table that is `Timestamped`."""
    return updated_at_trigger(set_updated_at)


def members_may(*privileges: str) -> tuple[Grant, Grant]:
    """Signed-in people get these privileges (and, row by row, what the policies allow), the backend all."""
    return (Grant(privileges, to=authenticated), SERVICE_ACCESS)


def read_only() -> tuple[Grant, Grant]:
    """Signed-in people may read, the backend writes."""
    return members_may("select")
