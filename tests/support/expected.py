"""Expected outputs that are kept as files; one switch writes all of them anew, and a person reads what git shows."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "UPDATE_EXPECTED"
HINT = f"run with {VARIABLE}=1 and read the difference"


def matches(path: Path, text: str) -> bool:
    """Whether the file holds `text`. With `UPDATE_EXPECTED=1` it is written first."""
    if os.environ.get(VARIABLE) == "1":
        path.write_text(text)
    return path.is_file() and path.read_text() == text
