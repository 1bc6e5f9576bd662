"""The strings in SQL that are secrets by their place: what goes into the vault, and what follows the word PASSWORD.

The text need not be a whole statement (an error shows the beginning of one) and may stand in a string itself, as what
EXECUTE is given does, so it is read by its marks and not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CALL = re.compile(r"\b(?P<name>create_secret|update_secret)\"?\s*\(", re.IGNORECASE)
_ROWS = re.compile(r"\b(?:insert\s+into|update)\s+(?:only\s+)?\"?vault\"?\s*\.\s*\"?secrets\b", re.IGNORECASE)
_PASSWORD = re.compile(r"\bpassword\s+(?=[eEuUnN]?&?'|\$)", re.IGNORECASE)
_PART = re.compile(
    # As a string within a string has it; then escape strings, others and dollar quotes, which an excerpt may cut off.
    r"(?P<string>''(?=[^'\s,)])(?P<inner>(?:[^']|'''')*?)(?:''(?!')|\Z)"
    r"|[eE]'(?P<escaped>(?:[^'\\]|\\.|'')*)(?:'|\\?\Z)"
    r"|'(?P<plain>(?:[^']|'')*)(?:'|\Z)"
    r"|\$(?P<tag>[^\W\d]\w*|)\$(?P<dollar>.*?)(?:\$(?P=tag)\$|\Z))"
    r"|--[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"]*(?:\"|\Z)|(?P<name>\w+)\s*(?:=>|:=)|(?P<mark>[(),;\[\]])",
    re.DOTALL,
)
_ARGUMENTS = {"create_secret": (0, "new_secret"), "update_secret": (1, "new_secret")}


def find(text: str) -> list[tuple[int, int, str]]:
    """Where the secret strings are in `text`, quotes included, and what each says; in order, none within another."""
    found = {(start, end): value for start, end, value in (*_calls(text), *_rows(text), *_passwords(text))}
    kept: list[tuple[int, int, str]] = []
    for (start, end), value in sorted(found.items()):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, value))
    return kept


def _calls(text: str) -> Iterator[tuple[int, int, str]]:
    for call in _CALL.finditer(text):
        place, meant = _ARGUMENTS[call["name"].lower()]
        depth = number = 0
        name: str | None = None
        for part in _PART.finditer(text, call.end()):
            if part["string"] and (name == meant if name else number == place):
                yield _string(part)
            elif part["name"] and depth == 0:
                name = part["name"].lower()
            elif part["mark"] == "," and depth == 0:
                number, name = number + 1, None
            else:
                depth += _deeper(part["mark"])
                if depth < 0 or part["mark"] == ";":
                    break


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """Every string of an INSERT or UPDATE: which column each is for is not looked at."""
    for begin in _ROWS.finditer(text):
        depth = 0
        for part in _PART.finditer(text, begin.end()):
            if part["string"]:
                yield _string(part)
            depth += _deeper(part["mark"])
            if depth < 0 or part["mark"] == ";":
                break


def _passwords(text: str) -> Iterator[tuple[int, int, str]]:
    for word in _PASSWORD.finditer(text):
        part = _PART.match(text, word.end())
        if part is not None and part["string"]:
            yield _string(part)


def _deeper(mark: str | None) -> int:
    return {"(": 1, "[": 1, ")": -1, "]": -1}.get(mark or "", 0)


def _string(part: re.Match[str]) -> tuple[int, int, str]:
    value = next(one for one in (part["inner"], part["escaped"], part["plain"], part["dollar"]) if one is not None)
    if part["escaped"] is not None:
        value = re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
    return part.start(), part.end(), value if part["dollar"] is not None else value.replace("''", "'")
