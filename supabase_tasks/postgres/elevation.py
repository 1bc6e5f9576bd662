"""The few superuser acts that hosted Supabase allows `postgres` (by its extension supautils), on one statement.

supautils lifts exactly these: event triggers, foreign data wrappers, publications of all tables or of schemas. Nothing
else is lifted, so what hosted Supabase refuses is refused here.
"""

from __future__ import annotations

import re

_LEADING = r"^(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*"
_LIFTED = re.compile(
    _LEADING
    + r"(?:(?:create|alter|drop)\s+event\s+trigger\b"
    + r"|(?:create|alter|drop)\s+foreign\s+data\s+wrapper\b"
    + r"|create\s+publication\b.*\bfor\s+(?:all\s+tables|tables\s+in\s+schema)\b"
    + r"|alter\s+publication\b.*\b(?:add|set)\s+(?:all\s+tables|tables\s+in\s+schema)\b)",
    re.IGNORECASE | re.DOTALL,
)
LIFT = (
    "SET SESSION AUTHORIZATION supabase_admin",
    "ALTER ROLE postgres SUPERUSER",
    "SET SESSION AUTHORIZATION postgres",
)
LOWER = (
    "SET SESSION AUTHORIZATION supabase_admin",
    "ALTER ROLE postgres NOSUPERUSER",
    "SET SESSION AUTHORIZATION postgres",
)


def needs_lift(statement: str) -> bool:
    """Whether supautils would run this statement with more rights than `postgres` has."""
    return _LIFTED.match(statement) is not None
