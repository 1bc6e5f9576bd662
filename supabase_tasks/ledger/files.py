"""The migration files of `supabase/migrations`: names, versions, order."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from supabase_tasks.errors import MigrationError
from supabase_tasks.files import digest
from supabase_tasks.settings import Settings

# The Supabase CLI's own rule (2.x and 3.x): other files are skipped without a word. In JavaScript `.` is no line separator
# of any kind, and `$` is the very end.
FILE_NAME = re.compile(r"^([0-9]+)_([^\n\r\u2028\u2029]*)\.sql\Z")
# The CLI wrote baselines of such names until then, and still skips them (2.122.1, 3.1.0).
_BASELINE = re.compile(r"([0-9]{14})_init\.sql")
_BASELINES_ENDED = 20211209000000
_LIKE_ONE = re.compile(r"[0-9]+_.*\.sql\s*", re.DOTALL)
_INDEX_WIDTH = 4
_SLUG_LENGTH = 60
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Of the first character of UTF-16 and UTF-32, which is an ASCII one in SQL, the other bytes are NUL.
_WIDEST = 4


@dataclass(frozen=True)
class MigrationFile:
    """One migration: `version` is the digits of its file name, compared as text; `name` what follows the underscore.

    `known` is the digest of its content, where that is known without reading it.
    """

    path: Path
    version: str
    name: str
    known: str | None = field(default=None, compare=False, repr=False)

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises `MigrationError` when they are not what was `known`: it was edited a moment ago."""
        try:
            found = self.path.read_bytes()
        except OSError as error:
            raise _unreadable(self.path, error.strerror or str(error)) from error
        if self.known is not None and digest(found) != self.known:
            raise MigrationError(
                f"{self.path.name} was edited while this command read the migrations",
                next_step="run the same command again",
                code="migration-edited",
            )
        return found

    @cached_property
    def text(self) -> str:
        """The SQL as the CLI reads it: a byte order mark is left out, and what is not UTF-8 becomes U+FFFD (2.122.1, 3.1.0).
        Raises `MigrationError` for UTF-16, which neither of them can run."""
        if self.data.startswith(_MARKS_OF_UTF16) or b"\0" in self.data[:_WIDEST]:
            raise MigrationError(
                f"{self.path.name} is UTF-16, not UTF-8",
                cause="PostgreSQL takes no NUL characters, and the Supabase CLI converts nothing",
                next_step=f"save {self.path} as UTF-8",
                code="utf-16",
            )
        return self.data.decode("utf-8-sig", "replace")

    @cached_property
    def digest(self) -> str:
        return self.known or digest(self.data)


def parse_name(path: Path, known: str | None = None) -> MigrationFile | None:
    """The migration that `path` is by its name (the file need not exist), or None when the CLI would skip it."""
    match = FILE_NAME.match(path.name)
    return MigrationFile(path, match[1], match[2], known) if match else None


def in_order(files: Iterable[MigrationFile]) -> tuple[MigrationFile, ...]:
    """`files` in the CLI's order: versions compared as text."""
    return tuple(sorted(files, key=lambda file: (file.version, file.name)))


def listing(settings: Settings, known: Mapping[str, str] | None = None) -> tuple[MigrationFile, ...]:
    """All migrations in the CLI's order, also when two carry the same version; an absent folder is an empty history.

    `known` has the digests of those that need not be read to know them, by path.
    """
    if not settings.migrations.is_dir():
        return ()
    known = known or {}
    # Of thousands of files, a Path and a stat for each are most of the work.
    with os.scandir(settings.migrations) as entries:
        files = {entry.name: entry.is_file() for entry in entries}
    passed = passed_over(files)
    paths = [settings.migrations / name for name, is_file in files.items() if is_file and name != passed]
    found = (parse_name(path, known.get(str(path))) for path in paths)
    return in_order(file for file in found if file is not None)


def passed_over(names: Iterable[str]) -> str | None:
    """The migration that the CLI skips although its name is one, of all the `names` in the folder: the very first, when
    it is an `_init.sql` with a time before 2021-12-09, which the CLI takes for a baseline of its own (2.122.1, 3.1.0)."""
    first = min(names, default="")
    found = _BASELINE.search(first)
    return first if found and int(found[1]) < _BASELINES_ENDED else None


