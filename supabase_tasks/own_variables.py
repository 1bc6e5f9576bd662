"""The environment variables of this tool: one that is misspelt would be ignored in silence."""

from __future__ import annotations

import os

from supabase_tasks import console, did_you_mean
from supabase_tasks.errors import SettingsError

_PREFIX = "SUPABASE_TASKS_"
# A test holds the list against the sources; the start is what `inv` hands on to itself.
KNOWN = tuple(_PREFIX + name for name in ("ALLOW_HOSTED_DDL", "CACHE", "LOCAL", "MEMO", "PRELOAD", "START"))
_OF_PEOPLE = tuple(name for name in KNOWN if not name.endswith("_START"))


def refuse_misspelt() -> None:
    """Raises `SettingsError` for a variable that is almost one of ours, and warns of another with our prefix."""
    for name in sorted(os.environ):
        if not name.upper().startswith(_PREFIX) or name in KNOWN:
            continue
        meant = did_you_mean.nearest(name[len(_PREFIX) :], [one[len(_PREFIX) :] for one in _OF_PEOPLE])
        if meant:
            raise SettingsError(
                f"there is no variable {name}",
                cause=f"did you mean {_PREFIX}{meant}?",
                next_step=f"unset {name}",
                data={"variable": name},
            )
        console.note(f"warning: {name} has no effect; the variables of supabase-tasks are {', '.join(_OF_PEOPLE)}")
