"""The databases: local ones that run, hosted ones that are set up and, if asked, reachable."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks import environment
from supabase_tasks.environment import Environment
from supabase_tasks.errors import EnvironmentMissingError, TaskError
from supabase_tasks.flow.health.finding import Finding, failure
from supabase_tasks.settings import Settings, TargetSettings

AREA = "targets"


def check(settings: Settings, *, reach: bool) -> Iterator[Finding]:
    """The embedded clusters, then every hosted target; `reach` connects to those that are set up."""
    yield from _clusters(settings)
    try:
        found = environment.load(settings)
    except TaskError as error:
        yield failure(AREA, "hosted", error)
        return
    for target in settings.targets:
        yield _hosted_finding(settings, found, target, reach)


def _clusters(settings: Settings) -> Iterator[Finding]:
    from supabase_tasks import postgres

    for cluster in postgres.status(settings):
        state = f"runs at {cluster.url}" if cluster.running else "stopped (started when needed)"
        yield Finding(AREA, f"embedded {cluster.name}", f"PostgreSQL {cluster.version or '?'} {state}")


def _hosted_finding(settings: Settings, found: Environment, target: TargetSettings, reach: bool) -> Finding:
    from supabase_tasks.guard import link, session, targets

    try:
        resolved = targets.resolve(settings, found, target.name)
    except EnvironmentMissingError as error:
        return Finding(AREA, target.name, f"not set up here: {error.message}", "note", error.next_step)
    except TaskError as error:
        return failure(AREA, target.name, error)
    shown = f"{resolved.ref} at {resolved.address.host}"
    if not reach:
        return Finding(AREA, target.name, f"{shown} (not contacted; add --reach)")
    try:
        connection, address = session.connect(resolved, link.read(settings))
    except TaskError as error:
        return failure(AREA, target.name, error)
    with connection:
        version = connection.info.server_version
    return Finding(AREA, target.name, f"{resolved.ref}: PostgreSQL {version // 10000} answers at {address.host}")
