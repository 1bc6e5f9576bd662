"""Constraints of one table that ask for the same index: CREATE TABLE makes one of them, and says nothing.

Source: PostgreSQL 17, transformIndexConstraints(): redundant index specifications of one statement are removed, whatever
their names, their storage parameters and whether they say PRIMARY KEY or UNIQUE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.kinds import KINDS

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.item import Key

_PARAMETERS = re.compile(r" WITH \([^)]*\)")
_WORDS = re.compile(r"\A(?:PRIMARY KEY|UNIQUE) ")


def later_twins(constraints: Iterable[Any]) -> set[Key]:
    """Those of `constraints` that CREATE TABLE would take for an earlier one, and which need a statement of their own."""
    seen, found = set(), set()
    for item in sorted(constraints, key=lambda one: (one.identity[:2], KINDS[one.kind].sort_key(one))):
        if item.type in "pux":
            index = (item.parent, _PARAMETERS.sub("", _WORDS.sub("", item.definition)))
            if index in seen:
                found.add(item.key)
            seen.add(index)
    return found
