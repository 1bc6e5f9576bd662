"""A failure as text for people: what the tasks, the hooks and Nx's programs print of it."""

from __future__ import annotations

from supabase_tasks import visible
from supabase_tasks.errors import TaskError


def render(error: TaskError) -> str:
    """The failure as people see it: `error: …`, the indented cause, `fix: …` for an edit, `next: …` for one command that
    can be pasted, `or: …` for each that may be run instead.

    Message and steps are one line each whatever names are in them; only the cause has lines of its own.
    """
    lines = [f"error: {visible.line(error.message)}"]
    lines += [f"  {line}" for line in visible.text(error.cause or "").rstrip("\n").split("\n") if error.cause]
    advice = error.advice
    steps = (("fix", advice.fix), ("next", advice.command), *(("or", other) for other in advice.others))
    lines += [f"{label}: {visible.line(step)}" for label, step in steps if step]
    return "\n".join(lines)
