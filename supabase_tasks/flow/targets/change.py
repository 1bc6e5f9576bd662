"""One change of a hosted target: its lock, two lines in the journal, and the CLI that holds the checkout's lock too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from supabase_tasks.cli import SupabaseCli
from supabase_tasks.errors import CliError, TaskInterrupted
from supabase_tasks.flow.targets.hosted_target import OnLine
from supabase_tasks.flow.targets.session import TargetSession
from supabase_tasks.guard import journal, lock
from supabase_tasks.interrupts import HeldBack

INTERRUPTED = "interrupted"


def reject_interrupted(failure: CliError | None, state: str, next_step: str) -> None:
    """Raises `TaskInterrupted` with the state that was left when the failure is Ctrl-C."""
    if failure is not None and failure.code == INTERRUPTED:
        raise TaskInterrupted(state, next_step=next_step) from failure


@dataclass(frozen=True, slots=True)
class HostedChange:
    """A change called `name` (push, reset, …) of the target; `facts` are in every line about it in the journal."""

    target: TargetSession
    name: str
    facts: Mapping[str, object]

    def run(
        self, commands: Callable[[SupabaseCli], object], *, on_line: OnLine | None = None, **facts: object
    ) -> CliError | None:
        """Writes that the change begins, and has `commands` run the CLI; returns its failure, for the caller to look at
        what really ran. Programs started meanwhile hold the checkout's lock, however this process ends.

        Ctrl-C is a failure of the code `interrupted`, for the same reason; what the CLI left the server to do is ended first.
        Raises `TaskError` when the journal cannot be written; nothing has run then.
        """
        self._write("begun", facts)
        try:
            with self.target.checkout_lock.inherited_by_children():
                commands(self.target.cli(on_line))
        except CliError as error:
            return error
        except KeyboardInterrupt:
            with HeldBack() as held:
                held.begin()
                lock.end_cli_work(self.target.hosted.connection)
            return CliError(f"the {self.name} was interrupted", code=INTERRUPTED)
        return None

    def end(self, failure: CliError | None, **facts: object) -> None:
        """Writes how the change ended. Raises `TaskError` when the journal cannot be written."""
        self._write("failed" if failure else "done", facts)

    def _write(self, state: str, facts: Mapping[str, object]) -> None:
        journal.write(self.target.hosted.settings, f"{self.name} {state}", **self.facts, **facts)


@contextmanager
def locked_change(target: TargetSession, name: str, **facts: object) -> Iterator[HostedChange]:
    """The change `name`, while the target's own lock is held. Raises `GuardError` when another change is running."""
    hosted = target.hosted
    known = {"target": hosted.target.name, "ref": hosted.target.ref}
    with lock.hold(hosted.connection, hosted.target.name):
        yield HostedChange(target, name, {**known, **facts})
