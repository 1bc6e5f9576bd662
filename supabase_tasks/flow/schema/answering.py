"""What a person asked for, and a plan that is made again with each answer until nothing about the change is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.diff.errors import WrongDefaultError
    from supabase_tasks.diff.options import Ask, OpenQuestion
    from supabase_tasks.diff.plan.result import Plan


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


# Raises what ends the run where the person wants to go no further.
Dialogue = Callable[["Sequence[OpenQuestion]", Request, "WrongDefaultError | None"], Request]


def answered(attempt: Callable[[Request], Plan], request: Request) -> Plan:
    """What `attempt` plans once every question has its answer. Without a dialogue the questions are raised.

    A value that PostgreSQL does not take is asked for again; what was answered stays answered.
    """
    from supabase_tasks.diff.errors import OpenQuestionsError, WrongDefaultError

    refused: WrongDefaultError | None = None
    given = frozenset(request.defaults)
    while True:
        try:
            return attempt(request)
        except OpenQuestionsError as error:
            if request.dialogue is None:
                raise
            request = request.dialogue(error.questions, request, refused)
            refused = None
        except WrongDefaultError as error:
            if request.dialogue is None or error.column in given:
                raise
            refused = error
            request = replace(
                request, defaults={name: value for name, value in request.defaults.items() if name != error.column}
            )
