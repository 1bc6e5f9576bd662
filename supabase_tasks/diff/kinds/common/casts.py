"""Type changes: the USING expression that keeps values, and whether rows are rewritten."""

from __future__ import annotations

import re

_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
_TEXTS = ("text", "character varying", "character", "name", "extensions.citext", "public.citext", "citext")
_MOMENTS = ("date", "timestamp without time zone", "timestamp with time zone")
_PAIRS = {("json", "jsonb"), ("jsonb", "json"), ("boolean", "integer"), ("integer", "boolean"), ("inet", "cidr")}
_PAIRS |= {("cidr", "inet"), ("bit", "bit varying"), ("bit varying", "bit")}


def base(type_name: str) -> str:
    """The type without its modifier: `numeric(10,2)` is `numeric`, `timestamp(3) with time zone` keeps its words."""
    return re.sub(r"\([^)]*\)", "", type_name).strip()


def using(name: str, old: str, new: str) -> str | None:
    """The expression that turns column `name` of type `old` into `new`; None where PostgreSQL casts by itself.

    Source: PostgreSQL 17, pg_cast: assignment casts need no USING; everything else goes through an explicit cast, and
    what has none through text. Times are read as UTC, which is what Supabase's servers run in.
    """
    before, after = base(old), base(new)
    if before == after:
        return None
    if (before, after) in (_MOMENTS[1:], _MOMENTS[:0:-1]):
        return f"{name} AT TIME ZONE 'UTC'"
    if _casts_alone(before, after):
        return None
    if after.removesuffix("[]") == before:
        return f"ARRAY[{name}]"
    if _casts_directly(before, after):
        return f"{name}::{new}"
    return f"{name}::text{'[]' if after.endswith('[]') and before.endswith('[]') else ''}::{new}"


def _casts_alone(before: str, after: str) -> bool:
    if after in _TEXTS[:3]:
        return True
    both_numbers = before in _NUMBERS and after in _NUMBERS
    return both_numbers or (before in _MOMENTS and after in _MOMENTS) or {before, after} == {"json", "jsonb"}


def _casts_directly(before: str, after: str) -> bool:
    from_array, to_array = before.endswith("[]"), after.endswith("[]")
    if from_array and to_array:
        return _casts_alone(before[:-2], after[:-2]) or _casts_directly(before[:-2], after[:-2])
    return before in _TEXTS or (before, after) in _PAIRS


def comparable(old: str, new: str) -> bool:
    """Whether a key of one type may refer to one of the other, so that one side of it can change before the other.

    Source: PostgreSQL 17, pg_amop: the families of btree operators that span several types.
    """
    before, after = base(old), base(new)
    families = (_NUMBERS[:3], _NUMBERS[4:], _TEXTS[:2], _MOMENTS)
    return before == after or any(before in family and after in family for family in families)


def is_rewrite(old: str, new: str) -> bool:
    """Whether PostgreSQL rewrites the table: not when a text type is only widened (ALTER TABLE, Notes)."""
    before, after = base(old), base(new)
    wide_text = ("text", "character varying")
    if before in wide_text and after == "text":
        return False
    if before == after and before in ("character varying", "numeric", "bit varying"):
        return not _widens(old, new)
    return before != after or old != new


def always_fits(old: str, new: str) -> bool:
    """Whether every value of the old type is one of the new type."""
    before, after = base(old), base(new)
    if not is_rewrite(old, new) or new in ("text", "character varying"):
        return True
    if before in _NUMBERS[:3] and after in _NUMBERS[:3]:
        return _NUMBERS.index(before) <= _NUMBERS.index(after)
    return new == "numeric" and before in _NUMBERS[:3]


def _widens(old: str, new: str) -> bool:
    first, second = re.findall(r"\d+", old), re.findall(r"\d+", new)
    if not second:
        return True
    if not first:
        return False
    return int(second[0]) >= int(first[0]) and first[1:] == second[1:]
