"""Type changes: the expression that keeps every value, what it may lose, where it may fail, and what it costs.

A value never changes in silence: an expression keeps it, or fails on the row, or `loses` says what goes. So lengths and
scales are left to the assignment to the column (an explicit cast to `varchar(3)` would cut), and what a session may set
(time zone, styles of text) is set by the migration.
"""

from __future__ import annotations

from dataclasses import replace

from supabase_tasks.diff.kinds.common.cast_lengths import with_length_limits
from supabase_tasks.diff.kinds.common.cast_rules import (
    BUILT_IN,
    FROM_TEXT,
    JSONS,
    NAMES_OF_OBJECTS,
    RULES,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIMETZ,
    CastRule,
    TypeCast,
)
from supabase_tasks.diff.kinds.common.type_text import TypeText, finer, parse

_ZONED = (TIMESTAMPTZ, TIMETZ, "tstzrange", "tstzmultirange")
_DATED = (*_ZONED, "date", TIMESTAMP, "tsrange", "tsmultirange", "daterange", "datemultirange")
_UTC = "SET timezone = 'UTC';"
# How a session writes and reads values as text.
_STYLES = (
    (_DATED, "SET datestyle = 'ISO, MDY';"),
    (("interval",), "SET intervalstyle = 'postgres';"),
    (("real", "double precision"), "SET extra_float_digits = 1;"),
    (("bytea",), "SET bytea_output = 'hex';"),
)
# Of one binary form, so that no row is touched (pg_cast, castmethod `b`).
_RELABELLED = {("character varying", "text"), ("text", "character varying"), ("cidr", "inet"), ("xml", "text")}
_RELABELLED |= {("bit", "bit varying"), ("xml", "character varying")}
_RELABELLED |= {pair for name in NAMES_OF_OBJECTS for pair in (("oid", name), (name, "oid"))}
# Of one family of operators.
_FAMILIES = (
    {"smallint", "integer", "bigint"},
    {"real", "double precision"},
    {"text", "character varying"},
    {"date", TIMESTAMP, TIMESTAMPTZ},
)


def conversion(name: str, old: str, new: str, *, unique_keys: bool = True) -> TypeCast:
    """How column `name` (as SQL) of type `old` becomes one of type `new`; both as format_type() writes them, domains as
    what they are over. `unique_keys` says that the server has IS JSON (PostgreSQL 16)."""
    before, after = parse(old), parse(new)
    if before == after:
        return TypeCast()
    if after.array and not before.array:
        return _wrap_in_array(name, old, before, after, unique_keys)
    if before.array and not (after.array or after.is_text or after.base in JSONS):
        return _only_element(name, before, new, unique_keys)
    rule = _rule(before, after)
    found = _rewrite(name, before, after, rule, unique_keys)
    found = with_length_limits(name, before, after, found)
    return replace(found, rewrites=_rewrites(before, after, found), settings=_settings(before, after, rule))


def _wrap_in_array(name: str, old: str, before: TypeText, after: TypeText, unique_keys: bool) -> TypeCast:
    """A value becomes an array of itself; NULL stays NULL."""
    inner = conversion(name, old, after.element.sql, unique_keys=unique_keys)
    using = f"CASE WHEN {name} IS NOT NULL THEN ARRAY[{inner.using or name}] END"
    if before.base in JSONS and after.base not in JSONS:
        inner = replace(inner, loses=inner.loses or "the elements of a JSON array, which becomes one element")
    return replace(inner, using=using, rewrites=True)


def _only_element(name: str, before: TypeText, new: str, unique_keys: bool) -> TypeCast:
    """An array of one value becomes that value, NULL stays NULL; anything else fails on its row.

    By its text: PostgreSQL 17 does not take a subscript where a partitioned table's column changes its type ("unrecognized node
    type: 14").
    """
    texts = (f"array_to_string({name}, '', '{null}')" for null in ("x", "y"))
    one = f"array_ndims({name}) = 1 AND cardinality({name}) = 1 AND {' = '.join(texts)}"
    first = f"array_to_string({name}, '')::{before.element.sql}"
    refused = f"{name} IS NOT NULL AND ('not one value: ' || {name}::text)::boolean"
    value = f"(CASE WHEN {one} THEN {first} WHEN {refused} THEN {first} END)"
    inner = conversion(value, before.element.sql, new, unique_keys=unique_keys)
    return replace(inner, using=inner.using or value, fails=True, rewrites=True)


