"""The private installation tree: PostgreSQL's own files by link, plus our stand-in extensions.

PostgreSQL 17 looks for control files in its own share folder only (`extension_control_path` came with 18), and nothing
may be written into the installed wheel. So every installation is mirrored once into the state folder.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import process
from supabase_tasks.files import digest, make_closed
from supabase_tasks.locking import hold_lock
from supabase_tasks.postgres import account, owner_record, standins
from supabase_tasks.postgres.installation import Installation, version_of
from supabase_tasks.state_dir import private, require_ours, state_root, unwritable, was_made

_SHARED = Path("/var/cache/supabase-tasks")
_RECORD = "installation.json"
_SKIPPED_LIBRARIES = ("pgxs", "pkgconfig")


@dataclass(frozen=True, slots=True)
class Tree:
    """A private tree: its folder, programs, full version, the key it was built for, its stand-ins by comma."""

    folder: Path
    bin: Path
    version: str
    key: str
    standins: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def private_root() -> Path:
    """The folder for what PostgreSQL itself must reach: the state folder, or one in /var/cache when its user cannot
    enter the state folder (root's home, a test's temporary folder). Raises `DatabaseError` when it cannot be made."""
    root = state_root()
    try:
        private(root)
        if account.reaches(root):
            return root
        if was_made(root) and account.reaches(root.parent):
            account.admit(root, root)
            return root
        return _elsewhere(root)
    except OSError as error:
        raise unwritable(root, error) from error


def _elsewhere(root: Path) -> Path:
    folder = _SHARED / f"for-{digest(str(root))[:12]}"
    if root != _SHARED:
        make_closed(_SHARED)
    account.admit(_SHARED, _SHARED)
    if root == _SHARED:
        return root
    make_closed(folder)
    account.admit(_SHARED, folder)
    if not (folder / owner_record.NAME).exists():
        owner_record.note(folder, root)
    return require_ours(folder)


def folders_elsewhere() -> list[Path]:
    """What was made in /var/cache for state folders other than this one, by whoever may look there."""
    here = private_root()
    return sorted(folder for folder in _SHARED.glob("for-*") if folder != here and folder.is_dir())


def make_folder(folder: Path) -> Path:
    """Make `folder` below `private_root`, closed to all but us and the user PostgreSQL runs as; returns it. Raises
    `OSError`."""
    root = private_root()
    private(folder, root)
    account.admit(root, folder)
    return folder


def prepare(installation: Installation) -> Tree:
    """The private tree of `installation`, built when missing.

    Raises `DatabaseError` when it cannot be written, `TaskError` when other users could have written to it.
    """
    key = digest(installation.identity, standins.digest_of_all())[:16]
    folder = private_root() / "installations" / f"{installation.major}-{key}"
    tree = _read(folder, key)
    if tree is not None:
        return tree
    with hold_lock(private_root() / "installations.lock"):
        tree = _read(folder, key)
        return tree if tree is not None else _build(installation, folder, key)


def _read(folder: Path, key: str) -> Tree | None:
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        tree = Tree(folder, folder / record["bin"], record["version"], key, record["standins"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # Its programs are about to be executed.
    require_ours(tree.bin)
    return tree


def _build(installation: Installation, folder: Path, key: str) -> Tree:
    try:
        make_folder(folder.parent)
        work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        work.chmod(0o755)
        record = _fill(installation, work)
        (work / _RECORD).write_text(json.dumps(record), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Tree(folder, folder / record["bin"], record["version"], key, record["standins"])


def _fill(installation: Installation, work: Path) -> dict[str, str]:
    folders = _folders(installation)
    # The server finds its share and library folders relative to its own path (src/port/path.c, make_relative_path),
    # so the mirror keeps the distances between them.
    common = Path(os.path.commonpath([str(path) for path in folders.values()]))
    placed = {name: work / path.relative_to(common) for name, path in folders.items()}
    _mirror(folders["bin"], placed["bin"])
    _mirror(folders["libraries"], placed["libraries"])
    if folders["modules"] != folders["libraries"]:
        _mirror(folders["modules"], placed["modules"])
    _mirror(folders["share"], placed["share"])
    written = standins.install(placed["share"] / "extension", installation.major, placed["modules"])
    _show(placed["share"] / "extension")
    return {
        "standins": ",".join(written),
        "bin": str(placed["bin"].relative_to(work)),
        "version": version_of(installation.bin / "postgres"),
        "source": str(installation.bin),
    }


def _show(folder: Path) -> None:
    # What we wrote has the mode that the user's umask gives, and the server reads it, perhaps as another user.
    for path in folder.iterdir():
        facts = path.lstat()
        if stat.S_ISREG(facts.st_mode) and facts.st_nlink == 1:
            path.chmod(0o644)


def _folders(installation: Installation) -> dict[str, Path]:
    shown = process.run(
        [str(installation.bin / "pg_config"), "--bindir", "--libdir", "--pkglibdir", "--sharedir"]
    ).stdout.splitlines()
    names = ("bin", "libraries", "modules", "share")
    found = {name: Path(line.strip()).resolve() for name, line in zip(names, shown, strict=True)}
    # A distribution's shared library folder (/usr/lib) is found by the loader as ever: nothing to mirror.
    if not found["libraries"].is_relative_to(found["bin"].parent):
        found["libraries"] = found["modules"]
    return found


def real_extensions(installation: Installation) -> tuple[str, ...]:
    """Those of the extensions with a stand-in that `installation` has itself, and that are used instead of it."""
    folders = _folders(installation)
    return standins.real_names(folders["share"] / "extension", folders["modules"])


def _mirror(source: Path, target: Path) -> None:
    """Link every file below `source` to the same place below `target`.

    During the import of the models every system call waits for the interpreter's lock, so there are two for a file.
    """
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o755)
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in _SKIPPED_LIBRARIES:
                    _mirror(Path(entry.path), target / entry.name)
            elif not entry.name.endswith(".a"):
                _link(entry, f"{target}/{entry.name}")


def _link(source: os.DirEntry[str], target: str) -> None:
    # Hard links cost nothing and stay valid when a virtual environment is removed; they fail across file systems and,
    # with fs.protected_hardlinks, for files of other users.
    real = os.path.realpath(source.path) if source.is_symlink() else source.path
    if source.stat().st_mode & 0o004:
        try:
            os.link(real, target)
            return
        except FileExistsError:
            return
        except OSError:
            pass
    if os.path.lexists(target):
        return
    shutil.copy2(real, target)
    path = Path(target)
    path.chmod(path.stat().st_mode | (0o555 if os.access(real, os.X_OK) else 0o444))
