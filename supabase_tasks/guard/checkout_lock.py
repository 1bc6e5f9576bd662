"""One hosted change at a time on this machine, also when a killed task leaves its Supabase CLI at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from supabase_tasks import locking, process
from supabase_tasks.errors import GuardError
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import private, project_folder, unwritable


@dataclass(frozen=True, slots=True)
class CheckoutLock:
    """The lock that this process holds, as the descriptor of the locked file."""

    descriptor: int

    def inherited_by_children(self) -> AbstractContextManager[None]:
        """Programs started meanwhile hold the lock too, until they end, however this process ends. For the Supabase
        CLI alone: a server started meanwhile would hold it for good."""
        return process.inherit_descriptor(self.descriptor)


@contextmanager
def acquire(settings: Settings) -> Iterator[CheckoutLock]:
    """This checkout's lock: one hosted change at a time, each with its own private folder (`guard.workdir`).

    Raises `GuardError` when somebody else has it, `DatabaseError` when the state folder cannot be written.
    """
    path = project_folder(settings) / "hosted.lock"
    try:
        private(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    with locking.attempt(path) as (descriptor, acquired):
        if not acquired:
            raise GuardError(
                "another hosted change is running in this folder",
                cause=f"{locking.holder(descriptor)}, a task or a Supabase CLI that outlived its task, holds {path}",
                next_step="wait for it to end, then run the same command again",
                code="busy",
            )
        yield CheckoutLock(descriptor)
