"""Clusters of projects whose folder is gone, or whose name was another one: found by a record of where each project lay, and
those of the former removed when that is asked for.

State is kept by the path of its project, so nothing finds it again once the folder was removed. The scratch cluster and the memo
can always be made anew; the rows of a local database cannot, so they go only when the caller says so. Dumps of hosted databases
and the journal of hosted changes are never touched, and neither is a cluster whose server runs.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.files import write_atomic
from supabase_tasks.locking import attempt
from supabase_tasks.postgres import lifecycle, tree
from supabase_tasks.state_dir import state_root

_RECORD = "project.json"
_MEMO = "memo"
_SCRATCH, _KEPT = "shadow", "local"
_CLUSTERS = "postgres-*/*"
# What a folder may still hold when nothing of the project is left in it.
_EMPTY_WITH = frozenset((_RECORD, "generate.lock", "local.lock", "hosted.lock"))


@dataclass(frozen=True, slots=True)
class GoneProject:
    """A project whose folder `root` is gone: its state folder, and the clusters in it."""

    root: Path
    folder: Path
    clusters: tuple[Path, ...]

    @property
    def has_rows(self) -> bool:
        """Whether there is a local database among them."""
        return any(cluster.name == _KEPT for cluster in self.clusters)


def note(folder: Path, root: Path) -> None:
    """Say in the state folder where its project lies, and on which file system. Raises `TaskError` when it cannot be written."""
    try:
        text = json.dumps({"root": str(root), "device": root.stat().st_dev})
    except OSError:
        return
    path = folder / _RECORD
    with suppress(OSError, UnicodeDecodeError):
        if path.read_text(encoding="utf-8") == text:
            return
    write_atomic(path, text, private=True)


def find() -> tuple[GoneProject, ...]:
    """Projects of this user whose folder is gone and that have clusters, by name.

    Gone means: not there, on a file system that is. One on a disk that is not mounted is not gone, nor is one that cannot be
    looked at, or of which nothing says where it lay.
    """
    found = []
    for record in sorted((tree.private_root() / "projects").glob(f"*/{_RECORD}")):
        root = _gone_root(record)
        clusters = tuple(sorted(path for path in record.parent.glob(_CLUSTERS) if path.is_dir()))
        if root is not None and clusters:
            found.append(GoneProject(root, record.parent, clusters))
    return tuple(found)


def former_folders(folder: Path, root: Path) -> tuple[Path, ...]:
    """The other state folders of the project at `root` under the names that it had before."""
    records = sorted(folder.parent.glob(f"*/{_RECORD}"))
    return tuple(record.parent for record in records if record.parent != folder and _told_root(record) == root)


def _told_root(record: Path) -> Path | None:
    try:
        return Path(json.loads(record.read_text(encoding="utf-8"))["root"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _gone_root(record: Path) -> Path | None:
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        root, device = Path(told["root"]), told["device"]
        return root if _is_gone(root) and _device_of_the_nearest(root) == device else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_gone(root: Path) -> bool:
    try:
        root.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    return False


def _device_of_the_nearest(root: Path) -> int:
    """The file system on which `root` would be made: what an unmounted disk leaves is another one's."""
    return next(path for path in root.parents if path.is_dir()).stat().st_dev


def remove(project: GoneProject, *, rows: bool) -> bool:
    """Remove what can be made anew of a project that is gone, with `rows` its local database too; whether all of it went.

    Raises `OSError` when something cannot be removed.
    """
    shutil.rmtree(state_root() / "projects" / project.folder.name / _MEMO, ignore_errors=True)
    left = [cluster for cluster in project.clusters if not _remove(cluster, rows)]
    for folder in {cluster.parent for cluster in project.clusters}:
        with suppress(OSError):
            folder.rmdir()
    if not left:
        _remove_empty(project.folder)
    return not left


def _remove(cluster: Path, rows: bool) -> bool:
    if cluster.name != _SCRATCH and not rows:
        return False
    # `lock` is that of who starts a server, `in-use` that of who uses the scratch one.
    with attempt(cluster / "lock") as (_, free), attempt(cluster / "in-use") as (_, idle):
        if not free or not idle or lifecycle.process_of(cluster / "data") is not None:
            return False
        shutil.rmtree(cluster)
        return True


def _remove_empty(folder: Path) -> None:
    if {path.name for path in folder.iterdir()} <= _EMPTY_WITH:
        shutil.rmtree(folder)
