"""Secrets known to this process, and their removal from any text or URL that leaves it."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

MASK = "********"
_MIN_LENGTH = 4
_known: set[str] = set()

# user:password@ in any URL, and password=… in a conninfo string: caught even when nobody registered the value.
_URL_PASSWORD = re.compile(r"(?P<head>[a-z][a-z0-9+.-]*://[^\s/:@'\"]*):(?P<password>[^\s/'\"]+)@", re.IGNORECASE)
_CONNINFO_PASSWORD = re.compile(r"(?P<head>\bpassword\s*=\s*)(?P<password>'(?:[^'\\]|\\.)*'|[^\s'\"&]+)", re.IGNORECASE)


def register(secret: str | None) -> None:
    """Remember a secret (and its percent-encoded and JSON-escaped forms) so that `redact` masks it from now on.

    Values shorter than four characters are not remembered: masking them would garble ordinary text.
    """
    if secret and len(secret) >= _MIN_LENGTH:
        escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        _known.update({secret, quote(secret, safe=""), quote(secret), *escaped})


def redact(text: str) -> str:
    """`text` with every registered secret and every password in a URL or conninfo replaced by a fixed mask."""
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = _URL_PASSWORD.sub(rf"\g<head>:{MASK}@", text)
    return _CONNINFO_PASSWORD.sub(rf"\g<head>{MASK}", text)


def split_password(url: str) -> tuple[str, str | None]:
    """The URL without its password, and the password, percent-decoded and registered.

    A URL without one is returned as it is. Raises `ValueError` for text that is no URL.
    """
    parts = urlsplit(url)
    if parts.password is None:
        return url, None
    user, _, host = parts.netloc.rpartition("@")
    secret = unquote(parts.password)
    register(secret)
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}")), secret


def forget_all() -> None:
    """Forget every registered secret (for tests)."""
    _known.clear()
