"""Whether an expression gives every row the same value, so that ADD COLUMN … DEFAULT stores it once and touches no row.

Source: PostgreSQL, ALTER TABLE, Notes: a default that is not volatile is evaluated once, when the column is added.
"""

from __future__ import annotations

import re

# Strings (with their prefix), quoted names, casts, numbers.
_LITERAL = re.compile(r"\b[eE]'(?:[^'\\]|\\.|'')*'|(?:\b(?:[bBxX]|[uU]&))?'(?:[^']|'')*'", re.DOTALL)
_CAST = re.compile(
    r"::\s*(?:\"(?:[^\"]|\"\")+\"|[a-z_][\w$]*)(?:\s*\.\s*(?:\"(?:[^\"]|\"\")+\"|[a-z_][\w$]*))?"
    r"(?:\s+(?:varying|precision))?(?:\s+(?:year|month|day|hour|minute|second)(?:\s+to\s+(?:month|hour|minute|second))?)?(?:\s*\(\s*-?\d+(?:\s*,\s*-?\d+)?\s*\))?(?:\s+with(?:out)?\s+time\s+zone)?(?:\[\])*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w$])\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?(?![\w$])", re.IGNORECASE)
_CALL = re.compile(r"((?:[a-z_][\w$]*\s*\.\s*)?[a-z_][\w$]*)\s*\(", re.IGNORECASE)
_WORD = re.compile(r"[a-z_][\w$]*|[\"'$;]", re.IGNORECASE)
# Functions that are not volatile and that defaults are written with.
_STABLE_TEXT = """
    now transaction_timestamp statement_timestamp timezone current_setting to_timestamp to_date date_trunc date_part
    age make_interval make_date make_timestamp make_timestamptz lower upper md5 concat format left right replace
    btrim coalesce nullif abs round to_char to_json to_jsonb jsonb_build_object jsonb_build_array json_build_object
    json_build_array array_fill int4range int8range numrange daterange tsrange tstzrange point row extract decode
    encode length greatest least to_tsvector auth.uid auth.role auth.jwt auth.email
"""
_STABLE = frozenset(_STABLE_TEXT.split())
_WORDS_TEXT = """
    true false null array and or not is at time zone interval date with timestamp timestamptz current_date
    current_time current_timestamp localtime localtimestamp current_user session_user current_role user row case
    when then else end without
"""
_WORDS = frozenset(_WORDS_TEXT.split())


def is_constant(expression: str) -> bool:
    """Whether the expression names no column, runs no query and calls no function that may be volatile. When in doubt,
    it is none."""
    rest = _CAST.sub(" ", _LITERAL.sub(" ", expression))
    for name in _CALL.findall(rest):
        plain = re.sub(r"\s", "", name).lower().removeprefix("pg_catalog.")
        if plain not in _STABLE and plain not in _WORDS:
            return False
    rest = _NUMBER.sub(" ", _CALL.sub("(", rest))
    return all(word.lower() in _WORDS for word in _WORD.findall(rest))
