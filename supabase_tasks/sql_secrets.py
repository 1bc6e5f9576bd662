"""Secrets that SQL may hold: passwords, connection data of servers, keys and tokens; and their removal."""

from __future__ import annotations

import re

from supabase_tasks.redaction import MASK, redact

# Connection data of foreign servers and users.
_OPTIONS = re.compile(r"(?P<word>\bOPTIONS\s*\()(?:[^()']|'(?:[^']|'')*')*(?P<end>\))", re.IGNORECASE)
_STRING = r"(?:[EeUu]&?)?'(?:[^']|'')*'"
_NAMED = re.compile(rf"(?P<word>\b(?:CONNECTION|PASSWORD)\s+){_STRING}", re.IGNORECASE)
# What looks like a key or a token, wherever it stands.
_TOKEN = re.compile(
    r"\b(?:eyJ[\w-]{8,}\.[\w.-]+|sb[a-z]?_[\w]{16,}|sk_\w{16,}|ghp_\w{16,}|[A-Fa-f0-9]{40,}|[A-Za-z0-9+/]{48,}={0,2})"
)


def mask_secrets(sql: str) -> str:
    """`sql` without the values of OPTIONS, CONNECTION and PASSWORD, and without what looks like a key or a token."""
    text = _OPTIONS.sub(rf"\g<word>{MASK}\g<end>", redact(sql))
    return _TOKEN.sub(MASK, _NAMED.sub(rf"\g<word>'{MASK}'", text))
