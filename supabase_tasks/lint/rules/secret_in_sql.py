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

# The formats are those that the issuers document for secret scanning.
_PATTERNS = {
    "a Supabase secret key": r"\bsb_secret_[A-Za-z0-9_-]{20,}",
    "a Supabase access token": r"\bsbp_(?:[a-z]+_)?[0-9a-f]{40}\b",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    "a Stripe key": r"\b(?:sk|rk)_live_[A-Za-z0-9]{16,}",
    "a Stripe webhook secret": r"\bwhsec_[A-Za-z0-9+/=]{24,}",
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})",
    "an OpenAI or Anthropic key": r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}",
    "a Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a SendGrid key": r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    "a Resend key": r"\bre_[A-Za-z0-9]{6,}_[A-Za-z0-9]{16,}",
    "a Google API key": r"\bAIza[0-9A-Za-z_-]{35}",
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a database URL with its password": r"\bpostgres(?:ql)?://[^\s:/'\"@]+:(?P<url>[^\s'\"@]+)@",
    "a role's password": r"(?i:\bpassword\s+)'(?P<role>[^']+)'",
    "a vault secret": r"(?i:\bvault\.create_secret\s*\(\s*)'(?P<vault>[^']+)'",
}
_ANY = [(what, re.compile(pattern)) for what, pattern in _PATTERNS.items()]
# Supabase's local stack publishes these; placeholders are meant to be replaced.
_HARMLESS = re.compile(
    r"(?i)^(?:postgres|password|your[-_ ].*|change[-_ ]?me.*|<.*>|\$\{.*\}|\[.*\]|x{3,}|\*+|placeholder.*)$"
)


def check(history: History) -> Iterator[Hit]:
    for parsed in history.files:
        yield from _found(parsed.source)


# The message must not repeat the secret: it would end up in a CI log.
def _found(source: Source) -> Iterator[Hit]:
    for what, pattern in _ANY:
        for match in pattern.finditer(source.text):
            value = next((group for group in match.groups() if group is not None), match[0])
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
    return isinstance(claims, dict) and claims.get("role") == "anon"


RULE = Rule("secret-in-sql", "error", "a secret is written into a migration", check)
