"""`inv doctor`: everything that a task may stumble over, looked at beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.errors import TaskError
from supabase_tasks.flow.health import Finding, caches, programs, project, running, targets, variables
from supabase_tasks.settings import Settings


class DoctorError(TaskError):
    """The doctor found at least one problem."""


def examine(settings: Settings, *, reach: bool = False) -> Iterator[Finding]:
    """Every finding, area by area, as it is found. `reach` also connects to the hosted targets that are set up."""
    yield from programs.look(settings)
    yield from project.look(settings)
    yield from variables.look(settings)
    yield from targets.look(settings, reach=reach)
    yield from running.look(settings)
    yield from caches.look(settings)
