"""`inv doctor`: everything that a task may stumble over, looked at beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.errors import TaskError
from supabase_tasks.flow.health import Finding, caches, programs, project, running, targets, variables
from supabase_tasks.flow.health.finding import failure
from supabase_tasks.settings import Settings


class DoctorError(TaskError):
    """The doctor found at least one problem."""


def diagnose(settings: Settings, *, reach: bool = False) -> Iterator[Finding]:
    """Every finding, area by area, as it is found. `reach` also connects to the hosted targets that are set up."""
    areas = {
        programs.AREA: programs.check(settings),
        project.AREA: project.check(settings),
        variables.AREA: variables.check(settings),
        targets.AREA: targets.check(settings, reach=reach),
        running.AREA: running.check(settings),
        caches.AREA: caches.check(settings),
    }
    for area, findings in areas.items():
        yield from _whole(area, findings)


def _whole(area: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """What an area finds; what keeps it from looking on is a finding too, and the next area is looked at."""
    try:
        yield from findings
    except TaskError as error:
        yield failure(area, area, error)
    except OSError as error:
        yield Finding(area, area, f"{error.filename}: {error.strerror}", "problem")
