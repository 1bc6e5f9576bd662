"""The Invoke tasks, one module per family. Nothing heavy is imported until a task runs."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Not at run time: the hooks use parts of this package without Invoke, which alone takes a tenth of a second.
if TYPE_CHECKING:
    from invoke.collection import Collection
    from invoke.tasks import Task

    from supabase_tasks.settings import TargetSettings

# Each module offers `tasks(settings) -> list[Task]`; the order is that of `inv --list` before Invoke sorts it.
FAMILIES: tuple[str, ...] = (
    "schema",
    "adopt",
    "diagram",
    "local",
    "database",
    "migrations",
    "nx",
    "hosted",
    "drift",
    "status",
)


def build(*own: Task[Any]) -> Collection:
    """Every task of every family, and the project's own, in one flat collection under the documented names.

    A broken pyproject.toml must not hide the task list: the error is shown by the first task that runs.
    """
    from supabase_tasks import interpreter
    from supabase_tasks import settings as settings_module
    from supabase_tasks.errors import SettingsError
    from supabase_tasks.tasks import invoke_program

    try:
        targets = settings_module.load().targets
    except SettingsError:
        targets = settings_module.DEFAULT_TARGETS
    invoke_program.adopt()
    collection = collection_of(targets)
    for item in own:
        collection.add_task(item)
    # What is imported by now stays to the end, and so does what a task imports and makes. The interpreter would look through
    # all of it for garbage once more when it ends: 30 ms of the 0.2 s that `inv --list` takes, 100 ms of a migration's 1.5 s.
    interpreter.freeze_imports()
    atexit.register(interpreter.freeze_imports)
    return collection


def collection_of(targets: Sequence[TargetSettings]) -> Collection:
    """Every task of every family for the hosted `targets`, in one flat collection."""
    from invoke.collection import Collection

    collection = Collection()
    for family in FAMILIES:
        for item in import_module(f"supabase_tasks.tasks.{family}").tasks(targets):
            collection.add_task(item)
    return collection
