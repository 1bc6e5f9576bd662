"""Both majors of the Supabase CLI, installed once with npm into the machine's cache folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from supabase_tasks.cli import install
from supabase_tasks.cli.find import native
from supabase_tasks.errors import TaskError

VERSIONS = {"2": "2.122.1", "3": "3.1.0"}
# For tests that start one themselves: it reports nothing, and is not optimised for a second's work.
ENVIRONMENT = {
    "SUPABASE_TELEMETRY_DISABLED": "1",
    "DO_NOT_TRACK": "1",
    "BUN_JSC_useDFGJIT": "0",
    "BUN_JSC_useConcurrentGC": "0",
}


@lru_cache
def path(major: str) -> Path:
    """The native binary of that major. Call it before a test changes the cache folder."""
    return native(install.ensure(VERSIONS[major]))


def why_not() -> str | None:
    """Why they cannot be had here (no npm, no registry), or None."""
    try:
        for major in VERSIONS:
            path(major)
    except TaskError as error:
        return f"{error.message}: {error.cause}"
    return None
