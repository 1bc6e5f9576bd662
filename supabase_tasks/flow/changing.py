"""A target opened for a change: with this folder's turn, linked where the CLI needs it, connected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from supabase_tasks.cli import SupabaseCli
from supabase_tasks.errors import CliError, GuardError
from supabase_tasks.flow import hosted
from supabase_tasks.flow.hosted import Hosted, OnLine
from supabase_tasks.guard import causes, link, turn
from supabase_tasks.guard.targets import Target
from supabase_tasks.guard.turn import Turn
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Open:
    """A target that this process may change."""

    hosted: Hosted
    turn: Turn
    on_line: OnLine


@contextmanager
def linked(settings: Settings, name: str, *, on_line: OnLine) -> Iterator[Open]:
    """The target called `name`, linked by the CLI and connected. The folder's former link is put back afterwards.

    Raises what `hosted.resolve` raises, `CliError` when the link fails, `GuardError` when another change is running.
    """
    environment, target = hosted.resolve(settings, name)
    with turn.taken(settings) as mine, link.kept(settings):
        _link(settings, target, hosted.cli(settings, environment, on_line), mine)
        with hosted.opened(settings, environment, target) as found:
            yield Open(found, mine, on_line)


@contextmanager
def unlinked(settings: Settings, name: str, *, on_line: OnLine) -> Iterator[Open]:
    """The same without linking, for changes that go by URL: no access token is needed."""
    environment, target = hosted.resolve(settings, name)
    with turn.taken(settings) as mine, hosted.opened(settings, environment, target) as found:
        yield Open(found, mine, on_line)


def _link(settings: Settings, target: Target, cli: SupabaseCli, mine: Turn) -> None:
    try:
        with mine.passed_on():
            cli.link(target.ref, password=target.password)
    except CliError as error:
        # A given URL says where to go by itself; the link would only have told the project's name.
        if target.given is None or error.code != "access-token":
            raise causes.of_cli(target, error) from error
    known = link.read(settings)
    if target.given is None and (known is None or known.ref != target.ref):
        raise GuardError(
            f"the folder is linked to {known.ref if known else 'nothing'}, not to {target.name} ({target.ref})",
            cause=f"`supabase link` succeeded, but {settings.supabase / '.temp'} says otherwise",
            next_step="unset SUPABASE_PROJECT_ID, then run the same command again",
            code="link-mismatch",
        )
