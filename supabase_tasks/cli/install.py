"""The one-time installation of the pinned Supabase CLI, with npm, into the cache folder."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from supabase_tasks import child_environment, process, state_dir
from supabase_tasks.errors import CliError
from supabase_tasks.files import digest

_TIMEOUT_SECONDS = 600
# npm 10 and 11: the code, the system's words and a request that failed.
_TELLING = re.compile(r"^(code|errno|syscall) \w+|\bE[A-Z]{3,}\b|\brequest to \S+ failed|\b[45]\d\d\b")
_NPM = re.compile(r"^npm (?:error|ERR!) ?(?:FetchError: )?")


def ensure(version: str, *, on_line: Callable[[str], None] = lambda line: None) -> Path:
    """The `node_modules/.bin/supabase` of `version` in the cache folder, installed when it is not there yet.

    Raises `CliError` when npm is missing or fails; nothing half-installed is left behind.
    """
    shim = shim_of(version)
    if not shim.is_file():
        _install(version, shim.parents[2], on_line)
    return shim


def shim_of(version: str) -> Path:
    """Where the installation of `version`, which may be a range of npm's, is or would be."""
    folder = version if re.fullmatch(r"[\w.+-]+", version) else f"range-{digest(version)[:12]}"
    return state_dir.state_root() / "cli" / folder / "node_modules" / ".bin" / "supabase"


def _install(version: str, folder: Path, on_line: Callable[[str], None]) -> None:
    npm = process.find("npm")
    if npm is None:
        raise _no_npm(version)
    on_line(f"installing the Supabase CLI {version} with npm into {folder} (once) …")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{version}.", dir=folder.parent))
    except OSError as error:
        raise CliError(f"cannot write {folder.parent}", cause=error.strerror, code="cli-install") from error
    try:
        _npm_install(npm, version, staging, on_line)
        _publish(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _npm_install(npm: str, version: str, staging: Path, on_line: Callable[[str], None]) -> None:
    # npm would retry a dead network for minutes without a word.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    options = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error", *patience]
    command = [npm, "install", "--prefix", str(staging), *options, f"supabase@{version}"]
    done = process.run(
        command,
        keeps=(*child_environment.NPM, *child_environment.NETWORK),
        cwd=staging,
        check=False,
        timeout=_TIMEOUT_SECONDS,
    )
    if done.code != 0:
        raise CliError(
            f"npm could not install the Supabase CLI {version}",
            cause=_cause(done.output),
            next_step="check the network and npm's registry (npm config get registry)",
            others=["npm ping"],
            code="cli-install",
        )
    if not (staging / "node_modules" / ".bin" / "supabase").is_file():
        raise CliError(f"npm installed supabase@{version}, but the package has no executable", code="cli-install")


def _cause(output: str) -> str:
    """What npm says of the cause, the request that failed first, or its last lines: the paths of its logs and its advice
    come after it."""
    lines = [_NPM.sub("", line) for line in output.splitlines()]
    told = [line for line in lines if _TELLING.search(line)]
    first = [line for line in told if "request to" in line]
    return "\n".join((first or told)[:8] or lines[-8:])


def _publish(staging: Path, folder: Path) -> None:
    try:
        staging.rename(folder)
    except OSError as error:
        # Another process was quicker: its installation is as good as ours.
        if not (folder / "node_modules" / ".bin" / "supabase").is_file():
            raise CliError(f"cannot write {folder}", cause=error.strerror, code="cli-install") from error


def _no_npm(version: str) -> CliError:
    return CliError(
        "the Supabase CLI is not installed, and there is no npm to install it with",
        cause="looked at cli_path in [tool.supabase-tasks], on PATH and in node_modules/.bin of this and every parent"
        " folder",
        next_step=f"install Node.js, which has npm (https://nodejs.org); it then installs supabase@{version} by itself",
        others=["brew install supabase/tap/supabase"] if process.find("brew") else [],
        code="cli-missing",
    )
