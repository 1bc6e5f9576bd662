"""Membership, as policies ask for it.

The functions run with their owner's rights: a policy on `organization_members` that read the table itself would
call itself without end.
"""

from app.db.schema.shared import private
from supabase_tasks.schema import Function, Grant, Revoke, authenticated, public_role, service_role

POLICY_FUNCTION = (Revoke("execute", public_role), Grant("execute", to=[authenticated, service_role]))

is_member = Function(
    "is_member",
    """
  select exists (
    select from public.organization_members m
    where m.organization_id = organization and m.user_id = (select auth.uid())
  )
""",
    args="organization uuid",
    returns="boolean",
    volatility="stable",
    security="definer",
    schema=private.name,
    grants=POLICY_FUNCTION,
    comment="Whether the signed-in user belongs to the organisation.",
)

has_role = Function(
    "has_role",
    """
  select exists (
    select from public.organization_members m
    where m.organization_id = organization and m.user_id = (select auth.uid()) and m.role >= minimum
  )
""",
    args="organization uuid, minimum public.organization_role",
    returns="boolean",
    volatility="stable",
    security="definer",
    schema=private.name,
    grants=POLICY_FUNCTION,
    comment="Whether the signed-in user has at least that role in the organisation.",
)
