"""Which options of foreign servers, tables and wrappers are secrets, and are never shown."""

from __future__ import annotations

import re

# `…_id` and `…_name` name a secret of the vault (Supabase's wrappers) and are none themselves.
_SECRET = re.compile(r"(?i)(pass|secret|token|credential|key)(?!.*_(?:id|name)\"?$)")


def is_secret(name: str) -> bool:
    """Whether the value of an option so named is never shown."""
    return _SECRET.search(name) is not None
