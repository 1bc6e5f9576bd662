"""A failure as text for people: what the tasks, the hooks and Nx's programs print of it."""

from __future__ import annotations

import sys

from supabase_tasks import prose, visible
from supabase_tasks.errors import TaskError
from supabase_tasks.redaction import redact


def render(error: TaskError) -> str:
    """The failure as people see it on standard error: `error: …`, the indented cause, `fix: …` for an edit, `next: …` for
    one command that can be pasted, `or: …` for each that may be run instead.

    Message and steps are one line each whatever names are in them; only the cause has lines of its own. A terminal gets
    them broken between words, but for the commands: what is copied is one command.
    """
    advice = error.advice
    commands = (("next", advice.command), *(("or", other) for other in advice.others))
    cause = visible.text(redact(error.cause or "")).rstrip("\n")
    told = [
        f"error: {visible.line(redact(error.message))}",
        *(f"  {line}" for line in cause.split("\n") if cause),
        *([f"fix: {visible.line(redact(advice.fix))}"] if advice.fix else []),
    ]
    # Secrets are masked by now: one that is broken in two would not be found.
    lines = [prose.fit(prose.from_here(line), sys.stderr) for line in told]
    return "\n".join([*lines, *(f"{label}: {visible.line(command)}" for label, command in commands if command)])
