"""One hosted change at a time on this machine, also when a killed task leaves its Supabase CLI at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from supabase_tasks import process
from supabase_tasks.cache import project_folder
from supabase_tasks.errors import GuardError, TaskError
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn that this process has, as the descriptor of the locked file."""

    descriptor: int

    def passed_on(self) -> AbstractContextManager[None]:
        """Programs started meanwhile hold the turn too, until they end, however this process ends. For the Supabase
        CLI alone: a server started meanwhile would hold it for good."""
        return process.inherited(self.descriptor)


@contextmanager
def taken(settings: Settings) -> Iterator[Turn]:
    """This checkout's turn: linking, pushing and unlinking use one folder, `supabase/.temp`.

    Raises `GuardError` when somebody else has it.
    """
    import fcntl

    path = project_folder(settings) / "hosted.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise TaskError(
            f"cannot write {path}", cause=error.strerror or str(error), next_step=f"make {path.parent} writable"
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GuardError(
                "another hosted change is running in this folder",
                cause=f"its task, or a Supabase CLI that outlived it, holds {path}",
                next_step="wait for it to end, then run the same command again",
                code="busy",
            ) from error
        yield Turn(file.fileno())
