"""One run's view of the memo: does it still hold, and if not, may what was just found out be remembered?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from supabase_tasks.files import digest
from supabase_tasks.memo import record, stamps
from supabase_tasks.memo.context import context
from supabase_tasks.memo.record import Record
from supabase_tasks.memo.stamps import ABSENT, FILE, LISTING, MODULES, Stamp
from supabase_tasks.settings import Settings

EVERY_VARIABLE = "*"
_UNSET = "unset"
# A wall clock that moved against the monotonic one by more was set by hand or by a time server.
_CLOCK_STEP_NS = 50_000_000


class Memo:
    """Made at the start of a run; holds the clock, the environment and the folders' listings as they were then."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._began = time.time_ns()
        self._monotonic = time.monotonic_ns()
        self._environ = dict(os.environ)
        self._path = record.folder(settings) / context(settings)[:40]
        self._listings: dict[tuple[str, str], str] = {}
        self._known: dict[str, Stamp] = {}

    def agrees(self) -> bool:
        """Whether models and migrations were found equal, and nothing that this rested on is different now."""
        found = record.read(self._path) if self._settings.models else None
        if found is not None and self._unchanged(found):
            return True
        self._listings = {(stamp.kind, stamp.path): stamp.content for stamp in self._project_folders()}
        return False

    def digests(self) -> Mapping[str, str]:
        """After `agrees`: path to digest of the files that a `stat` told to be what they were at the last agreement."""
        return {path: stamp.content for path, stamp in self._known.items()}

    def remember(
        self,
        *,
        files: Iterable[Path],
        environment: Iterable[str],
        migrations: Mapping[Path, str],
        programs: Iterable[Path] = (),
    ) -> str | None:
        """Remember that models and migrations agree; returns None, or in one line why that is not safe.

        Takes the files that the models' import touched (absent ones and folders too), the names of the variables it
        read (`*`: all of them), the digest of each migration as it was replayed or written (`files.digest` of its
        bytes) and the programs that judged. What may have changed between `begin` and now is not remembered: the
        comparison may have seen the older state.
        """
        if not self._settings.models:
            return "no models are configured"
        now = time.time_ns()
        if abs((now - self._began) - (time.monotonic_ns() - self._monotonic)) > _CLOCK_STEP_NS:
            return "the clock was set during the run"
        try:
            taken = list(self._evidence([str(path) for path in files], migrations, now))
            taken += [stamps.take(FILE, _one_line(str(path)), now) for path in programs]
            salt = os.urandom(16).hex()
            values = {_one_line(name): _variable(self._environ, salt, name) for name in environment}
            record.write(self._path, Record(now, salt, values, taken))
        except _DoubtError as doubt:
            return str(doubt)
        except OSError as error:
            return f"{error.filename}: {error.strerror}"
        return None

    def _unchanged(self, found: Record) -> bool:
        if found.written > self._began:
            return False
        try:
            read = []
            for stamp in found.stamps:
                if not stamps.looks_same(stamp):
                    read.append(stamp)
                elif stamp.kind == FILE and stamp.content != ABSENT:
                    self._known[stamp.path] = stamp
            if any(_variable(self._environ, found.salt, name) != value for name, value in found.variables.items()):
                return False
            if not all(map(stamps.is_same, read)):
                return False
            if read and self._began - found.written > stamps.COARSE_NS:
                self._refresh(found)
        except OSError:
            return False
        return True

    def _refresh(self, found: Record) -> None:
        """Take the stamps anew, so that a `stat` is enough for those that were too young for it, or were touched."""
        renewed = [stamps.take(stamp.kind, stamp.path, self._began) for stamp in found.stamps]
        if [stamp.content for stamp in renewed] == [stamp.content for stamp in found.stamps]:
            # A cache that cannot be written is no reason for doubting what was read from it.
            with suppress(OSError):
                record.write(self._path, replace(found, written=self._began, stamps=renewed))

    def _evidence(self, files: list[str], migrations: Mapping[Path, str], now: int) -> Iterator[Stamp]:
        yield from self._folders(files, now)
        yield from self._migrations(migrations, now)
        known = {str(path) for path in migrations}
        for path in dict.fromkeys((*files, *self._project_files())):
            if path not in known and not os.path.isdir(path):
                if stamps.changed_since(path, self._began):
                    raise _DoubtError(f"{path} changed during the run")
                yield self._taken(path, now)

    def _taken(self, path: str, now: int) -> Stamp:
        """The stamp of a file; one that is still what it was at the last agreement is not read again."""
        known = self._known.get(path)
        return known if known and stamps.looks_same(known) else stamps.take(FILE, _one_line(path), now)

    def _migrations(self, migrations: Mapping[Path, str], now: int) -> Iterator[Stamp]:
        replayed = {str(path): content for path, content in migrations.items()}
        for path, content in replayed.items():
            stamp = self._taken(path, now)
            if stamp.content != content:
                raise _DoubtError(f"{path} is not what was replayed")
            yield stamp
        folder = str(self._settings.migrations)
        for entry in stamps.tree(folder):
            if entry.path not in replayed and stamps.changed_since(entry.path, self._began):
                raise _DoubtError(f"{entry.path} appeared during the run")
        yield stamps.take(LISTING, folder, now)

    def _folders(self, files: list[str], now: int) -> Iterator[Stamp]:
        """Listings, so that a module or a file that joins later is noticed."""
        touched = {os.path.dirname(path) for path in files}
        wanted = [(stamp.kind, stamp.path) for stamp in self._project_folders()]
        wanted += [(LISTING, path) for path in files if os.path.isdir(path)]
        listed = {path for kind, path in wanted if kind == LISTING}
        wanted += [(MODULES, path) for path in sorted(touched - listed)]
        for kind, path in dict.fromkeys(wanted):
            stamp = stamps.take(kind, _one_line(path), now)
            before = self._listings.get((kind, path))
            if stamp.content != before and (before is not None or stamps.grew_since(path, self._began)):
                raise _DoubtError(f"the folder {path} changed during the run")
            yield stamp

    def _project_folders(self) -> Iterator[Stamp]:
        """The folders Python looks for the models in, and every one below the models' own."""
        now, settings = self._began, self._settings
        parts = (settings.models or "").split(".")
        for base in (str(settings.root), str(settings.root / "src")):
            for depth in range(len(parts)):
                yield stamps.take(MODULES, os.path.join(base, *parts[:depth]), now)
            yield from _below(os.path.join(base, *parts), now)
        if settings.sql is not None:
            yield from _below(str(settings.sql), now)

    def _project_files(self) -> Iterator[str]:
        settings = self._settings
        yield str(settings.config_toml)
        yield str(settings.supabase / "roles.sql")
        yield from (str(settings.root / name) for name in settings.env_files)
        if settings.sql is not None:
            yield from (entry.path for entry in stamps.tree(str(settings.sql)) if entry.is_file())


class _DoubtError(Exception):
    """Something may have changed while we looked."""


def _below(folder: str, now: int) -> Iterator[Stamp]:
    yield stamps.take(LISTING, folder, now)
    for entry in stamps.tree(folder):
        if entry.is_dir():
            yield stamps.take(LISTING, entry.path, now)


def _one_line(name: str) -> str:
    if "\n" in name:
        raise _DoubtError(f"the name {name!r} has a line break")
    return name


def _variable(environ: Mapping[str, str], salt: str, name: str) -> str:
    """The salted digest of a variable's value: the memo must not be a place to guess passwords from."""
    if name == EVERY_VARIABLE:
        return digest(salt, *(part for item in sorted(environ.items()) for part in item))
    value = environ.get(name)
    return _UNSET if value is None else digest(salt, value)
