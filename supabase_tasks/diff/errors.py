"""The failures of the diff engine, worded in one place."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from supabase_tasks import wording
from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.options import Question
from supabase_tasks.errors import DiffError, UnansweredError


def cycle(keys: Sequence[Key]) -> DiffError:
    """No order exists: each of the objects needs another one of them."""
    names = [f"{kind} {'.'.join(identity)}" for kind, identity in keys]
    return DiffError(
        "no order of statements leads from the migrations to the models",
        cause="these need each other: " + ", ".join(names),
        next_step="write the change by hand: inv schema-generate --custom",
        code="cycle",
        data={"objects": names},
    )


def impossible(reasons: Mapping[Key, str]) -> DiffError:
    """What PostgreSQL has no way to change, with the reason for each object."""
    names = {key: f"{key[0]} {'.'.join(key[1])}" for key in reasons}
    return DiffError(
        f"PostgreSQL cannot make this change: {', '.join(names.values())}",
        cause="\n".join(f"{names[key]}: {reason}" for key, reason in reasons.items()),
        next_step="make a new table and move the rows, in a migration of your own: inv schema-generate --custom",
        code="impossible",
        data={"objects": list(names.values())},
    )


def unanswered(questions: Sequence[Question], values: Sequence[str]) -> UnansweredError:
    """Renames and values for new NOT NULL columns that are unanswered."""
    asked = [question.as_json() for question in questions]
    asked += [
        {
            "question": "value",
            "kind": "column",
            "new": name,
            "answers": [f"--default {shlex.quote(name)}=<SQL expression>"],
        }
        for name in values
    ]
    causes = [_rename_line(question) for question in questions]
    causes += [f"{name} is NOT NULL without a default: rows that exist need a value" for name in values]
    first = asked[0]["answers"][0] if asked else ""
    return UnansweredError(
        f"{wording.count(len(asked), 'question')} about this change {'have' if len(asked) > 1 else 'has'} no answer",
        cause="\n".join(causes),
        next_step=f"answer, for instance: inv schema-generate {first}",
        data={"unanswered": asked},
    )


def _rename_line(question: Question) -> str:
    names = " or ".join(candidate.old for candidate in question.candidates)
    first, *_, new = question.as_json()["answers"]
    answers = f"{first}, or new: {new}"
    return f"{question.kind} {question.new} is new: was it {names}? ({answers})"


def unplannable(message: str, names: Sequence[str]) -> DiffError:
    """What differs and cannot be said in a migration; `message` is one line, `names` are the objects."""
    return DiffError(
        message,
        next_step="make the change by hand, and the same on the other side; or list the object in `ignore`",
        code="unplannable",
        data={"objects": list(names)},
    )


def not_allowed(hazards: Sequence[Hazard]) -> DiffError:
    """Hazards that need the user's word."""
    codes = sorted({hazard.code for hazard in hazards})
    return DiffError(
        f"the change needs a permission: {', '.join(codes)}",
        cause="\n".join(dict.fromkeys(hazard.message for hazard in hazards)),
        next_step=f"if that is meant: inv schema-generate --allow {' --allow '.join(codes)}",
        code="not-allowed",
        data={"hazards": [hazard.as_json() for hazard in hazards]},
    )
