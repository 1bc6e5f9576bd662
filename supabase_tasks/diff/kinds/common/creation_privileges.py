"""What a role gets on an object that is created: by default privileges, and as its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supabase_tasks.diff.kinds.common import acl

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context
    from supabase_tasks.diff.kinds.default_privilege import DefaultPrivilege

# Which default privileges (pg_default_acl.defaclobjtype) apply to a new object of each acldefault() letter.
DEFAULTS = {"r": "r", "s": "S", "f": "f", "n": "n", "T": "T"}


def fresh_privileges(context: Context, object_type: str, schema: str) -> frozenset[acl.Privilege]:
    """What roles other than the owner get on an object that the planning role creates.

    Source: PostgreSQL 17, get_user_default_acl(): the role's global default list replaces the built-in one, the
    schema's is added. Built-in: PUBLIC may execute functions and use types.
    """
    overall = _standing(context, "", object_type)
    built_in = {"f": "EXECUTE", "T": "USAGE"}.get(object_type)
    found = frozenset({acl.Privilege("", built_in)}) if built_in else frozenset()
    if overall is not None:
        found = overall.privileges
    local = _standing(context, schema, object_type) if schema else None
    if local is not None:
        found |= local.privileges
    return frozenset(item for item in found if item.grantee != context.options.role)


def _standing(context: Context, schema: str, object_type: str) -> DefaultPrivilege | None:
    """The planning role's default privileges while objects are created: those that go are gone by then, what changes or is
    new comes afterwards."""
    found: DefaultPrivilege | None = context.current.get("default_privilege", context.options.role, schema, object_type)
    return found if found is None or found.key in context.desired.items else None


def fresh_own(context: Context, letter: str) -> frozenset[acl.Privilege]:
    """What the planning role has on an object of acldefault()'s type `letter` that it creates."""
    role = context.options.role
    overall = _standing(context, "", DEFAULTS.get(letter, ""))
    if overall is not None:
        return frozenset(item for item in overall.privileges if item.grantee == role)
    return frozenset(acl.Privilege(role, name) for name in acl.everything(letter, context.version))
