"""A hosted database as the environment describes it, checked before anything connects."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from supabase_tasks import database_url, wording
from supabase_tasks.environment import Environment
from supabase_tasks.errors import GuardError
from supabase_tasks.guard import profile as profiles
from supabase_tasks.guard.profile import Profile
from supabase_tasks.settings import Settings, TargetSettings

_REF = re.compile(r"^[a-z]{20}$")  # twenty lower-case letters (Management API)
TRANSACTION_POOLER_PORT = 6543
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# libpq's and the CLI's connection options by which a URL could lead elsewhere than to its host and database.
_STEERING = frozenset(("host", "hostaddr", "port", "user", "dbname", "service"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database listens. Never holds a password."""

    host: str
    port: int = 5432
    user: str = "postgres"
    database: str = "postgres"
    sslmode: str = "require"
    # The certificate authority's file, with which the server's certificate and host name are verified; empty: encrypted only.
    root_certificate: str = ""

    @property
    def encryption(self) -> dict[str, str]:
        """libpq's parameters of the encryption."""
        if not self.root_certificate:
            return {"sslmode": self.sslmode}
        return {"sslmode": "verify-full", "sslrootcert": self.root_certificate}

    @property
    def libpq_url(self) -> str:
        """The URL for PostgreSQL's own programs and libraries."""
        return f"{self.url}?{urlencode(self.encryption)}"

    @property
    def url(self) -> str:
        # What was taken out of one URL must not read as anything else in another one.
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{quote(self.user, safe='')}@{host}:{self.port}/{quote(self.database, safe='')}"


@dataclass(frozen=True, slots=True)
class Target:
    """One hosted database: its settings, project ref, password, and the address if `DATABASE_URL_…` gives one."""

    settings: TargetSettings
    ref: str
    profile: Profile
    given: Address | None = None
    password: str = field(default="", repr=False)
    root_certificate: str = ""

    def with_authority(self, address: Address) -> Address:
        """`address`, with the certificate authority that the settings name."""
        return replace(address, root_certificate=self.root_certificate)

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def protected(self) -> bool:
        return self.settings.protected

    @property
    def address(self) -> Address:
        """The given address, else the project's direct one."""
        return self.with_authority(self.given or Address(self.profile.direct_host(self.ref)))

    @property
    def refs(self) -> frozenset[str]:
        """Every ref by which this target is known."""
        named = ref_in(self.given, self.profile) if self.given else None
        return frozenset(ref for ref in (self.ref, named) if ref)

    @property
    def named(self) -> bool:
        """Whether the way there names the project: what its host or its login do not say only the database can."""
        return self.given is None or ref_in(self.given, self.profile) == self.ref

    @property
    def place(self) -> tuple[str, str, str]:
        """Host, login and database: with all three equal two targets are one, whatever port leads there."""
        address = self.address
        return address.host, address.user, address.database


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
    ref = (environment.get(chosen.ref_variable) or "").strip() or (ref_in(given, profile) if given else None)
    password = environment.untracked_secret(chosen.password_variable) or url_password
    missing = [
        variable for variable, value in ((chosen.ref_variable, ref), (chosen.password_variable, password)) if not value
    ]
    environment.require(missing, f"the target {name}")
    authority = str(settings.sslrootcert) if settings.sslrootcert else ""
    target = Target(chosen, ref or "", profile, given, password or "", authority)
    _check_ref(target)
    for other in others(settings, environment, name):
        _check_apart(target, other)
    return target


def others(settings: Settings, environment: Environment, name: str) -> tuple[Target, ...]:
    """Every other target that has a ref or a URL, as far as its variables describe it; its password may be missing.

    Raises `GuardError` for a URL that is none: what cannot be read cannot be told apart.
    """
    profile = profiles.load(environment)
    found = []
    for other in settings.targets:
        url, ref = environment.get(other.url_variable), (environment.get(other.ref_variable) or "").strip()
        if other.name == name or not (url or ref):
            continue
        given, inside = _parse(other, url) if url else (None, None)
        password = environment.get(other.password_variable) or inside or ""
        found.append(Target(other, ref or (ref_in(given, profile) if given else None) or "", profile, given, password))
    return tuple(found)


