"""What a person asked for, and plans between two databases, made again with each answer until nothing is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks import postgres
    from supabase_tasks.diff.errors import WrongDefaultError
    from supabase_tasks.diff.options import Ask, OpenQuestion, PlanOptions
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.flow.schema.following_questions import Attempt
    from supabase_tasks.models.summary import ModelSummary


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. `dialogue` is handed what the change leaves open and the request so far, and returns the
    request with the answers; None means not interactive. `ask` answers every rename by itself.
    """

    name: str | None = None
    dry_run: bool = False
    verify: bool = False
    concurrently: bool = False
    renames: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    defaults: Mapping[str, str] = field(default_factory=dict)
    ask: Ask | None = None
    dialogue: Dialogue | None = None


class Dialogue(Protocol):
    """Who answers what a change leaves open. Asking raises what ends the run where the person stops."""

    def __call__(
        self, questions: Sequence[OpenQuestion], request: Request, refused: WrongDefaultError | None = None
    ) -> Request:
        """The request with the answers; `refused` says why the last value was not taken."""

    def end(self, *, planned: bool) -> None:
        """No more is asked: every answer was taken and there is a plan, or something else ended the run."""


def plan_with_answers(attempt: Callable[[Request], Plan], request: Request) -> Plan:
    """What `attempt` plans once every question has its answer. Without a dialogue the questions are raised, with those that
    the proposed answers open in turn.

    A value that PostgreSQL does not take is asked for again; what was answered stays answered.
    """
    planned = False
    try:
        plan = _answered_plan(attempt, request)
        planned = True
    finally:
        if request.dialogue is not None:
            request.dialogue.end(planned=planned)
    return plan


def _answered_plan(attempt: Callable[[Request], Plan], request: Request) -> Plan:
    from supabase_tasks.diff.errors import OpenQuestionsError, WrongDefaultError

    refused: WrongDefaultError | None = None
    given = frozenset(request.defaults)
    while True:
        try:
            return attempt(request)
        except OpenQuestionsError as error:
            if request.dialogue is None:
                # A plan that has its answers needs none of it.
                from supabase_tasks.flow.schema.following_questions import with_following

                raise with_following(error, _supposing(attempt, request)) from None
            request = request.dialogue(error.questions, request, refused)
            refused = None
        except WrongDefaultError as error:
            if request.dialogue is None or error.column in given:
                raise
            refused = error
            request = replace(
                request, defaults={name: value for name, value in request.defaults.items() if name != error.column}
            )


def _supposing(attempt: Callable[[Request], Plan], request: Request) -> Attempt:
    def attempt_with(renames: tuple[str, ...], defaults: Mapping[str, str]) -> Plan:
        supposed = {**request.defaults, **defaults}
        return attempt(replace(request, renames=(*request.renames, *renames), defaults=supposed))

    return attempt_with


def plan_options(settings: Settings, request: Request) -> PlanOptions:
    """The engine's options: the request's answers over the settings."""
    from supabase_tasks.diff.options import PlanOptions
    from supabase_tasks.postgres import trial

    return PlanOptions(
        renames=request.renames,
        defaults=request.defaults,
        allow=request.allow,
        ask=request.ask,
        ignore=settings.ignore,
        lock_timeout=settings.lock_timeout,
        statement_timeout=settings.statement_timeout,
        concurrently=request.concurrently,
        attended=request.dialogue is not None,
        run=trial.run,
    )


def plan_between(
    server: postgres.Server,
    settings: Settings,
    current: str,
    desired: str,
    request: Request,
    models: ModelSummary | None = None,
    *,
    compare_dumps: bool = True,
) -> Plan:
    """The plan from the database `current` of `server` to `desired`; an empty one names what `pg_dump` tells apart all the
    same, with `compare_dumps`. `models` lends the author's SQL.

    Neither is altered: renames are tried out on a copy. Raises `SettingsError` for models with an exposed schema that does not
    exist, and what `build_plan` raises, as far as `request` leaves it open.
    """
    from supabase_tasks.diff.catalog.scope import Scope
    from supabase_tasks.diff.plan.build import build_plan
    from supabase_tasks.diff.proof import equality
    from supabase_tasks.flow.schema import preconditions

    with server.scratch(current) as clone:
        with server.migrator(clone) as now, server.connect(desired) as then:
            if models is not None:
                preconditions.refuse_missing_schemas(settings, (now, then))
            plan = plan_with_answers(lambda one: build_plan(now, then, models, plan_options(settings, one)), request)
        return (
            equality.with_dump_differences(server, plan, clone, desired, Scope(settings.ignore))
            if compare_dumps
            else plan
        )
