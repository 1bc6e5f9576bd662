"""One thing to do with one object."""

from __future__ import annotations

from typing import NamedTuple

from supabase_tasks.diff.catalog.item import Key


class Step(NamedTuple):
    """`down` drops or detaches, `up` creates or attaches again, `alter` changes in place; swapped types are one step
    together, under the key of one of them."""

    action: str
    key: Key
