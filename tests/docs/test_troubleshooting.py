"""Every message of the README's troubleshooting table is one that the code can say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = "\n".join(path.read_text() for path in sorted((ROOT / "supabase_tasks").rglob("*.py")))
TABLE = (ROOT / "README.md").read_text().split("## Troubleshooting")[1].split("## Licence")[0]
# Invoke's and pip's, before anything of ours is loaded: tests/tasks/test_failures.py holds them.
OF_OTHERS = ("Can't find any collection named", "requires a different Python")
MESSAGES = [one for one in re.findall(r"^\| `([^`]+)`", TABLE, re.MULTILINE) if not one.startswith(OF_OTHERS)]


@pytest.mark.parametrize("message", MESSAGES)
def test_the_message_exists(message: str) -> None:
    # The dots stand for names, numbers and plurals that the code fills in; what is left must be there word for word.
    for piece in re.split(r"…|\(line N\)|: data-loss", message):
        words = piece.strip()
        assert words.removesuffix(" no answer") in SOURCE, message
