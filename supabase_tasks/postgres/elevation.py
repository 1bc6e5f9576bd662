"""The few superuser acts that hosted Supabase allows `postgres` (by its extension supautils), on one statement.

supautils lifts exactly these: event triggers, foreign data wrappers, ALTER EXTENSION, publications of all tables or of
schemas. Nothing else is lifted, so what hosted Supabase refuses is refused here.
"""

from __future__ import annotations

import re

# Possessive: comments and white space have one reading only, so a statement that is neither is given up at once.
_LEADING = r"^(?:\s++|--[^\n]*+(?:\n|$)|(?>/\*.*?\*/))*+"
_LIFTED = re.compile(
    _LEADING
    + r"(?:(?:create|alter|drop)\s+event\s+trigger\b"
    + r"|(?:create|alter|drop)\s+foreign\s+data\s+wrapper\b"
    + r"|alter\s+extension\b"
    + r"|create\s+publication\b.*\bfor\s+(?:all\s+tables|tables\s+in\s+schema)\b"
    + r"|alter\s+publication\b.*\b(?:add|set)\s+(?:all\s+tables|tables\s+in\s+schema)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SESSION = re.compile(
    _LEADING + r"(?:set\s+(?:local\s+|session\s+)?|reset\s+)session\s+authorization\b", re.IGNORECASE | re.DOTALL
)
# On a migrator's connection the authenticated user is the superuser: what `postgres` may not do there is refused by hand.
_REFUSED = (
    "DO $$ BEGIN RAISE insufficient_privilege USING MESSAGE = 'permission denied to set session authorization'; END $$"
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


def guarded(statement: str) -> str:
    """`statement`, or one that fails as it would for `postgres` when it wants to change the session's user."""
    return _REFUSED if _SESSION.match(statement) else statement