def reject_unreadable(settings: Settings) -> None:
    """Raises `MigrationError` for a folder, a link that leads nowhere or the like that is named as a migration, and for a
    file whose name is one but for characters that are not seen.

    The CLI goes by names alone (2.122.1, 3.1.0): it would run what comes before, and stop there. A name with a line
    separator it skips, and runs what comes behind; one that is not UTF-8 it does not find again.
    """
    if not settings.migrations.is_dir():
        return
    with os.scandir(settings.migrations) as entries:
        for entry in entries:
            if not _LIKE_ONE.fullmatch(entry.name):
                continue
            if not entry.name.isprintable():
                raise _unreadable(Path(entry.path), "its name has characters that are not seen or not UTF-8")
            if not entry.is_file():
                raise _unreadable(Path(entry.path), _kind(entry))


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink() and not entry.is_dir():
        return f"a link to {Path(entry.path).readlink()}, which is not there"
    return "a folder" if entry.is_dir() else "no regular file"


def _unreadable(path: Path, cause: str) -> MigrationError:
    return MigrationError(
        f"{path.name} cannot be read as a migration",
        cause=f"{path}: {cause}",
        next_step=f"repair or move away {path}",
        code="unreadable-migration",
    )


def read(settings: Settings, known: Mapping[str, str] | None = None) -> tuple[MigrationFile, ...]:
    """Like `listing`. Raises `MigrationError` when two files carry the same version."""
    found = listing(settings, known)
    _reject_duplicates(found)
    return found


def _reject_duplicates(files: Sequence[MigrationFile]) -> None:
    for first, second in itertools.pairwise(files):
        if first.version == second.version:
            raise MigrationError(
                f"two migrations have the version {first.version}: {first.path.name} and {second.path.name}",
                cause="the Supabase CLI would apply one of them and record the version once",
                next_step="inv migrations-renumber",
                code="duplicate-version",
            )


def next_path(settings: Settings, name: str, *, after: tuple[MigrationFile, ...], offset: int = 0) -> Path:
    """The path for a new migration called `name`: the next index, or the UTC time as `YYYYMMDDHHMMSS`.

    The version is always greater than that of every file in `after`, also when the clock went backwards; `offset`
    counts further files of the same run.
    """
    return settings.migrations / f"{next_version(settings, after=after, offset=offset)}_{slug(name)}.sql"


def next_version(settings: Settings, *, after: tuple[MigrationFile, ...], offset: int = 0) -> str:
    """The version that `next_path` puts before the name.

    Raises `MigrationError` when no index of that width is left.
    """
    last = after[-1].version if after else ""
    return _next_index(after, offset) if settings.naming == "index" else _next_timestamp(last, offset)


def _next_index(after: tuple[MigrationFile, ...], offset: int) -> str:
    width = max((len(file.version) for file in after), default=_INDEX_WIDTH)
    number = (max((int(file.version) for file in after), default=-1)) + 1 + offset
    version = str(number).zfill(width)
    if len(version) > width:
        raise MigrationError(
            f"no version of {width} digits is left after {after[-1].version}",
            cause="versions are compared as text, so one more digit would sort before the older ones",
            next_step='set naming = "timestamp" in [tool.supabase-tasks]',
        )
    return version


def _next_timestamp(last: str, offset: int) -> str:
    now = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    first = now if now > last or not last else str(int(last) + 1)
    return str(int(first) + offset).zfill(len(first))


def in_file_letters(name: str) -> str:
    """What of `name` a file name can hold; empty for one in another script."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def slug(name: str) -> str:
    """`name` as the tail of a file name: lower-case ASCII letters, digits and underscores, 60 at most, without half a word at the
    end. A letter with a mark is the letter without it."""
    cleaned = in_file_letters(name)
    words = cleaned[:_SLUG_LENGTH]
    if cleaned[_SLUG_LENGTH : _SLUG_LENGTH + 1] not in ("", "_"):
        words = words.rpartition("_")[0] or words
    return words.rstrip("_") or "migration"
