"""`inv doctor`: everything that a task may stumble over, looked at beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.errors import TaskError
from supabase_tasks.flow.health import Finding, caches, programs, project, running, targets, variables
from supabase_tasks.flow.health.finding import broken
from supabase_tasks.settings import Settings


class DoctorError(TaskError):
    """The doctor found at least one problem."""


def examine(settings: Settings, *, reach: bool = False) -> Iterator[Finding]:
    """Every finding, area by area, as it is found. `reach` also connects to the hosted targets that are set up."""
    areas = {
        programs.AREA: programs.look(settings),
        project.AREA: project.look(settings),
        variables.AREA: variables.look(settings),
        targets.AREA: targets.look(settings, reach=reach),
        running.AREA: running.look(settings),
        caches.AREA: caches.look(settings),
    }
    for area, findings in areas.items():
        yield from _whole(area, findings)


def _whole(area: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """What an area finds; what keeps it from looking on is a finding too, and the next area is looked at."""
    try:
        yield from findings
    except TaskError as error:
        yield broken(area, area, error)
    except OSError as error:
        yield Finding(area, area, f"{error.filename}: {error.strerror}", "problem")
