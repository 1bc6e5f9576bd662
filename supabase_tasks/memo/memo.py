"""One run's view of the memo: does it still hold, and if not, may what was just found out be remembered?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from supabase_tasks.files import digest
from supabase_tasks.memo import fingerprints, record
from supabase_tasks.memo.context import context_digest
from supabase_tasks.memo.fingerprints import ABSENT, FILE, LIBRARY, LISTING, LOOK, MODULES, Fingerprint
from supabase_tasks.memo.record import Record
from supabase_tasks.settings import Settings

EVERY_VARIABLE = "*"
_UNSET = "unset"
_NOTHING: Mapping[Any, str] = MappingProxyType({})
# A wall clock that moved against the monotonic one by more was set by hand or by a time server.
_CLOCK_STEP_NS = 50_000_000


class Memo:
    """Made at the start of a run; holds the clock, the environment and the folders' listings as they were then."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._began = time.time_ns()
        self._monotonic = time.monotonic_ns()
        self._environ = dict(os.environ)
        self._path = record.folder(settings) / context_digest(settings)[:40]
        self._listings: dict[tuple[str, str], str] = {}
        self._known: dict[str, Fingerprint] = {}

    def is_fresh(self) -> bool:
        """Whether models and migrations were found equal, and nothing that this rested on is different now."""
        found = record.read(self._path) if self._settings.models and self._settings.memo else None
        if found is not None and self._is_unchanged(found):
            return True
        if not self._settings.models:
            return False
        self._listings = {
            (fingerprint.kind, fingerprint.path): fingerprint.content for fingerprint in self._project_folders()
        }
        return False

    def digests(self) -> Mapping[str, str]:
        """After `is_fresh`: path to digest of the files that a `stat` told to be what they were at the last agreement."""
        return {path: fingerprint.content for path, fingerprint in self._known.items()}

    def remember(
        self,
        *,
        files: Iterable[Path],
        environment: Iterable[str],
        migrations: Mapping[Path, str],
        programs: Iterable[Path] = (),
        opened: Mapping[str, str] = _NOTHING,
        libraries: Iterable[str] = (),
        folders: Iterable[str] = (),
        looks: Mapping[tuple[str, str], str] = _NOTHING,
        untracked_inputs: Sequence[str] = (),
    ) -> str | None:
        """Remember that models and migrations agree; returns None, or in one line why that is not safe.

        Takes the files that the models' import touched (absent ones and folders too), the names of the variables it
        read (`*`: all of them), the digest of each migration as it was replayed or written (`files.digest` of its
        bytes) and the programs that judged; furthermore the signature that each file had when it was `opened`
        (`absent`: none), the files of installed `libraries`, the `folders` that Python searched for modules, what was
        learnt by `looks` (`supabase_tasks.looks`), and `untracked_inputs` beyond all that, a reason to remember nothing.
        What may have changed between `begin` and now is not remembered: the comparison may have seen the older state.
        """
        if not self._settings.models:
            return "no models are configured"
        if not self._settings.memo:
            return "the memo is switched off"
        if untracked_inputs:
            return f"the models use {untracked_inputs[0]}" + (
                f" and {len(untracked_inputs) - 1} more" if len(untracked_inputs) > 1 else ""
            )
        now = time.time_ns()
        if abs((now - self._began) - (time.monotonic_ns() - self._monotonic)) > _CLOCK_STEP_NS:
            return "the clock was set during the run"
        try:
            taken = list(self._evidence([str(path) for path in files], opened, migrations, now))
            taken += self._searched_folders(
                folders, {(fingerprint.kind, fingerprint.path) for fingerprint in taken}, now
            )
            taken += self._installed_libraries(libraries, now)
            taken += list(_looks(looks))
            taken += [fingerprints.take(FILE, _one_line(str(path)), now) for path in programs]
            salt = os.urandom(16).hex()
            values = {_one_line(name): _variable(self._environ, salt, name) for name in environment}
            record.write(self._path, Record(now, salt, values, taken))
        except _UncacheableError as doubt:
            return str(doubt)
        except OSError as error:
            return f"{error.filename}: {error.strerror}"
        return None

    def _is_unchanged(self, found: Record) -> bool:
        if found.written > self._began:
            return False
        try:
            read = self._different(found)
            if any(fingerprint.kind == LIBRARY or fingerprint.kind.startswith(LOOK) for fingerprint in read):
                return False
            if any(_variable(self._environ, found.salt, name) != value for name, value in found.variables.items()):
                return False
            if not all(map(fingerprints.is_same, read)):
                return False
            if read and self._began - found.written > fingerprints.COARSE_NS:
                self._refresh(found)
        except OSError:
            return False
        return True

    def _different(self, found: Record) -> list[Fingerprint]:
        """The fingerprints whose content is to be read: all but those that a `stat`, or the look itself, tells to be the same."""
        read = []
        for fingerprint in found.fingerprints:
            if not (
                fingerprints.is_same(fingerprint)
                if fingerprint.kind.startswith(LOOK)
                else fingerprints.looks_same(fingerprint)
            ):
                read.append(fingerprint)
            elif fingerprint.kind == FILE and fingerprint.content != ABSENT:
                self._known[fingerprint.path] = fingerprint
        return read

    def _refresh(self, found: Record) -> None:
        """Take the fingerprints anew, so that a `stat` is enough for those that were too young for it, or were touched."""
        renewed = [
            fingerprint
            if fingerprint.kind.startswith((LOOK, LIBRARY))
            else fingerprints.take(fingerprint.kind, fingerprint.path, self._began)
            for fingerprint in found.fingerprints
        ]
        if [fingerprint.content for fingerprint in renewed] == [
            fingerprint.content for fingerprint in found.fingerprints
        ]:
            # A cache that cannot be written is no reason for doubting what was read from it.
            with suppress(OSError):
                record.write(self._path, replace(found, written=self._began, fingerprints=renewed))

    def _evidence(
        self, files: list[str], opened: Mapping[str, str], migrations: Mapping[Path, str], now: int
    ) -> Iterator[Fingerprint]:
        yield from self._folders(files, now)
        yield from self._migrations(migrations, now)
        known = {str(path) for path in migrations}
        for path in dict.fromkeys((*files, *self._project_files())):
            if path not in known and not os.path.isdir(path):
                # One that was not there may come and go; what counts is that it was missed and is not there.
                missing = opened.get(path) == ABSENT
                if not missing and fingerprints.changed_since(path, self._began):
                    raise _UncacheableError(f"{path} changed during the run")
                fingerprint = self._take_fingerprint(path, now)
                if missing and fingerprint.content != ABSENT:
                    raise _UncacheableError(f"{path} appeared during the run")
                yield fingerprint

    def _searched_folders(self, folders: Iterable[str], known: set[tuple[str, str]], now: int) -> Iterator[Fingerprint]:
        """The folders Python searched; what is in an archive's place is an archive."""
        for path in dict.fromkeys(folders):
            kind = FILE if os.path.isfile(path) else MODULES
            if not {(kind, path), (LISTING, path)} & known:
                yield self._unchanged_folder(fingerprints.take(kind, _one_line(path), now))

    def _installed_libraries(self, libraries: Iterable[str], now: int) -> Iterator[Fingerprint]:
        for path in libraries:
            fingerprint = fingerprints.of_library(_one_line(path), now, self._began)
            if fingerprint is None:
                raise _UncacheableError(f"{path} changed during the run")
            yield fingerprint

    def _take_fingerprint(self, path: str, now: int) -> Fingerprint:
        """The fingerprint of a file; one that is still what it was at the last agreement is not read again."""
        known = self._known.get(path)
        return known if known and fingerprints.looks_same(known) else fingerprints.take(FILE, _one_line(path), now)

    def _migrations(self, migrations: Mapping[Path, str], now: int) -> Iterator[Fingerprint]:
        replayed = {str(path): content for path, content in migrations.items()}
        for path, content in replayed.items():
            fingerprint = self._take_fingerprint(path, now)
            if fingerprint.content != content:
                raise _UncacheableError(f"{path} is not what was replayed")
            yield fingerprint
        folder = str(self._settings.migrations)
        for entry in fingerprints.tree(folder):
            if entry.path not in replayed and fingerprints.changed_since(entry.path, self._began):
                raise _UncacheableError(f"{entry.path} appeared during the run")
        yield fingerprints.take(LISTING, folder, now)

    def _folders(self, files: list[str], now: int) -> Iterator[Fingerprint]:
        """Listings, so that a module or a file that joins later is noticed."""
        touched = {os.path.dirname(path) for path in files}
        wanted = [(fingerprint.kind, fingerprint.path) for fingerprint in self._project_folders()]
        wanted += [(LISTING, path) for path in files if os.path.isdir(path)]
        listed = {path for kind, path in wanted if kind == LISTING}
        wanted += [(MODULES, path) for path in sorted(touched - listed)]
        for kind, path in dict.fromkeys(wanted):
            yield self._unchanged_folder(fingerprints.take(kind, _one_line(path), now))

    def _unchanged_folder(self, fingerprint: Fingerprint) -> Fingerprint:
        before = self._listings.get((fingerprint.kind, fingerprint.path))
        if before is None:
            changed = fingerprint.content != ABSENT and fingerprints.entries_added_since(fingerprint.path, self._began)
        else:
            changed = fingerprint.content != before
        if changed:
            raise _UncacheableError(f"the folder {fingerprint.path} changed during the run")
        return fingerprint

    def _project_folders(self) -> Iterator[Fingerprint]:
        """The folders Python looks for the models in, and every one below the models' own."""
        now, settings = self._began, self._settings
        parts = (settings.models or "").split(".")
        for base in (str(settings.root), str(settings.root / "src")):
            for depth in range(len(parts)):
                yield fingerprints.take(MODULES, os.path.join(base, *parts[:depth]), now)
            yield from _below(os.path.join(base, *parts), now)
        if settings.sql is not None:
            yield from _below(str(settings.sql), now)

    def _project_files(self) -> Iterator[str]:
        settings = self._settings
        yield str(settings.config_toml)
        yield str(settings.supabase / "roles.sql")
        yield from (str(settings.root / name) for name in settings.env_files)
        if settings.sql is not None:
            yield from (entry.path for entry in fingerprints.tree(str(settings.sql)) if entry.is_file())