def _rule(before: TypeText, after: TypeText) -> CastRule:
    if before.array and not after.array and after.is_text:
        return CastRule()
    one, other = before.base, after.base
    if one == other or (one, other) in RULES:
        return RULES.get((one, other), CastRule())
    if after.is_text:
        return CastRule()
    if before.is_text:
        rule = FROM_TEXT.get(other, CastRule((after.bare,), fails=True))
        # Padding is no part of a `character` value.
        return replace(rule, path=("text", *rule.path)) if one == "character" else rule
    if before.array and other in JSONS and one in BUILT_IN:
        return CastRule(("text", other), "how the elements' texts differ from JSON", fails=True)
    return _through_text(before, after)


def _through_text(before: TypeText, after: TypeText) -> CastRule:
    known = before.base in BUILT_IN and after.base in BUILT_IN
    return CastRule(("text", after.bare), "what its text does not mean there" if known else "", fails=True)


def _rewrite(name: str, before: TypeText, after: TypeText, rule: CastRule, unique_keys: bool) -> TypeCast:
    if after.base in JSONS and not after.array:
        json = _json(name, before, after, unique_keys)
        if json is not None:
            return json
    path = [*rule.path]
    # The last cast is the assignment's, where PostgreSQL has one.
    expression = name
    for step in path:
        array = "[]" if before.array and after.array else ""
        expression += f"::{step}{array}"
    return TypeCast(expression if path else None, rule.loses, rule.fails)


def _json(name: str, before: TypeText, after: TypeText, unique_keys: bool) -> TypeCast | None:
    """Anything but text is a JSON value of its own; a key that is there twice would lose one of its values in jsonb."""
    if before.base == "jsonb" and not before.array:
        return None
    if before.array or not (before.is_text or before.base in JSONS):
        return TypeCast(f"to_{after.base}({name})")
    if after.base == "json":
        return None
    if not unique_keys:
        return TypeCast(f"{name}::jsonb", "values of keys that are there twice", fails=True)
    refused = f"('not JSON, or a key is there twice: ' || {name})::jsonb"
    return TypeCast(f"CASE WHEN {name} IS JSON WITH UNIQUE KEYS THEN {name}::jsonb ELSE {refused} END", fails=True)


def _settings(before: TypeText, after: TypeText, rule: CastRule) -> tuple[str, ...]:
    bases = (before.base, after.base)
    if before.base == after.base and before.array == after.array:
        return ()
    found = [_UTC] if any(base in _ZONED for base in (*bases, *rule.path)) else []
    textual = "text" in rule.path or before.is_text or after.is_text or not BUILT_IN.issuperset(bases)
    if textual:
        found += [text for names, text in _STYLES if any(base in names for base in (*bases, *rule.path))]
    return tuple(found)


def _rewrites(before: TypeText, after: TypeText, found: TypeCast) -> bool:
    """Source: ATColumnChangeRequiresRewrite and the support functions of length coercions."""
    if found.using is not None:
        return True
    if before.array or after.array:
        return not (
            before.array and after.array and before.base == after.base and not after.modifiers and not after.least
        )
    if before.base == after.base:
        return not widens(before, after)
    if (before.base, after.base) in ((TIMESTAMP, TIMESTAMPTZ), (TIMESTAMPTZ, TIMESTAMP)):
        return bool(after.modifiers)
    plain = not after.modifiers
    citext = {before.base, after.base} & {"text", "character varying"} and before.is_text and after.is_text
    relabelled = (before.base, after.base) in _RELABELLED or (citext and "citext" in before.base + after.base)
    return not (plain and relabelled)


def always_fits(old: str, new: str) -> bool:
    """Whether every value of one type has a place in the other, unchanged."""
    found = conversion("value", old, new)
    return not (found.fails or found.loses)


def comparable(old: str, new: str) -> bool:
    """Whether a key of one type may refer to one of the other, so that one side of it can change before the other.

    Source: PostgreSQL 17, pg_amop: the families of btree operators that span several types.
    """
    before, after = parse(old), parse(new)
    if (before.base, before.array) == (after.base, after.array):
        return True
    return not (before.array or after.array) and any({before.base, after.base} <= family for family in _FAMILIES)


def widens(before: TypeText, after: TypeText) -> bool:
    """Whether every value has room as it is (`varchar(5)` to `varchar(9)`), which PostgreSQL knows without a look."""
    one, other = before.modifiers, after.modifiers
    if before.base == "interval":
        fraction = (one or (6,))[0] if before.least in ("", "second") else 0
        return finer(after.least, before.least) and (other or (6,))[0] >= fraction
    if not other:
        return True
    if before.base == "numeric":
        return bool(one) and one[1:] == other[1:] and other[0] >= one[0]
    if before.base in ("character", "bit"):
        return False
    if before.base in ("character varying", "bit varying"):
        return bool(one) and other[0] >= one[0]
    return other[0] >= (one or (6,))[0]
