"""`schema-check`: do models and migrations agree?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks import memo
from supabase_tasks.errors import DiffError, UnansweredError
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.memo.memo import Memo


class OutOfDateError(DiffError):
    """The models say something that no migration does yet; `data` holds the plan."""


def check_is_cached(settings: Settings) -> bool:
    """Whether the memo says that models and migrations agree. Costs a few milliseconds and no heavy import."""
    return memo.begin(settings).is_fresh()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Models and migrations agree: as `remembered`, or as just compared and from now on remembered, unless `doubt` says
    why that is not safe. `passed_over` are lines about what the models do that only `create_all` would run."""

    remembered: bool = True
    doubt: str | None = None
    passed_over: tuple[str, ...] = ()


def check_models(settings: Settings) -> Agreement:
    """Raises `OutOfDateError` when a migration is missing."""
    known = memo.begin(settings)
    return Agreement() if known.is_fresh() else _compare(settings, known)


def _compare(settings: Settings, known: Memo) -> Agreement:
    from supabase_tasks.flow.schema import generate
    from supabase_tasks.flow.schema.opening import open_comparison
    from supabase_tasks.flow.schema.request import Request

    # The check asks whether there is a difference; whether it may be applied is for `schema-generate` to say.
    request = Request(allow=_every_danger())
    with open_comparison(settings, known.digests()) as comparison:
        try:
            plan = comparison.plan(request)
        except UnansweredError as error:
            raise _out_of_date("a rename or a default is open", error.data) from error
        if not plan.empty:
            raise _out_of_date("\n".join((plan.header, *_left_out(plan))), plan.as_json())
        comparison.refuse_unmodelled(plan)
        return Agreement(False, generate.remember(known, comparison), comparison.models.passed_over)


def _left_out(plan: Plan) -> tuple[str, ...]:
    return ("and, for which no SQL can be planned:", *plan.unmodelled) if plan.unmodelled else ()


def _every_danger() -> frozenset[str]:
    from supabase_tasks.diff.ddl.hazards import GATED

    return frozenset(GATED)


def _out_of_date(summary: str, data: dict[str, object]) -> OutOfDateError:
    return OutOfDateError(
        "the models have changed and no migration covers it yet",
        cause=summary,
        next_step="inv schema-generate",
        code="migration-missing",
        data=data,
    )
