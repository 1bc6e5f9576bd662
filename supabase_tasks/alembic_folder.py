"""Which folder holds the scripts of an Alembic history: its env.py runs migrations when it is imported."""

from __future__ import annotations

import re
from pathlib import Path

_SCRIPT, _TEMPLATE = "env.py", "script.py.mako"
_CONTEXT = re.compile(
    rb"^\s*(?:from\s+alembic\s+import\b.*\bcontext\b|import\s+alembic\b|from\s+alembic\.)", re.MULTILINE
)


def holds_alembic(folder: Path) -> bool:
    """Whether `folder` has what `alembic init` makes, or an env.py that takes Alembic's context."""
    script = folder / _SCRIPT
    try:
        return script.is_file() and ((folder / _TEMPLATE).is_file() or _CONTEXT.search(script.read_bytes()) is not None)
    except OSError:
        return False
