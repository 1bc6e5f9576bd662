"""The failures of the diff engine, worded in one place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from supabase_tasks import command_line
from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.options import OpenQuestion, PermissionQuestion, Question, ValueQuestion, proposed_answers
from supabase_tasks.errors import DiffError, UnansweredError


def cycle(keys: Sequence[Key]) -> DiffError:
    """No order exists: each of the objects needs another one of them."""
    names = [name_of(key) for key in keys]
    return DiffError(
        "these changes depend on each other, so no order works",
        cause="these need each other: " + ", ".join(names),
        next_step="inv schema-generate --custom --name by_hand",
        code="cycle",
        data={"objects": names},
    )


def impossible(reasons: Mapping[Key, str]) -> DiffError:
    """What PostgreSQL has no way to change, with the reason for each object."""
    names = {key: name_of(key) for key in reasons}
    return DiffError(
        f"PostgreSQL cannot make this change: {', '.join(names.values())}",
        cause="\n".join(f"{names[key]}: {reason}" for key, reason in reasons.items()),
        next_step="make a new table and move the rows, in a migration of your own: inv schema-generate --custom",
        code="impossible",
        data={"objects": list(names.values())},
    )


def name_of(key: Key) -> str:
    """How a message names an object: `foreign server s`."""
    return f"{key[0].replace('_', ' ')} {'.'.join(key[1])}"


def pattern_of(key: Key) -> str:
    """The pattern of `ignore` that covers an object: `foreign_server:s`."""
    kind, identity = key
    return f"{kind}:{'.'.join(identity)}"


class OpenQuestionsError(UnansweredError):
    """Everything about a change that only the user can answer, as `questions`, all at once, and the `hazards` that they
    are to permit."""

    def __init__(
        self, message: str, *, questions: Sequence[OpenQuestion] = (), hazards: Sequence[Hazard] = (), **rest: Any
    ) -> None:
        super().__init__(message, **rest)
        self.questions = tuple(questions)
        self.hazards = tuple(hazards)

    @classmethod
    def default_code(cls) -> str:
        return UnansweredError.default_code()


class WrongDefaultError(DiffError):
    """The value of `--default` for `column` cannot be used."""

    def __init__(self, message: str, *, column: str = "", **rest: Any) -> None:
        super().__init__(message, **rest)
        self.column = column


def unanswered_error(
    questions: Sequence[OpenQuestion], hazards: Sequence[Hazard] = (), following: Sequence[OpenQuestion] = ()
) -> OpenQuestionsError:
    """Renames, values for new NOT NULL columns and permissions that are open; `hazards` are those to be permitted.
    `following` are open once the others have the answers that are proposed."""
    permissions = [question for question in questions if isinstance(question, PermissionQuestion)]
    only_permissions = len(permissions) == len(questions)
    lines = [line for question in questions for line in _lines(question)]
    if following:
        lines += ["with the answers of the next step, this is asked too:"]
        lines += [line for question in following for line in _lines(question)]
    supposes = command_line.join(*proposed_answers(questions))
    return OpenQuestionsError(
        _headline([*questions, *following]),
        cause="\n".join(lines),
        next_step=command_line.with_options(proposed_answers([*questions, *following]), "inv schema-generate"),
        code="not-allowed" if only_permissions else None,
        data={
            "unanswered": [
                *(question.as_json() for question in questions),
                *(question.as_json() | {"supposes": supposes} for question in following),
            ],
            **({"hazards": [hazard.as_json() for hazard in hazards]} if hazards else {}),
        },
        questions=[*questions, *following],
        hazards=hazards,
    )


def _headline(questions: Sequence[OpenQuestion]) -> str:
    if len(questions) > 1:
        return f"{len(questions)} questions about this change have no answer"
    (question,) = questions
    if isinstance(question, Question):
        return f"{question.noun} {question.new} is either new or renamed: which?"
    if isinstance(question, ValueQuestion):
        return f"{question.column} needs a value for existing rows"
    return _MEANINGS.get(question.code, f"this migration has a hazard that needs --allow {question.code}")


_MEANINGS = {"data-loss": "this migration deletes data"}


def _lines(question: OpenQuestion) -> Iterator[str]:
    """The question, then each answer as an option that can be pasted."""
    if isinstance(question, Question):
        *renames, new = question.as_json()["answers"]
        yield f"{question.noun} {question.new} is new in the models: is it a renamed {question.noun}?"
        for candidate, option in zip(question.candidates, renames, strict=True):
            yield f"  renamed from {candidate.old}, its rows are kept:  {option}"
        yield f"  new{_loss_of_drop(question)}:  {new}"
    elif isinstance(question, ValueQuestion):
        yield f"{question.column} ({question.type}) is NOT NULL and has no default; existing rows need a value"
        yield f"  for example:  {question.as_json()['answers'][0]}"
    else:
        yield from dict.fromkeys(loss.message for loss in question.losses)
        yield f"  to go ahead:  {question.as_json()['answers'][0]}"


def _loss_of_drop(question: Question) -> str:
    if "--allow" not in question.consequences:
        return ""
    names = " or ".join(candidate.old for candidate in question.candidates)
    return f", and the data of {names} is deleted"


def unplannable(message: str, of: Item, names: Sequence[str] = ()) -> DiffError:
    """What differs and cannot be said in a migration; `message` is one line, `of` the object that would change and `names`
    the objects it is about, where they are others."""
    pattern = json.dumps(pattern_of(of.key), ensure_ascii=False)
    return DiffError(
        message,
        next_step=f"make the change by hand, and the same on the other side; or leave it out: ignore = [{pattern}]",
        code="unplannable",
        data={"objects": list(names) or [of.label]},
    )
