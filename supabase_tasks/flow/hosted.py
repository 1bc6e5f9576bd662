"""A hosted target, opened: its address, a connection to it, its history beside the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks import environment as environments
from supabase_tasks.cli import Database, SupabaseCli, at_url
from supabase_tasks.environment import Environment
from supabase_tasks.guard import causes, history, link, session, targets
from supabase_tasks.guard.history import History
from supabase_tasks.guard.targets import Address, Target
from supabase_tasks.ledger import files as ledger
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    import psycopg

OnLine = Callable[[str], None]
# What the CLI reads besides our arguments. SUPABASE_PROJECT_ID would overrule the linked project without a word.
_PASSED_ON = ("SUPABASE_ACCESS_TOKEN", "SUPABASE_PROFILE")
_KEPT_OUT = ("SUPABASE_PROJECT_ID", "SUPABASE_PROJECT_REF")


@dataclass(frozen=True, slots=True)
class Where:
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
class Hosted:
    """An open target. `connection` is our own, in autocommit; it is closed with the context that made this."""

    settings: Settings
    environment: Environment
    target: Target
    address: Address
    connection: psycopg.Connection[Any]

    @property
    def where(self) -> Where:
        known = link.read(self.settings)
        name = known.name if known and known.ref == self.target.ref else None
        return Where(self.target.name, self.target.ref, self.address.host, name, self.target.protected)

    @property
    def database(self) -> Database:
        """The target for the CLI, by URL; the password travels in the environment."""
        return by_url(self.target, self.address)

    def files(self) -> tuple[MigrationFile, ...]:
        return ledger.read(self.settings)

    def history(self) -> History:
        """The files against what the target has, read now."""
        return history.compare(self.files(), history.read(self.connection))

    def cli(self, on_line: OnLine) -> SupabaseCli:
        return cli(self.settings, self.environment, on_line)


def resolve(settings: Settings, name: str) -> tuple[Environment, Target]:
    """The target of that name and the variables it came from. Raises what `guard.targets.resolve` raises."""
    environment = environments.load(settings)
    return environment, targets.resolve(settings, environment, name)


@contextmanager
def opened(settings: Settings, environment: Environment, target: Target) -> Iterator[Hosted]:
    """The target with a connection. Raises `DatabaseError` with the cause when it cannot be reached, or when the
    connection is lost while it is used."""
    import psycopg

    connection, address = session.connect(settings, target)
    try:
        with closing(connection):
            yield Hosted(settings, environment, target, address, connection)
    except psycopg.Error as error:
        raise causes.unreachable(target, address, str(error)) from error


@contextmanager
def reading(settings: Settings, name: str) -> Iterator[Hosted]:
    """The target called `name`, for tasks that change nothing there: no link, no turn."""
    environment, target = resolve(settings, name)
    with opened(settings, environment, target) as hosted:
        yield hosted


def by_url(target: Target, address: Address) -> Database:
    """The CLI's description of the target at `address`."""
    suffix = "" if address.sslmode == "require" else f"?sslmode={address.sslmode}"
    return at_url(address.url + suffix, password=target.password)


def cli(settings: Settings, environment: Environment, on_line: OnLine) -> SupabaseCli:
    """The CLI with the access token and the profile that the environment or its files hold."""
    passed = {name: value for name in _PASSED_ON if (value := environment.untracked_secret(name))}
    return SupabaseCli.of(settings, on_line=on_line, environment={**passed, **dict.fromkeys(_KEPT_OUT)})


def rows_of(settings: Settings, name: str) -> Sequence[history.Row]:
    """The history of another target (the one before production), read on a connection of its own."""
    with reading(settings, name) as hosted:
        return history.read(hosted.connection)
