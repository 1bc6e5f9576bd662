"""The options of an identity column's sequence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column


def sequence_changes(old: Column, new: Column) -> list[str]:
    """What ALTER COLUMN has to set: only the options that differ."""
    before, after = _sequence_options(old), _sequence_options(new)
    return [f"SET {word}{value}" for word, value in after.items() if before[word] != value]


def _sequence_options(column: Column) -> dict[str, str]:
    top = {"smallint": 32767, "integer": 2147483647}.get(column.type, 9223372036854775807)
    found = {"INCREMENT BY ": "1", "MINVALUE ": "1", "MAXVALUE ": str(top), "START WITH ": "1", "CACHE ": "1"}
    for word in found:
        match = re.search(rf"{word}(-?\d+)", column.sequence)
        if match:
            found[word] = match[1]
    return {**found, "": "CYCLE" if column.sequence.endswith("CYCLE") else "NO CYCLE"}
