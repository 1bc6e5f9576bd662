"""What the proposed answers to a change's open questions ask in turn: an unattended run is told of everything at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.errors import TaskError

if TYPE_CHECKING:
    from supabase_tasks.diff.errors import OpenQuestionsError
    from supabase_tasks.diff.options import OpenQuestion

# Plans with renames and defaults on top of what was asked for.
Attempt = Callable[[tuple[str, ...], Mapping[str, str]], object]
# Each round answers what the one before opened: a table, its columns, their values.
_ROUNDS = 4


def with_following(error: OpenQuestionsError, attempt: Attempt) -> OpenQuestionsError:
    """`error`, with what `attempt` leaves open once the questions have the answers that the error proposes.

    A table that is taken for renamed has rows for which a new column needs a value, and columns that a change of type
    takes digits from. Permissions are not supposed, or what they permit would not be told.
    """
    from supabase_tasks.diff.errors import OpenQuestionsError, unanswered_error

    following: list[OpenQuestion] = []
    hazards = list(error.hazards)
    for _ in range(_ROUNDS):
        asked = [*error.questions, *following]
        try:
            attempt(*_supposed_answers(asked))
        except OpenQuestionsError as more:
            found = _not_told(more.questions, asked)
            if not found:
                break
            following += found
            hazards += more.hazards
        except TaskError:
            # It is told when these answers are given: so far they are supposed only.
            break
        else:
            break
    return unanswered_error(error.questions, tuple(dict.fromkeys(hazards)), following) if following else error


def _supposed_answers(questions: Sequence[OpenQuestion]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The proposed renames and defaults."""
    from supabase_tasks.diff.options import PermissionQuestion, proposed_answers, split_default

    words = proposed_answers([question for question in questions if not isinstance(question, PermissionQuestion)])
    pairs = list(zip(words[::2], words[1::2], strict=True))
    renames = tuple(value for name, value in pairs if name == "--rename")
    defaults = dict(filter(None, (split_default(value) for name, value in pairs if name == "--default")))
    return renames, defaults


def _not_told(questions: Sequence[OpenQuestion], told: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """The questions that are new, and of permissions the losses that are."""
    from supabase_tasks.diff.options import PermissionQuestion

    known = {loss for one in told if isinstance(one, PermissionQuestion) for loss in one.losses}
    found: list[OpenQuestion] = []
    for question in questions:
        if isinstance(question, PermissionQuestion):
            losses = tuple(loss for loss in question.losses if loss not in known)
            found += [replace(question, losses=losses)] if losses else []
        elif question not in told:
            found.append(question)
    return found
