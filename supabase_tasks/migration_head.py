"""The head of a generated migration: a comment line for each hazard, which the linter takes as the reason for what it finds."""

from __future__ import annotations

import re

_LINE = re.compile(r"^--   (?P<label>[a-z][a-z ]*): (?P<message>.+)$", re.MULTILINE)


def hazard_line(code: str, message: str) -> str:
    """The line of a hazard: its code in words, and a message of one line."""
    return f"--   {code.replace('-', ' ')}: {message}"


def hazards_in(text: str) -> tuple[tuple[str, str], ...]:
    """Code and message of the hazards that a migration says."""
    return tuple((found["label"].replace(" ", "-"), found["message"]) for found in _LINE.finditer(text))
