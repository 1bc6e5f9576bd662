"""What lengths, scales and precisions add to a type change: which values they cut, round or refuse."""

from __future__ import annotations

from dataclasses import replace

from supabase_tasks.diff.kinds.common.cast_rules import (
    BUILT_IN,
    FLOATS,
    INTEGERS,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIMETZ,
    TypeCast,
)
from supabase_tasks.diff.kinds.common.type_text import TypeText, finer

_TEMPORAL = (TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ)
# As what the bits of a number are read, and how many there are.
_WORDS = {"smallint": ("integer", 32), "integer": ("integer", 32), "bigint": ("bigint", 64)}
# The binary digits of the largest bigint.
_DIGITS = 63
# The longest text of a value.
_WIDTHS = {"boolean": 5, "smallint": 6, "integer": 11, "bigint": 20, "uuid": 36, "oid": 10, '"char"': 4}


def with_length_limits(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    """`found` with what the new type's modifiers do to a value."""
    base = after.base
    if base == "character varying" and after.modifiers:
        return _varchar(name, before, after, found)
    if base == "character":
        return _character(before, after, found)
    if base == "name" and before.base not in ("name", *_WIDTHS):
        return replace(found, loses="what is beyond 63 bytes")
    if base == "numeric":
        return _numeric(before, after, found)
    if base in _TEMPORAL:
        return _precision(before, after, found)
    if base == "interval":
        return _interval(before, after, found)
    if base in ("bit", "bit varying") and after.modifiers:
        return _bits(name, before, after, found)
    return _number(name, before, after, found)


def _varchar(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    """An assignment refuses what is too long, but cuts blanks: a longer text is made to end with something else."""
    room = after.modifiers[0]
    longest = _longest(before, after)
    if longest is not None and longest <= room:
        return found
    if not _ends_with_blank(before, after):
        return replace(found, fails=True)
    array = "[]" if before.array else ""
    text = name if before.base in ("text", "character varying", "character") else f"{name}::text{array}"
    if before.array:
        cut = f"{name}::character varying({room})[]::text[] <> {name}::text[]"
        using = f"CASE WHEN {cut} THEN {text} || repeat('.', {room + 1}) ELSE {text} END"
    else:
        using = f"CASE WHEN length({text}) > {room} THEN {text} || '.' ELSE {text} END"
    return replace(found, using=using, fails=True)


def _ends_with_blank(before: TypeText, after: TypeText) -> bool:
    """Whether the text of a value may end with a blank that means something."""
    if before.array and not after.array:
        return False
    return before.base not in BUILT_IN or before.base in ("text", "character varying", "name", "json", "xml")


def _longest(before: TypeText, after: TypeText) -> int | None:
    if before.array and not after.array:
        return None
    if before.base in ("character varying", "character", "bit", "bit varying"):
        return before.modifiers[0] if before.modifiers else None
    if before.base == "numeric" and before.modifiers:
        precision, scale = (*before.modifiers, 0)[:2]
        # A sign, a point, and a zero before it.
        return max(precision, scale + 1, precision - scale) + 1 + (scale > 0)
    return _WIDTHS.get(before.base)


def _character(before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    room = after.modifiers[0] if after.modifiers else None
    longest = _longest(before, after)
    fails = room is not None and (longest is None or longest > room)
    loses = "blanks at the end" if _ends_with_blank(before, after) else ""
    return replace(found, fails=found.fails or fails, loses=found.loses or loses)


def _numeric(before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    if not after.modifiers or (before.base == "numeric" and not before.array and before == after):
        return found
    precision, scale = (*after.modifiers, 0)[:2]
    digits, fraction = _digits(before)
    fails = digits is None or digits > precision - scale
    rounds = fraction is None or fraction > scale
    # Rounding may carry into one more digit.
    if rounds and digits is not None and digits + 1 > precision - scale:
        fails = True
    return replace(found, fails=found.fails or fails, loses=found.loses or ("digits after the point" if rounds else ""))


def _digits(before: TypeText) -> tuple[int | None, int | None]:
    """The digits before and after the point that a value can have; None without a limit."""
    if before.base in INTEGERS:
        return INTEGERS[before.base] + 1, 0
    if before.base == "numeric" and before.modifiers:
        precision, scale = (*before.modifiers, 0)[:2]
        return precision - scale, scale
    known = {"boolean": (1, 0), "oid": (10, 0), "money": (17, 2)}
    return known.get(before.base, (None, None))


def _precision(before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    wanted = (after.modifiers or (6,))[0]
    held = 0 if before.base == "date" else (before.modifiers or (6,))[0] if before.base in _TEMPORAL else 6
    return found if wanted >= held else replace(found, loses=found.loses or "fractions of a second")


def _interval(before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    if not finer(after.least, before.least if before.base == "interval" else ""):
        return replace(found, loses=found.loses or f"what is finer than a {after.least}")
    held = (before.modifiers or (6,))[0] if before.base in ("interval", *_TEMPORAL) else 6
    held = held if before.least in ("", "second") else 0
    wanted = (after.modifiers or (6,))[0]
    return found if wanted >= held else replace(found, loses=found.loses or "fractions of a second")


def _bits(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    if before.base in _WORDS and before.array == after.array:
        return _bits_of_number(name, before, after, found)
    length = None
    if before.base in ("bit", "bit varying") and before.modifiers:
        length = before.modifiers[0]
    if before.base == "bit" and length is not None and before.array == after.array:
        return _bits_of_bits(name, length, before, after, found)
    if after.base == "bit":
        fits = length == after.modifiers[0] and before.base != "bit varying"
    else:
        fits = length is not None and length <= after.modifiers[0]
    return replace(found, fails=found.fails or not fits)


def _bits_of_bits(name: str, length: int, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    """A longer string ends with zeros; a shorter one lacks zeros, or is given all bits, which the assignment refuses."""
    room, many = after.modifiers[0], "[]" if before.array else ""
    if room == length or (room > length and after.base == "bit varying"):
        return found
    cut = f"{name}::bit({room}){many}"
    if room > length:
        return replace(found, using=cut)
    using = f"CASE WHEN {cut}::bit({length}){many} = {name} THEN {cut} ELSE {name} END"
    return replace(found, using=using, fails=True)


def _bits_of_number(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    """A number's last bits; where they are not the number, it is given all bits, which the assignment refuses."""
    word, width = _WORDS[before.base]
    room = after.modifiers[0]
    many = "[]" if before.array else ""
    value = name if word == before.base else f"{name}::{word}{many}"
    if room >= width:
        bits = room if after.base == "bit" else width
        return replace(found, using=f"{value}::bit({bits}){many}")
    cut = f"{value}::bit({room}){many}"
    using = f"CASE WHEN {cut}::{word}{many} = {name} THEN {cut} ELSE {value}::bit({width}){many} END"
    return replace(found, using=using, fails=True)


def _number_of_bits(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    """The cast to integer takes no more than 32 bits, and that to bigint no more than 64, whatever they are."""
    length = before.modifiers[0]
    word, width = _WORDS[after.base]
    many = "[]" if before.array else ""
    if length > 64:
        # An array has no loop in USING, but its text says its bits one element after the other.
        bits = f"regexp_replace({name}::text, '(^|[{{,])0*([01]{{{_DIGITS}}})(?=$|[,}}])', '\\1\\2', 'g')"
        fitting = f"{bits}::bit({_DIGITS}){many}::bigint{many}"
        refused = f"{bits} ~ '[01]{{{_DIGITS + 1}}}' THEN {name}::bigint{many}"
        return replace(found, using=f"CASE WHEN {refused} ELSE {fitting} END", fails=True)
    word = word if length <= width else "bigint"
    # A number of 16 bits may be negative, and as an integer it is not.
    fails = length > (15 if after.base == "smallint" else width)
    return replace(found, using=f"{name}::{word}{many}", fails=fails)


def _number(name: str, before: TypeText, after: TypeText, found: TypeCast) -> TypeCast:
    if before.base == "bit" and before.modifiers and before.array == after.array and after.base in _WORDS:
        return _number_of_bits(name, before, after, found)
    if before.base != "numeric" or not before.modifiers or before.array != after.array:
        return found
    precision, scale = (*before.modifiers, 0)[:2]
    if after.base in FLOATS and precision <= FLOATS[after.base] and 0 <= scale <= precision:
        return replace(found, loses="", fails=False)
    if after.base in INTEGERS and scale <= 0:
        return replace(found, loses="")
    return found
