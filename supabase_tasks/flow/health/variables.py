"""Which environment files and variables were found. Values are never shown."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks import environment
from supabase_tasks.environment import Environment
from supabase_tasks.errors import TaskError
from supabase_tasks.files import from_here
from supabase_tasks.flow.health.finding import Finding, failure
from supabase_tasks.settings import Settings

AREA = "environment"
TOKEN = "SUPABASE_ACCESS_TOKEN"


def check(settings: Settings) -> Iterator[Finding]:
    """Each env file that is looked for, the CLI's token, and each target's variables."""
    try:
        found = environment.load(settings)
    except TaskError as error:
        yield failure(AREA, "env files", error)
        return
    for path in found.looked_in:
        yield Finding(AREA, from_here(path), "found" if path.is_file() else "not there")
    yield _variable(settings, found, TOKEN, secret=True, missing="not set; needed for hosted targets by project ref")
    for target in settings.targets:
        for name in target.variables:
            yield _variable(settings, found, name, secret=name in target.secret_variables, missing="not set")


def _variable(settings: Settings, found: Environment, name: str, *, secret: bool, missing: str) -> Finding:
    variable = found.variables.get(name)
    if variable is None or not variable.value:
        return Finding(AREA, name, missing, "note")
    if secret:
        try:
            found.untracked_secret(name)
        except TaskError as error:
            return failure(AREA, name, error)
    place = "the environment" if variable.file is None else from_here(variable.file)
    return Finding(AREA, name, f"set in {place} (value hidden)")
