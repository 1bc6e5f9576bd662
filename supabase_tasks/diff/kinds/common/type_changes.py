"""A column's change of type as its two databases see it: a domain is what it is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.cast_rules import TypeCast
from supabase_tasks.diff.kinds.common.casts import conversion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context

# Built-in ranges, whose rules are `cast_rules`' where both sides are one.
_SUBTYPES = {
    name + kind: subtype
    for name, subtype in (
        *(("int4", "integer"), ("int8", "bigint"), ("num", "numeric"), ("date", "date")),
        *(("ts", "timestamp without time zone"), ("tstz", "timestamp with time zone")),
    )
    for kind in ("range", "multirange")
}


def type_change(old: Column, new: Column, context: Context) -> TypeCast:
    """How the values of `old` become those of `new`, whose types may be domains."""
    if old.type == new.type:
        return TypeCast()
    if new.key in context.parked:
        return _parked_cast(old, new, context)
    before, after = over(old.type, context.current), over(new.type, context.desired)
    if _is_own_multirange(before, after, context):
        return TypeCast(f"{ident(new.name)}::{new.type}", rewrites=True)
    found = conversion(ident(new.name), before, after, unique_keys=context.version >= 160000)
    found = _with_parts(found, before, after, context)
    if after == new.type:
        return found
    constrained = is_constrained(new.type, context.desired)
    return replace(found, fails=found.fails or constrained, rewrites=found.rewrites or constrained)


def _is_own_multirange(before: str, after: str, context: Context) -> bool:
    """Whether `after` is the multirange type that PostgreSQL has made for the range type `before`, with a cast."""
    found: Any = context.current.items.get(context.current.stored.find(before) or ("", ()))
    single = not before.endswith("[]")
    return single and found is not None and found.kind == "range" and after == found.multirange_name != before


def _with_parts(found: TypeCast, before: str, after: str, context: Context) -> TypeCast:
    """`found` with what the parts of rows and ranges lose when their text is read as another type."""
    was, wanted = parts(before, context.current), parts(after, context.desired)
    if not was or not wanted or (before in _SUBTYPES and after in _SUBTYPES):
        return found
    if list(was) != list(wanted):
        return replace(found, loses=found.loses or "the names of its attributes, which go by their places")
    for name, kind in wanted.items():
        pair = over(was[name], context.current), over(kind, context.desired)
        inner = _with_parts(conversion("value", *pair), *pair, context)
        read = (one for way in ((pair[0], "text"), ("text", pair[1])) for one in conversion("value", *way).settings)
        settings = tuple(dict.fromkeys((*found.settings, *read)))
        found = replace(found, loses=found.loses or inner.loses, settings=settings)
    return found


def parts(type_name: str, snapshot: Snapshot) -> Mapping[str, str]:
    """The types of a row type's attributes by their names, of a range type's bounds under no name; none of other types."""
    name = type_name.removesuffix("[]")
    if name in _SUBTYPES:
        return {"": _SUBTYPES[name]}
    key = snapshot.stored.find(name)
    item = snapshot.items.get(key) if key is not None else None
    if key is None or item is None:
        return {}
    return item.parts([snapshot.items[child] for child in snapshot.children.get(key, ())])


def _parked_cast(old: Column, new: Column, context: Context) -> TypeCast:
    """A value becomes its text, or is read from its text again: an array's is an array's then, whatever else text means."""
    held: Any = context.current.items[new.key]
    name = ident(new.name)
    if old.type == held.type:
        return TypeCast(rewrites=True)
    before, after = over(held.type, context.current), over(new.type, context.desired)
    if new.type == held.type and before == after:
        return TypeCast(f"{name}::{new.type}", rewrites=True, fails=True)
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


def is_written_when_added(type_name: str, snapshot: Snapshot) -> bool:
    """Whether ADD COLUMN writes every row, whatever the value: PostgreSQL looks at each one that a domain may refuse.

    Source: PostgreSQL 17, ATExecAddColumn().
    """
    return not type_name.endswith("[]") and is_constrained(type_name, snapshot)