def parse_url(target: TargetSettings, url: str) -> tuple[Address, str | None]:
    """`DATABASE_URL_…` as an address and the password it carries. Raises `GuardError` when it is not such a URL."""
    address, password = _parse(target, url)
    if address.port == TRANSACTION_POOLER_PORT:
        raise _bad_url(target, "port 6543 is the transaction pooler, which cannot hold a session or a lock")
    return address, password


def _parse(target: TargetSettings, url: str) -> tuple[Address, str | None]:
    if (fault := database_url.fault(url)) is not None:
        raise _mistyped_url(target, fault)
    parts = urlsplit(url)
    port = parts.port or 5432
    host = _plain_host(unquote(parts.hostname or ""))
    if "/" in host or "," in host:
        raise _bad_url(target, "its host must be one name or address, not a socket's folder or a list")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    sslmode = options.get("sslmode", "require")
    if sslmode not in _SSL_MODES:
        raise _bad_url(target, f"sslmode is none of {', '.join(_SSL_MODES)}")
    if steering := sorted(options.keys() & _STEERING):
        raise _bad_url(target, f"{', '.join(steering)} in its query would decide where it leads")
    address = Address(
        host=host,
        port=port,
        user=unquote(parts.username or "postgres"),
        database=unquote(parts.path.lstrip("/")) or "postgres",
        sslmode=sslmode,
    )
    return address, unquote(parts.password) if parts.password else None


def _plain_host(host: str) -> str:
    # DNS knows no case, and a dot at the end only says that the name is complete (RFC 1034, 3.1).
    return host.lower().rstrip(".")


def ref_in(address: Address, profile: Profile) -> str | None:
    """The project ref that an address names: `db.<ref>.<project host>`, or the pooler's user `postgres.<ref>`."""
    host = _plain_host(address.host)
    head, _, rest = host.removeprefix("db.").partition(".")
    if host.startswith("db.") and rest == _plain_host(profile.project_host):
        return head
    user, _, ref = address.user.partition(".")
    return ref.lower() if user and _REF.match(ref.lower()) else None


def _bad_url(target: TargetSettings, cause: str) -> GuardError:
    return GuardError(
        f"{target.url_variable} cannot be used",
        cause=cause,
        next_step=f"set {target.url_variable} to the session pooler's URL (dashboard: Connect → Session pooler)",
        code="database-url",
    )


def _mistyped_url(target: TargetSettings, fault: str) -> GuardError:
    return GuardError(
        f"{target.url_variable} cannot be used",
        cause=fault,
        next_step=f"correct {target.url_variable}, then run the same command again",
        code="database-url",
    )


def _check_ref(target: Target) -> None:
    if not _REF.match(target.ref):
        raise GuardError(
            f"{target.settings.ref_variable} is not a project ref",
            # Not what it holds: it may be a password that was pasted into the wrong variable.
            cause="a ref is twenty lower-case letters, as in https://supabase.com/dashboard/project/<ref>; "
            f"this has {wording.count(len(target.ref), 'character')}",
            next_step=f"set {target.settings.ref_variable} to the project's ref",
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


def _check_apart(target: Target, other: Target) -> None:
    shared = target.refs & other.refs
    if not shared and (target.given is None or target.place != other.place):
        return
    one, two = _naming(target, shared), _naming(other, shared)
    raise GuardError(
        f"{one} and {two} name the same project",
        cause=f"both are {next(iter(shared), target.address.host)}: a change meant for {target.name} would hit {other.name}",
        next_step=f"correct {one} or {two}",
        code="same-project",
    )


def _naming(target: Target, shared: Set[str]) -> str:
    """The variable by which a target has one of the `shared` refs."""
    by_url = target.given is not None and (not shared or ref_in(target.given, target.profile) in shared)
    return target.settings.url_variable if by_url else target.settings.ref_variable
