"""Environment variables for a task: the process environment first, then the env files, with `${VAR}` interpolation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks import command_line, did_you_mean, dotenv_files, redaction
from supabase_tasks.errors import EnvironmentMissingError, SettingsError
from supabase_tasks.settings import Settings

# Every variable that libpq reads is called so ("Environment Variables" in its documentation); PG_… is an app's own.
_LIBPQ = re.compile(r"PG[A-Z]")
# Not GIT_DIR: a repository that the shell names is not the one that the file lies in.
_FOR_GIT = ("GIT_CONFIG_*", "SUDO_UID")
_SECRET_MARKS = ("PASS", "PRIVATE", "JWT", "SECRET", "TOKEN", "KEY", "URL", "DSN", "CREDENTIAL")
# SUPABASE_DB_PASSWORD_PROD is no misspelt SUPABASE_DB_PASSWORD_STAGING.
_ALMOST = 0.93
_PORT = re.compile(r"\d*([/?#]|$)")
_REF = re.compile(r"[a-z]{20}")  # twenty lower-case letters (Management API)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value and where it came from: None for the process environment, else the env file."""

    name: str
    value: str = field(repr=False)
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """What `load` found: variables by name, the env files that were looked for, and the names that the targets have."""

    variables: Mapping[str, Variable] = field(repr=False)
    looked_in: tuple[Path, ...] = ()
    of_targets: frozenset[str] = frozenset()

    def get(self, name: str) -> str | None:
        """The value, or None when it is unset or empty."""
        variable = self.variables.get(name)
        return variable.value if variable and variable.value else None

    def require(self, names: Sequence[str], purpose: str) -> tuple[str, ...]:
        """The values of all names, in order. Raises `EnvironmentMissingError` naming every missing one at once."""
        missing = [name for name in names if not self.get(name)]
        if missing:
            raise EnvironmentMissingError(
                f"{purpose} needs {' and '.join(missing)}",
                cause="\n".join(
                    (f"looked in the process environment and {self._places()}", *self._almost_called(missing))
                ),
                next_step=f"set {' and '.join(missing)} in {self._file()} or in the environment",
                data={"missing": missing, "looked_in": [str(path) for path in self.looked_in]},
            )
        return tuple(self.get(name) or "" for name in names)

    def _almost_called(self, missing: Sequence[str]) -> Iterator[str]:
        """What is said of variables that are set and almost called like a missing one."""
        given = [name for name, one in self.variables.items() if one.value and name not in {*missing, *self.of_targets}]
        for name in missing:
            near = did_you_mean.nearest(name, given, alike=_ALMOST)
            if near is not None:
                place = self.variables[near].file
                yield f"{near} is set ({place or 'in the process environment'}): is {name} meant?"

    def untracked_secret(self, name: str) -> str | None:
        """Like `get`, for a secret of a hosted target: refuses one from a file that git tracks."""
        variable = self.variables.get(name)
        if variable is None or not variable.value:
            return None
        if variable.file is not None and tracked_by_git(variable.file):
            raise SettingsError(
                f"{name} is set in {variable.file}, which git tracks",
                cause="a secret of a hosted database must never be in the repository's history; if it was committed, change"
                " it",
                next_step=command_line.join("git", "rm", "--cached", str(variable.file)),
                code="secret-tracked",
            )
        return variable.value

    def _file(self) -> str:
        return self.looked_in[-1].name if self.looked_in else "an env file"

    def _places(self) -> str:
        shown = [f"{path}{'' if path.is_file() else ' (no such file)'}" for path in self.looked_in]
        return ", ".join(shown) or "no env file"


def load(settings: Settings) -> Environment:
    """The variables a task sees: the process environment wins over the env files, a later file over an earlier one.

    Registers everything that looks like a secret for redaction. Raises `SettingsError` for an unreadable file.
    """
    found: dict[str, Variable] = {}
    files = tuple(settings.root / name for name in settings.env_files)
    for path in files:
        if path.is_file():
            values = dotenv_files.read(path)
            found.update({key: Variable(key, value, path) for key, value in values.items() if value is not None})
    found.update({key: Variable(key, value) for key, value in os.environ.items()})
    for variable in found.values():
        if any(mark in variable.name.upper() for mark in _SECRET_MARKS):
            register_secret(variable.value)
    for target in settings.targets:
        misplaced = found.get(target.ref_variable)
        if misplaced is not None and not _REF.fullmatch(misplaced.value.strip()):
            # No ref: as likely as not a password that was pasted into the wrong variable.
            register_secret(misplaced.value)
    names = frozenset(name for target in settings.targets for name in target.variables)
    return Environment(found, files, names)


def drop_libpq_variables() -> None:
    """Takes `PGHOSTADDR`, `PGOPTIONS`, `PGSERVICE` and the like out of this process.

    libpq lets them decide where and how a connection goes even where all that we tell it is another address. A task
    names the database that it means; what the shell holds for `psql` must not change it.
    """
    for name in [name for name in os.environ if _LIBPQ.match(name)]:
        del os.environ[name]


def register_secret(value: str) -> None:
    """Mask `value` from now on; of a URL the password, and every piece that a misread URL would show of it."""
    # A whole URL is no secret, the password inside it is: masking the URL would hide which host was meant.
    if "://" in value:
        from urllib.parse import unquote, urlsplit

        try:
            password = urlsplit(value).password
        except ValueError:
            password = None
        if password:
            redaction.register(password)
            redaction.register(unquote(password))
        # Programs differ in where a password with `/`, `?`, `#`, `@` or `:` in it ends, and show the pieces.
        for whole in _may_be_password(value.partition("://")[2]):
            for piece in (whole, *re.split("[/?#@:]", whole)):
                redaction.register(piece)
    else:
        redaction.register(value)


def _may_be_password(rest: str) -> Iterator[str]:
    """What stands where a URL, without its scheme, has the password; also where the host was forgotten: `user:password`."""
    before, at, _ = rest.rpartition("@")
    if at:
        yield before.partition(":")[2]
    elif not _PORT.match(rest.partition(":")[2]):
        yield rest.partition(":")[2]


def tracked_by_git(path: Path) -> bool:
    """Whether git tracks `path`, or what it is a link to. False outside a repository or without git."""
    return any(_is_tracked(one) for one in {path, path.resolve()})


def _is_tracked(path: Path) -> bool:
    from supabase_tasks.process import find, run

    git = find("git")
    if git is None:
        return False
    command = [git, "-C", str(path.parent), "ls-files", "--error-unmatch", "--", path.name]
    done = run(command, keeps=_FOR_GIT, check=False)
    return done.code == 0
