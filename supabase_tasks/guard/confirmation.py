"""Confirmation, as strict as the risk demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from supabase_tasks import command_line
from supabase_tasks.errors import GuardError

Level = Literal["yes", "ref"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person gave beforehand (`--yes`, `--confirm REF`), and how to ask: None when the run is not interactive."""

    yes: bool = False
    confirm: str | None = None
    ask: Callable[[str], str] | None = None


def level(*, protected: bool, destructive: bool = False) -> Level:
    """`ref` (the project ref must be typed) for a protected target and for whatever destroys data, else `yes`."""
    return "ref" if protected or destructive else "yes"


def confirm(action: str, ref: str, needed: Level, answers: Answers) -> None:
    """Returns when the change was confirmed. `action` is what will be done, as in "push 2 migrations to prod".

    A wrong `--confirm` is refused even where `--yes` would do. Raises `GuardError`.
    """
    if answers.confirm is not None:
        _compare(action, ref, answers.confirm)
    elif needed == "yes" and answers.yes:
        return
    elif answers.ask is None:
        raise _no_terminal(action, needed)
    elif needed == "ref":
        _compare(action, ref, answers.ask(f"To {action}, type the project ref ({ref[:4]}…):"))
    elif not says_yes(f"{action[0].upper()}{action[1:]}?", answers.ask):
        raise GuardError("not confirmed: nothing was changed", code="not-confirmed")


def says_yes(question: str, ask: Callable[[str], str]) -> bool:
    """Whether a person says yes. Enter is no; what is neither is asked about twice more, and is then no."""
    asked = f"{question} [y/N]"
    for _ in range(3):
        given = ask(asked).lower()
        if given in ("", "y", "yes", "n", "no"):
            return given in ("y", "yes")
        # Not what was typed: it may have been meant for another question.
        asked = f"Please answer y or n. {question} [y/N]"
    return False


def _compare(action: str, ref: str, given: str) -> None:
    if given != ref:
        raise GuardError(
            "the project ref does not match: nothing was changed",
            # Not what was given: a password is pasted as easily.
            cause=f"what was given is another text; the target's ref is {ref}",
            next_step=f"to {action}, give --confirm {ref}",
            code="not-confirmed",
        )


def _no_terminal(action: str, needed: Level) -> GuardError:
    note = "" if needed == "yes" else " (--yes is not enough here)"
    # The ref is for the person to know: an option that is only pasted confirms nothing.
    by_ref = f"to {action} unattended, give --confirm and the project ref"
    return GuardError(
        f"not confirmed, and there is no terminal to ask at: nothing was changed{note}",
        next_step=command_line.with_flag("--yes", "inv") if needed == "yes" else by_ref,
        code="not-confirmed",
    )
