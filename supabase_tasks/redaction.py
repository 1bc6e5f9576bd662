"""Secrets known to this process, and their removal from any text or URL that leaves it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit, urlunsplit

from supabase_tasks import disguises, vault_strings
from supabase_tasks.disguises import Disguises

MASK = "********"
_MIN_LENGTH = 4
_MIN_PART = 8
# Known to everybody, and names of roles, schemas and states as well: a mask would hide no secret and garble the text.
EVERYDAY = frozenset(
    ["admin", "anon", "changeme", "default", "example", "false", "local", "localhost", "none", "null", "password"]
) | frozenset(
    [
        "postgres",
        "prod",
        "production",
        "public",
        "root",
        "secret",
        "service_role",
        "staging",
        "supabase",
        "test",
        "true",
    ]
)
_SQL_SECRET = re.compile(r"(?:create|update)_secret|\bvault\b|\bpassword\s+[eun$']", re.IGNORECASE)
_known: dict[str, Disguises] = {}

# user:password@ in any URL, and password=… in a conninfo string: caught even when the value is not registered.
_URL_PASSWORD = re.compile(r"(?P<head>[a-z][a-z0-9+.-]*://[^\s/:@'\"]*):(?P<password>[^\s/'\"]+)@", re.IGNORECASE)
_CONNINFO_PASSWORD = re.compile(r"(?P<head>\bpassword\s*=\s*)(?P<password>'(?:[^'\\]|\\.)*'|[^\s'\"&]+)", re.IGNORECASE)


def register(secret: str | None) -> None:
    """Remember a secret so that `redact` masks it from now on, in every form that `disguises` knows.

    Each line of a secret of several lines, and each long value of one that is JSON (a service account), is a secret
    too. Values shorter than four characters, and words that everybody knows such as `postgres`, are not remembered:
    masking them would garble ordinary text. They are masked where a URL or `password=` says what they are.
    """
    if not secret or len(secret) < _MIN_LENGTH or secret in EVERYDAY or secret in _known:
        return
    _known[secret] = Disguises(secret)
    for part in _parts(secret):
        if part != secret and len(part) >= _MIN_PART and not part.startswith("-----"):
            register(part)


def _parts(secret: str) -> Iterator[str]:
    # Environment files write the lines of a key as `\n`.
    yield from (line.strip() for line in re.split(r"\r?\n|\\n", secret))
    if secret.lstrip().startswith("{"):
        try:
            yield from _leaves(json.loads(secret))
        except ValueError:
            return


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str) and "://" not in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)


def redact(text: str) -> str:
    """`text` with every registered secret, every password in a URL or conninfo and every string of SQL that is a secret by
    its place (`vault_strings`) replaced by a fixed mask."""
    if _SQL_SECRET.search(text):
        text = _without_sql_secrets(text)
    if _known:
        bare = disguises.squeeze(text)
        for secret in sorted(_known, key=len, reverse=True):
            text = _known[secret].mask(text, bare, MASK)
    if "://" in text:
        text = _URL_PASSWORD.sub(rf"\g<head>:{MASK}@", text)
    return _CONNINFO_PASSWORD.sub(rf"\g<head>{MASK}", text)


def _without_sql_secrets(text: str) -> str:
    shown, end = [], 0
    for start, stop, value in vault_strings.find(text):
        # The server may repeat it in another form: "Failing row contains (…)".
        if len(value) >= _MIN_PART:
            register(value)
        shown += [text[end:start], f"'{MASK}'"]
        end = stop
    return "".join((*shown, text[end:]))


# JSON-ready data of any shape.
def redact_values(data: object) -> object:
    """JSON-ready data with every text in it redacted: a mask never breaks the document around it."""
    if isinstance(data, str):
        return redact(data)
    if isinstance(data, dict):
        return {redact(key) if isinstance(key, str) else key: redact_values(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [redact_values(value) for value in data]
    return data if data is None or isinstance(data, bool | int | float) else redact(str(data))


class Lines:
    """Redacts a stream line by line, also a secret that goes on in the next line.

    A line whose end may be the beginning of a secret is held back until the next one tells.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        self._begun: list[str] = []

    def take(self, line: str) -> list[str]:
        """The redacted lines that can be shown once `line` has come."""
        line = self._without_rest(line)
        self._held.append(line)
        text = "".join(map(_bare_end, self._held))
        begun = {secret: length for secret in _known if (length := disguises.begun_length(secret, text))}
        # One or two characters at the end of a line are no reason to wait: the rest is masked when it comes.
        if any(length > 2 for length in begun.values()):
            return []
        self._begun = [secret[length:] for secret, length in begun.items()]
        return self.rest()

    def rest(self) -> list[str]:
        """What was held back, redacted: the stream has ended."""
        held, self._held = self._held, []
        return redact("\n".join(held)).split("\n") if held else []

    def _without_rest(self, line: str) -> str:
        start = len(line) - len(line.lstrip(disguises.BORDERS))
        for rest in self._begun:
            if len(rest) > 1 and line.startswith(rest, start):
                return line[:start] + MASK + line[start + len(rest) :]
        return line


def _bare_end(line: str) -> str:
    return line.strip(disguises.BORDERS)


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
