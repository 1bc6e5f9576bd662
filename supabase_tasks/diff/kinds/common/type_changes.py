"""A column's change of type as its two databases see it: a domain is what it is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.cast_rules import TypeCast
from supabase_tasks.diff.kinds.common.casts import conversion

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def type_change(old: Column, new: Column, context: Context) -> TypeCast:
    """How the values of `old` become those of `new`, whose types may be domains."""
    if old.type == new.type:
        return TypeCast()
    if new.key in context.parked:
        return _parked(old, new, context)
    before, after = over(old.type, context.current), over(new.type, context.desired)
    found = conversion(ident(new.name), before, after, unique_keys=context.version >= 160000)
    if after == new.type:
        return found
    constrained = is_constrained(new.type, context.desired)
    return replace(found, fails=found.fails or constrained, rewrites=found.rewrites or constrained)


def _parked(old: Column, new: Column, context: Context) -> TypeCast:
    """A value becomes its text, or is read from its text again: an array's is an array's then, whatever else text means."""
    held: Any = context.current.items[new.key]
    name = ident(new.name)
    if old.type == held.type:
        return TypeCast(rewrites=True)
    if new.type == held.type:
        return TypeCast(f"{name}::{new.type}", rewrites=True, fails=True)
    before, after = over(held.type, context.current), over(new.type, context.desired)
    many = "[]" if before.endswith("[]") and after.endswith("[]") else ""
    found = conversion(f"{name}::text[]" if many else name, f"text{many}", after, unique_keys=context.version >= 160000)
    return replace(found, using=found.using or (f"{name}::text[]" if many else None), rewrites=True, fails=True)


def over(type_name: str, snapshot: Snapshot) -> str:
    """The type that a domain (or an array of it) is finally over; any other type as it is."""
    seen = type_name
    while (domain := _domain(seen, snapshot)) is not None:
        array = seen.endswith("[]")
        if array and domain.type.endswith("[]"):
            return seen
        seen = domain.type + ("[]" if array else "")
    return seen


def _domain(type_name: str, snapshot: Snapshot) -> Any:
    if "." not in type_name:
        return None
    name = type_name.removesuffix("[]")
    return next((item for item in snapshot.of("domain") if qualified(*item.identity) == name), None)


def is_constrained(type_name: str, snapshot: Snapshot) -> bool:
    """Whether a domain refuses values, or an array of it has to be looked through."""
    seen = type_name
    while (domain := _domain(seen, snapshot)) is not None:
        if domain.not_null or domain.checks or seen.endswith("[]"):
            return True
        seen = domain.type
    return False
