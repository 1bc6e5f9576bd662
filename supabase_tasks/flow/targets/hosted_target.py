"""A hosted target, opened: its address, a connection to it, its history compared with the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import dotenv_files
from supabase_tasks import environment as environments
from supabase_tasks.cli import Database, SupabaseCli, at_url, find_cli, named_variables
from supabase_tasks.environment import Environment
from supabase_tasks.guard import diagnosis, history, identity, link, profile, session, targets
from supabase_tasks.guard.history import History
from supabase_tasks.guard.link import Link
from supabase_tasks.guard.targets import Address, Target
from supabase_tasks.guard.workdir import Workdir
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

OnLine = Callable[[str], None]
_TOKEN = "SUPABASE_ACCESS_TOKEN"


@dataclass(frozen=True, slots=True)
class TargetInfo:
    """The project a change is meant for, as people should see it. `project` is its name where the CLI knows it."""

    target: str
    ref: str
    host: str
    project: str | None
    protected: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "ref": self.ref,
            "host": self.host,
            "project": self.project,
            "protected": self.protected,
        }


@dataclass(frozen=True, slots=True)
class HostedTarget:
    """An open target. `connection` is our own, in autocommit; it is closed with the context that made this. `known` is
    the link that told its name and pooler."""

    settings: Settings
    environment: Environment
    target: Target
    address: Address
    connection: psycopg.Connection[Any]
    known: Link | None = None

    @property
    def info(self) -> TargetInfo:
        name = self.known.name if self.known and self.known.ref == self.target.ref else None
        name = name or link.known_name(self.settings, self.target.ref)
        return TargetInfo(self.target.name, self.target.ref, self.address.host, name, self.target.protected)

    @property
    def database(self) -> Database:
        """The target for the CLI, by URL; the password travels in the environment."""
        return by_url(self.target, self.address)

    def files(self) -> tuple[MigrationFile, ...]:
        return ledger.read(self.settings)

    def history(self) -> History:
        """The files against what the target has, read now."""
        return history.compare(self.files(), history.read(self.connection))

    def cli(self, workdir: Workdir, on_line: OnLine) -> SupabaseCli:
        return cli(self.settings, self.environment, workdir, on_line)


def resolve(settings: Settings, name: str) -> tuple[Environment, Target]:
    """The target of that name and the variables it came from. Raises what `guard.targets.resolve` raises."""
    environment = environments.load(settings)
    return environment, targets.resolve(settings, environment, name)


@contextmanager
def open_target(
    settings: Settings, environment: Environment, target: Target, known: Link | None
) -> Iterator[HostedTarget]:
    """The target with a connection. Raises `DatabaseError` with the cause when it cannot be reached, or when the
    connection is lost while it is used."""
    import psycopg

    connection, address = session.connect(target, known)
    try:
        with closing(connection):
            yield HostedTarget(settings, environment, target, address, connection, known)
    except psycopg.Error as error:
        raise diagnosis.unreachable(target, address, str(error)) from error


@contextmanager
def open_for_reading(settings: Settings, name: str) -> Iterator[HostedTarget]:
    """The target called `name`, for tasks that change nothing there: no link, no lock."""
    environment, target = resolve(settings, name)
    with open_target(settings, environment, target, link.read(settings)) as hosted:
        yield hosted


def by_url(target: Target, address: Address) -> Database:
    """The CLI's description of the target at `address`."""
    suffix = "" if address.sslmode == "require" else f"?sslmode={address.sslmode}"
    return at_url(address.url + suffix, password=target.password)


def cli(settings: Settings, environment: Environment, workdir: Workdir, on_line: OnLine) -> SupabaseCli:
    """The CLI in its private folder, with the access token, the profile and what config.toml asks for, and no other
    variable of ours."""

    def look_up(name: str) -> str | None:
        return environment.get(name) or dotenv_files.value_of(settings.supabase, name)

    token = environment.untracked_secret(_TOKEN)
    given = {
        **named_variables.of(workdir.configuration.text, look_up, hosted=True),
        profile.VARIABLE: profile.for_cli(environment),
        **({_TOKEN: token} if token else {}),
    }
    return SupabaseCli(find_cli(settings, on_line=on_line), workdir.path, on_line=on_line, environment=given)


def rows_of(settings: Settings, name: str) -> Sequence[history.Row]:
    """The history of another target (the one before production), read on a connection of its own.

    Raises `GuardError` when the database does not say that it is that target's: what it ran is what production gets.
    """
    with open_for_reading(settings, name) as hosted:
        identity.require_named(hosted.target, hosted.connection, hosted.known)
        return history.read(hosted.connection)
