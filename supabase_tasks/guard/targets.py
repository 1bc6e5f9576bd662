"""A hosted database as the environment describes it, checked before anything connects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from supabase_tasks.environment import Environment
from supabase_tasks.errors import GuardError
from supabase_tasks.guard import profile as profiles
from supabase_tasks.guard.profile import Profile
from supabase_tasks.settings import Settings, TargetSettings

_REF = re.compile(r"^[a-z]{20}$")  # twenty lower-case letters (Management API)
TRANSACTION_POOLER_PORT = 6543


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database listens. Never holds a password."""

    host: str
    port: int = 5432
    user: str = "postgres"
    database: str = "postgres"
    sslmode: str = "require"

    @property
    def url(self) -> str:
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}"


@dataclass(frozen=True, slots=True)
class Target:
    """One hosted database: its settings, project ref, password, and the address if `DATABASE_URL_…` gives one."""

    settings: TargetSettings
    ref: str
    profile: Profile
    given: Address | None = None
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def protected(self) -> bool:
        return self.settings.protected

    @property
    def address(self) -> Address:
        """The given address, else the project's direct one."""
        return self.given or Address(self.profile.direct_host(self.ref))


def resolve(settings: Settings, environment: Environment, name: str) -> Target:
    """The target called `name` from `SUPABASE_PROJECT_REF_…`, `SUPABASE_DB_PASSWORD_…` and, optionally,
    `DATABASE_URL_…`, from which a missing one of the other two is taken.

    Raises `EnvironmentMissingError` naming every missing variable, `SettingsError` for a secret in a tracked file or
    an unknown target, `GuardError` when ref and URL contradict each other or two targets share a project.
    """
    chosen = settings.target(name)
    profile = profiles.load(environment)
    url = environment.untracked_secret(chosen.url_variable)
    given, url_password = parse_url(chosen, url) if url else (None, None)
    ref = environment.get(chosen.ref_variable) or (ref_in(given, profile) if given else None)
    password = environment.untracked_secret(chosen.password_variable) or url_password
    missing = [
        variable for variable, value in ((chosen.ref_variable, ref), (chosen.password_variable, password)) if not value
    ]
    environment.require(missing, f"the target {name}")
    target = Target(chosen, ref or "", profile, given, password or "")
    _check_ref(target)
    _check_alone(settings, environment, target)
    return target


def parse_url(target: TargetSettings, url: str) -> tuple[Address, str | None]:
    """`DATABASE_URL_…` as an address and the password it carries. Raises `GuardError` when it is not such a URL."""
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError as error:
        raise _bad_url(target, "it is not a URL (percent-encode special characters in the password)") from error
    if parts.scheme not in ("postgres", "postgresql") or not parts.hostname:
        raise _bad_url(target, "it must look like postgresql://user:password@host:5432/postgres")
    if port == TRANSACTION_POOLER_PORT:
        raise _bad_url(target, "port 6543 is the transaction pooler, which cannot hold a session or a lock")
    address = Address(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or "postgres"),
        database=unquote(parts.path.lstrip("/")) or "postgres",
        sslmode=dict(parse_qsl(parts.query)).get("sslmode", "require"),
    )
    return address, unquote(parts.password) if parts.password else None


def ref_in(address: Address, profile: Profile) -> str | None:
    """The project ref that an address names: `db.<ref>.<project host>`, or the pooler's user `postgres.<ref>`."""
    head, _, rest = address.host.removeprefix("db.").partition(".")
    if address.host.startswith("db.") and rest == profile.project_host:
        return head
    user, _, ref = address.user.partition(".")
    return ref if user and _REF.match(ref) else None


def _bad_url(target: TargetSettings, cause: str) -> GuardError:
    return GuardError(
        f"{target.url_variable} cannot be used",
        cause=cause,
        next_step=f"set {target.url_variable} to the session pooler's URL (dashboard: Connect → Session pooler)",
        code="database-url",
    )


def _check_ref(target: Target) -> None:
    if not _REF.match(target.ref):
        raise GuardError(
            f"{target.settings.ref_variable} is not a project ref",
            # Not what it holds: it may be a password that was pasted into the wrong variable.
            cause="a ref is twenty lower-case letters, as in https://supabase.com/dashboard/project/<ref>; "
            f"this has {len(target.ref)} characters",
            next_step=f"export {target.settings.ref_variable}=<ref>",
            code="bad-ref",
        )
    named = ref_in(target.given, target.profile) if target.given else None
    if named and named != target.ref:
        raise GuardError(
            f"{target.settings.url_variable} and {target.settings.ref_variable} name different projects",
            cause=f"the URL belongs to {named}, the ref is {target.ref}",
            next_step=f"correct one of them, or unset {target.settings.url_variable}",
            code="ref-mismatch",
        )


def _check_alone(settings: Settings, environment: Environment, target: Target) -> None:
    for other in settings.targets:
        if other.name != target.name and environment.get(other.ref_variable) == target.ref:
            raise GuardError(
                f"{target.settings.ref_variable} and {other.ref_variable} name the same project",
                cause=f"both are {target.ref}: a change meant for {target.name} would hit {other.name}",
                next_step=f"correct {target.settings.ref_variable} or {other.ref_variable}",
                code="same-project",
            )
