"""Database URLs as people type them: what is wrong with one, said without showing any of it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Characters that end the password, or the host, wherever they stand (RFC 3986, 3.2).
_ENDS = "/?#"
_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORM = "postgresql://user:password@host:5432/postgres"


def fault(url: str, *, host_needed: bool = True) -> str | None:
    """Why `url` is read otherwise than it is meant, in words that hold nothing of it but the character to encode.

    A password with a special character moves what follows into the host, the path or the query, from where it would be
    looked up and shown. None for a URL that is read as it is written. Without `host_needed` it may name a socket.
    """
    head, separator, rest = url.strip().partition("://")
    if not separator or head.lower() not in ("postgres", "postgresql"):
        return f"{_reason(url.strip())}it must look like {_FORM}"
    if (character := _stray(rest)) is not None:
        shown = "blank" if character.isspace() else f"'{character}'"
        return f"a {shown} in its password (or user) is not encoded: write {quote(character, safe='')} for it"
    try:
        parts = urlsplit(url.strip())
        if parts.port == 0 or (host_needed and not parts.hostname):
            return f"it must look like {_FORM}"
    except ValueError:
        return f"what stands for host and port is neither: it must look like {_FORM}"
    return None


def _reason(url: str) -> str:
    """What a URL of another kind is, where that can be told."""
    scheme = url.partition("://")[0].lower()
    if url[:1] in "'\"" and url[:1] == url[-1:]:
        return "it stands in quotes that belong to the file or the shell: "
    if scheme.startswith(("postgresql+", "postgres+")):
        return f"the driver (+{scheme.partition('+')[2]}) is SQLAlchemy's and does not belong to it: "
    if scheme in ("http", "https"):
        return "this is the address of the API or the dashboard, not of the database: "
    return ""


def _stray(rest: str) -> str | None:
    """The character that ends a part of the URL where a person did not mean it to end."""
    authority = re.split(f"[{_ENDS}]", rest, maxsplit=1)[0]
    user, _, host = authority.rpartition("@")
    beyond = rest[len(authority) :]
    # An at sign behind the authority: it was to come before the host, and what follows begins inside of the password.
    # In a query it may be a value's own, and has to be encoded as well.
    if "@" in beyond:
        return beyond[0]
    if "@" in user:
        return "@"
    if _NOT_ENCODED.search(user):
        return "%"
    odd = re.search(r"[\s\[\]<>\"{}|\\^`]", user)
    if odd is not None:
        return odd[0]
    return None if re.fullmatch(r"\[[0-9A-Fa-f:.]+\](:\d*)?|[^\s\[\]@]*", host) else "["
