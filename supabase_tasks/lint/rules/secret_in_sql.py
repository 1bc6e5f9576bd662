"""A secret in a migration: it is in the repository's history and in every database's ledger."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.source import Source

# What it is, a text that must occur (in lower case; looked for first, because it is quick), and the format that its
# issuer documents for secret scanning.
_FORMATS = (
    ("a Supabase secret key", "sb_secret_", r"\bsb_secret_[A-Za-z0-9_-]{20,}"),
    ("a Supabase access token", "sbp_", r"\bsbp_(?:[a-z]+_)?[0-9a-f]{40}\b"),
    ("a JSON web token", "eyj", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("a Stripe key", "k_live_", r"\b(?:sk|rk)_live_[A-Za-z0-9]{16,}"),
    ("a webhook secret", "whsec_", r"\bwhsec_[A-Za-z0-9+/=]{24,}"),
    ("an AWS access key", "akia", r"\bAKIA[0-9A-Z]{16}\b"),
    ("an AWS access key", "asia", r"\bASIA[0-9A-Z]{16}\b"),
    ("a GitHub token", "gh", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})"),
    ("an OpenAI or Anthropic key", "sk-", r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}"),
    ("a Slack token", "xox", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a SendGrid key", "sg.", r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("a Resend key", "re_", r"\bre_[A-Za-z0-9]{6,}_[A-Za-z0-9]{20,}\b"),
    ("a Google API key", "aiza", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a private key", "private key-----", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    ("a database URL with its password", "://", r"\bpostgres(?:ql)?://[^\s:/'\"@]+:([^\s'\"@]+)@"),
    ("a role's password", "password", r"(?i:\bpassword\s+)'([^']+)'"),
    ("a vault secret", "create_secret", r"(?i:\bvault\.create_secret\s*\(\s*)'([^']+)'"),
)
_COMPILED = tuple((what, needle, re.compile(pattern)) for what, needle, pattern in _FORMATS)
# Supabase's local stack publishes these; placeholders are meant to be replaced.
_HARMLESS = re.compile(
    r"(?i)^(?:postgres|password|your[-_ ].*|change[-_ ]?me.*|<.*>|\$\{.*\}|\[.*\]|x{3,}|\*+|placeholder.*)$"
)


def check(history: History) -> Iterator[Hit]:
    for parsed in history.files:
        yield from _find_secrets(parsed.source)


# The message must not repeat the secret: it would end up in a CI log.
def _find_secrets(source: Source) -> Iterator[Hit]:
    lowered = source.text.lower()
    for what, needle, pattern in _COMPILED:
        for match in pattern.finditer(source.text) if needle in lowered else ():
            value = match[1] if match.lastindex else match[0]
            if _HARMLESS.match(value) or (what == "a JSON web token" and _is_public(value)):
                continue
            yield Hit(
                source.place(len(source.text[: match.start()].encode())),
                f"{what} is written into the migration",
                "revoke it, keep the new one in Supabase Vault or an environment variable, and read it when it runs",
            )


def _is_public(token: str) -> bool:
    payload = token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError):
        return False
    # Keys for the role anon are published in every web page, those of the local stack in Supabase's documentation.
    return isinstance(claims, dict) and (claims.get("role") == "anon" or claims.get("iss") == "supabase-demo")


RULE = Rule("secret-in-sql", "error", "a secret is written into a migration", check)
