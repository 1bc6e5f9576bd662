"""What differs and no kind can plan: an error with exit status 1, whether other changes were planned or none.

A migration that was planned for the rest is written all the same: it is right in what it does, and what is left may need it (a
security label on a new table). Nothing is remembered as equal before the rest is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan

_MODELS = "models and migrations"
_BY_HAND = (
    "declare them in the sql folder, list them in `ignore` or write them by hand, then:"
    " inv schema-generate --custom --name by_hand"
)


def refuse_empty(plan: Plan) -> None:
    """Raises `DiffError` (code `unmodelled`) for a plan from migrations to models that is empty though something differs."""
    from supabase_tasks.diff.proof import equality

    equality.refuse_unmodelled(plan, _MODELS, _BY_HAND)


def refuse(plan: Plan, data: Mapping[str, object]) -> None:
    """Raises `DiffError` (code `unmodelled`) for what a plan from migrations to models leaves out; `data` tells programs
    what was done nevertheless."""
    from supabase_tasks.diff.proof import equality

    equality.demand_all_modelled(plan, _MODELS, _BY_HAND, data=data)


def refuse_between_schemas(plan: Plan, data: Mapping[str, object]) -> None:
    """The same for two schemas of `schema-diff`."""
    from supabase_tasks.diff.proof import equality

    equality.demand_all_modelled(plan, data=data)
