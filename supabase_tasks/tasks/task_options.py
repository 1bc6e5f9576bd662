"""What every task that changes a hosted database shares: its options, who is asked, and how the place is shown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from invoke.tasks import Task

from supabase_tasks import console
from supabase_tasks.tasks.boundary import task

if TYPE_CHECKING:
    from supabase_tasks.flow.targets.hosted_target import TargetInfo
    from supabase_tasks.guard.confirmation import Answers

YES = "skip the y/N question (protected targets and resets still need --confirm)"
CONFIRM = "the project ref, required for protected targets and resets without a terminal"
DRY_RUN = "show the plan and change nothing"
JSON = "print one JSON document"


# A task's parameters are its options, whatever they are.
def target_task(
    name: str, doc: str, body: Callable[..., None], options: Mapping[str, str], *, extra: str = "", **more: Any
) -> Task[Any]:
    """A task called `name` for one target; `doc` is its help, `options` that of each parameter.

    `extra` declares one more text option, whose name depends on the target: `body` finds it in its `**more`.
    """
    body.__doc__ = doc
    body.__name__ = name.replace("-", "_")
    found = inspect.signature(body)
    kept = [one for one in found.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
    if extra:
        kept.append(inspect.Parameter(extra, inspect.Parameter.KEYWORD_ONLY, default=""))
    body.__signature__ = found.replace(parameters=kept)  # type: ignore[attr-defined]
    return task(name=name, help=dict(options), **more)(body)


def answers(*, yes: bool = False, confirm: str = "") -> Answers:
    """What was given beforehand, and the console to ask on where a person can answer."""
    from supabase_tasks.guard.confirmation import Answers

    return Answers(yes, confirm or None, console.ask if console.interactive() else None)


def print_target(what: str, info: TargetInfo) -> None:
    """The first lines of every plan: what, which project, which host."""
    console.say(f"{what} {info.target}")
    named = f"{info.project} ({info.ref})" if info.project else f"{info.ref} (named once it has been linked)"
    console.say(f"  project   {named}{'  PROTECTED' if info.protected else ''}")
    console.say(f"  host      {info.host}")