class _UncacheableError(Exception):
    """Something may have changed while we looked."""


def _below(folder: str, now: int) -> Iterator[Fingerprint]:
    yield fingerprints.take(LISTING, folder, now)
    for entry in fingerprints.tree(folder):
        if entry.is_dir():
            yield fingerprints.take(LISTING, entry.path, now)


def _looks(found: Mapping[tuple[str, str], str]) -> Iterator[Fingerprint]:
    """What was learnt by looking, provided that looking again tells the same."""
    for (kind, path), answer in found.items():
        fingerprint = Fingerprint(f"{LOOK}{kind}", fingerprints.UNTRUSTED, answer, _one_line(path))
        if not fingerprints.is_same(fingerprint):
            raise _UncacheableError(f"{path} changed during the run")
        yield fingerprint


def _one_line(name: str) -> str:
    if "\n" in name:
        raise _UncacheableError(f"the name {name!r} has a line break")
    return name


def _variable(environ: Mapping[str, str], salt: str, name: str) -> str:
    """The salted digest of a variable's value: the memo must not be a place to guess passwords from."""
    if name == EVERY_VARIABLE:
        return digest(salt, *(part for item in sorted(environ.items()) for part in item))
    value = environ.get(name)
    return _UNSET if value is None else digest(salt, value)
