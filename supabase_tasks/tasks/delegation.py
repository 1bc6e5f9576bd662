"""Tasks that a warm worker may run in place of this process (see `supabase_tasks.preload`)."""

from __future__ import annotations

import atexit
from typing import Any

from invoke.exceptions import Exit

from supabase_tasks import preload
from supabase_tasks.settings import Settings


def check_is_cached(project: Settings) -> bool:
    """`check.check_is_cached`, which a worker's caller has asked already."""
    from supabase_tasks.flow.schema import check

    return not preload.is_worker() and check.check_is_cached(project)


# The options are the task's own parameters, whatever they are.
def run_by_worker(entry: str, **options: Any) -> bool:
    """Whether a worker ran the task `entry` (`module:function`); its output is written and its exit code passed on.

    False means that this process has to; a helper is then started when it ends, so that the next command finds one.
    Raises `Exit` when the task ended with another code than 0.
    """
    code = preload.delegate(entry, options)
    if code is None:
        atexit.register(preload.start)
        return False
    if code:
        raise Exit(code=code)
    return True
