"""Where the Supabase CLI is: an override, the setting, PATH, node_modules, or our own one-time installation."""

from __future__ import annotations

import os
import platform
import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from supabase_tasks import process
from supabase_tasks.cli import capabilities
from supabase_tasks.cli import version as versions
from supabase_tasks.cli.asked_for import requested_version
from supabase_tasks.cli.version import Version
from supabase_tasks.errors import CliError
from supabase_tasks.settings import DEFAULT_CLI, Settings

# The Node shim of the npm package honours it (supabase/dist/supabase.js, 2.122.1 and 3.1.0); so do we.
OVERRIDE_VARIABLE = "SUPABASE_CLI_BINARY_OVERRIDE"


@dataclass(frozen=True, slots=True)
class Binary:
    """A Supabase CLI that can be run: absolute path, version, and where it was found."""

    path: Path
    version: Version
    source: str

    @property
    def dialect(self) -> int:
        """2 or 3: which spelling of the target flags it understands. One later than those measured says so itself."""
        remedy = _remedy(self.source)
        return capabilities.dialect(self.path, self.version, remedy)


def find_cli(settings: Settings, *, on_line: Callable[[str], None] = lambda line: None) -> Binary:
    """The CLI to use: `SUPABASE_CLI_BINARY_OVERRIDE`, the `cli_path` setting, PATH, `node_modules/.bin` upwards from
    the project, else the pinned version installed once with npm into the cache folder.

    `on_line` hears about an installation, which takes seconds. Raises `CliError` when none can be had, when the one
    found does not work, or when it is too old.
    """
    from supabase_tasks.cli import install

    for source, path in _candidates(settings):
        return _binary(path, source)
    return _binary(
        native(install.ensure(wanted_version(settings), on_line=on_line)), "installed once by supabase-tasks"
    )


def wanted_version(settings: Settings) -> str:
    """The version, or npm's range of versions, that is installed when there is no CLI: the setting `cli` where it is not the
    default one, else what the project's package.json or lock file asks for."""
    return settings.cli if settings.cli != DEFAULT_CLI else requested_version(settings.root) or settings.cli


def present(settings: Settings) -> Binary | None:
    """Like `find`, but never installs: None where `find` would have to."""
    from supabase_tasks.cli import install

    for source, path in _candidates(settings):
        return _binary(path, source)
    shim = install.shim_of(wanted_version(settings))
    return _binary(native(shim), "installed once by supabase-tasks") if shim.is_file() else None


def major(settings: Settings) -> Literal["2", "3"]:
    """The major of the CLI that `find` would use, by which migrations are cut into statements: of the one that is there, else
    of the one that would be installed. A later one is taken for 3. Never installs, never fails."""
    try:
        found = present(settings)
    except (CliError, OSError):
        found = None
    if found is not None:
        return "2" if found.version[0] < 3 else "3"
    asked = re.search(r"\d+", wanted_version(settings))
    return "2" if asked and int(asked[0]) < 3 else "3"


def _binary(path: Path, source: str) -> Binary:
    # It is run in other folders than this one.
    path = path.absolute()
    remedy = _remedy(source)
    version = versions.of(path, remedy)
    versions.require_supported(path, version, remedy)
    return Binary(path, version, source)


def _remedy(source: str) -> str:
    # Where a setting names the program, another installation would not be used.
    return f"correct or remove {source}" if source in (OVERRIDE_VARIABLE, "cli_path") else versions.INSTALL


def _candidates(settings: Settings) -> Iterator[tuple[str, Path]]:
    if override := os.environ.get(OVERRIDE_VARIABLE):
        yield OVERRIDE_VARIABLE, _existing(Path(override), OVERRIDE_VARIABLE)
    if settings.cli_path:
        named = settings.root / Path(settings.cli_path).expanduser()
        yield "cli_path", native(_existing(named, "cli_path", partial(settings.place, "cli_path")))
    if on_path := process.find("supabase"):
        yield "PATH", native(Path(on_path))
    for folder in (settings.root, *settings.root.parents):
        local = folder / "node_modules" / ".bin" / "supabase"
        if local.is_file() and _ours(local, settings.root):
            yield "node_modules", native(local)


def _ours(program: Path, root: Path) -> bool:
    """Whether no other user put it there: above a project in a shared folder, as `/tmp`, everybody may make `node_modules`."""
    owners = {0, os.geteuid(), root.stat().st_uid} if hasattr(os, "geteuid") else None
    for path in (program, program.parent, program.parent.parent):
        state = path.lstat()
        writable = stat.S_ISDIR(state.st_mode) and state.st_mode & stat.S_IWOTH
        if owners is not None and (state.st_uid not in owners or writable):
            return False
    return True


def _existing(path: Path, setting: str, place: Callable[[], str] = str) -> Path:
    if path.is_file() and os.access(path, os.X_OK):
        return path
    raise CliError(
        f"{place()}{setting} names {path}, which is not an executable file",
        next_step=f"correct or remove {setting}, then run the same command again",
        code="cli-missing",
    )


def native(path: Path) -> Path:
    """The native binary behind npm's Node shim, or `path` itself: without Node in between a call is quicker."""
    real = path.resolve()
    if real.name != "supabase.js":
        return real if real.suffix == "" else path
    scope = real.parent.parent.parent / "@supabase"
    for suffix in _platform_suffixes():
        candidate = scope / f"cli-{suffix}" / "bin" / "supabase"
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate
    return path


def _platform_suffixes() -> tuple[str, ...]:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    system = "darwin" if sys.platform == "darwin" else "linux"
    base = f"{system}-{machine}"
    return (base,) if system == "darwin" else (base, f"{base}-musl")
