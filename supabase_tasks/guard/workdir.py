"""The private folder that the Supabase CLI works in for one hosted command.

It holds the planned bytes and nothing else: config.toml with the files that it names, the migrations of the plan, a link of
its own, and no dotenv file. 2.122.1 and 3.1.0 look for dotenv files in `--workdir` and in its `supabase` folder, nowhere
above (seen by strace). What happens to the project's folder meanwhile changes nothing of what runs, and what the CLI
leaves behind changes nothing in the project.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import flock
from supabase_tasks.errors import TaskError
from supabase_tasks.guard import link
from supabase_tasks.guard.configuration import Configuration
from supabase_tasks.guard.link import Link
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import project_folder


@dataclass(frozen=True, slots=True)
class Workdir:
    """The folder (`path`, for `--workdir`) and the configuration that it was made with."""

    path: Path
    configuration: Configuration

    @property
    def link(self) -> Link | None:
        """What this folder is linked to."""
        return link.in_folder(self.path / "supabase")

    @property
    def migrations(self) -> Path:
        return self.path / "supabase" / "migrations"

    def hold(self, files: Sequence[MigrationFile], more: Mapping[str, bytes] | None = None) -> None:
        """Makes `files`, as they were read, all the migrations here, and adds `more` (path → content)."""
        shutil.rmtree(self.migrations, ignore_errors=True)
        for file in files:
            self._write(f"supabase/migrations/{file.path.name}", file.data)
        for name, data in (more or {}).items():
            self._write(name, data)

    def new_files(self, files: Sequence[MigrationFile]) -> dict[str, str]:
        """The migrations that are here and not in `files`: what the CLI wrote, by name."""
        known = {file.path.name for file in files}
        found = sorted(self.migrations.glob("*.sql")) if self.migrations.is_dir() else []
        return {path.name: path.read_text(encoding="utf-8") for path in found if path.name not in known}

    def _write(self, name: str, data: bytes) -> None:
        path = self.path / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise _unwritable(path, error) from error


@contextmanager
def create(settings: Settings, *, alone: bool) -> Iterator[Workdir]:
    """A folder for as long as the context lasts; with `alone` (this checkout's turn is ours) what killed processes left
    of theirs is removed first.

    Raises `SettingsError` when config.toml cannot be read, `TaskError` when the state folder cannot be written.
    """
    found = Configuration.read(settings)
    home = project_folder(settings) / "hosted"
    if alone:
        _remove_left_over(home)
    path, descriptor = _new(home)
    try:
        folder = Workdir(path, found)
        folder.hold((), {"supabase/config.toml": found.data, **found.files})
        yield folder
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(descriptor)


def _new(home: Path) -> tuple[Path, int]:
    path = home / os.urandom(8).hex()
    try:
        home.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(path, error) from error
    # The lock says that its process lives, also to a process in another container, where its number would say nothing.
    flock.lock_exclusive(descriptor)
    return path, descriptor


def _remove_left_over(home: Path) -> None:
    for path in sorted(home.glob("*")) if home.is_dir() else ():
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                if flock.try_lock_exclusive(descriptor):
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> TaskError:
    return TaskError(
        f"cannot write {path}", cause=error.strerror or str(error), next_step=f"make {path.parent} writable"
    )
