"""A target opened for a change: with this checkout's lock, a private folder for the CLI, and a database that said who it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from supabase_tasks.cli import SupabaseCli
from supabase_tasks.environment import Environment
from supabase_tasks.errors import CliError, GuardError
from supabase_tasks.flow.targets import hosted_target
from supabase_tasks.flow.targets.hosted_target import HostedTarget, OnLine
from supabase_tasks.guard import checkout_lock, diagnosis, identity, link, workdir
from supabase_tasks.guard.checkout_lock import CheckoutLock
from supabase_tasks.guard.link import Link
from supabase_tasks.guard.targets import Target
from supabase_tasks.guard.workdir import Workdir
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class TargetSession:
    """A target that this process may change. The CLI works in `workdir`, which holds no migration yet."""

    hosted: HostedTarget
    checkout_lock: CheckoutLock
    workdir: Workdir
    on_line: OnLine

    def cli(self, on_line: OnLine | None = None) -> SupabaseCli:
        return self.hosted.cli(self.workdir, on_line or self.on_line)

    def require_migrations(self) -> None:
        """Raises `GuardError` when config.toml keeps the CLI from applying migrations to this target: it would say that all
        is done."""
        if not self.workdir.configuration.migrates(self.hosted.target.ref):
            raise GuardError(
                f"supabase/config.toml switches migrations off for {self.hosted.target.name}",
                cause="[db.migrations] enabled = false: the CLI would skip every file and report success",
                next_step="set enabled = true in supabase/config.toml",
                code="migrations-disabled",
            )


@contextmanager
def open_linked(settings: Settings, name: str, *, on_line: OnLine) -> Iterator[TargetSession]:
    """The target called `name`, connected, and linked in the CLI's private folder: the project's own link stays as it is.

    Raises what `hosted_target.resolve` raises, `CliError` when the link fails, `GuardError` when another change is running or
    the database is not this target's alone.
    """
    environment, target = hosted_target.resolve(settings, name)
    with checkout_lock.acquire(settings) as lock, workdir.create(settings, alone=True) as folder:
        _link(settings, target, hosted_target.cli(settings, environment, folder, on_line), folder, lock)
        with _open_checked(settings, environment, target, folder.link) as found:
            yield TargetSession(found, lock, folder, on_line)


@contextmanager
def open_by_url(settings: Settings, name: str, *, on_line: OnLine) -> Iterator[TargetSession]:
    """The same without linking, for changes that go by URL: no access token is needed."""
    environment, target = hosted_target.resolve(settings, name)
    known = link.read(settings)
    with (
        checkout_lock.acquire(settings) as lock,
        workdir.create(settings, alone=True) as folder,
        _open_checked(settings, environment, target, known) as found,
    ):
        yield TargetSession(found, lock, folder, on_line)


@contextmanager
def _open_checked(
    settings: Settings, environment: Environment, target: Target, known: Link | None
) -> Iterator[HostedTarget]:
    with hosted_target.open_target(settings, environment, target, known) as found:
        identity.require_named(target, found.connection, known)
        identity.require_alone(settings, environment, target, found.connection)
        yield found


def _link(settings: Settings, target: Target, cli: SupabaseCli, folder: Workdir, lock: CheckoutLock) -> None:
    try:
        with lock.inherited_by_children():
            cli.link(target.ref, password=target.password)
    except CliError as error:
        # A given URL says where to go by itself; the link would only have told the project's name.
        if target.given is None or error.code != "access-token":
            raise diagnosis.explain_cli_error(target, error) from error
    known = folder.link
    link.remember(settings, known)
    if target.given is None and (known is None or known.ref != target.ref):
        raise GuardError(
            f"the CLI linked {known.ref if known else 'nothing'}, not {target.name} ({target.ref})",
            cause=f"`supabase link --project-ref {target.ref}` succeeded, but what it wrote says otherwise",
            next_step="inv doctor",
            code="link-mismatch",
        )
