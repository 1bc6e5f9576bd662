"""Clusters of projects whose folder is gone, or whose name was another one: found by a record of where each project lay, and
those of the former removed when that is asked for. The same for those of a state folder that is gone: as root PostgreSQL's part
of some lies in /var/cache (see `tree`), and stays there when a container's or a test's temporary folder goes.

State is kept by the path of its project, so nothing finds it again once the folder was removed. The scratch cluster and the memo
can always be made anew; the rows of a local database cannot, so they go only when the caller says so. Dumps of hosted databases
and the journal of hosted changes are never touched, and neither is a cluster whose server runs.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.locking import attempt
from supabase_tasks.postgres import lifecycle, owner_record, tree
from supabase_tasks.state_dir import state_root

_MEMO = "memo"
_SCRATCH, _KEPT = "shadow", "local"
_CLUSTERS = "postgres-*/*"
# What a folder may still hold when nothing of the project is left in it.
_EMPTY_WITH = frozenset((owner_record.NAME, "generate.lock", "local.lock", "hosted.lock"))


@dataclass(frozen=True, slots=True)
class GoneProject:
    """A project whose folder `root` is gone, or a state folder that is: what is left of it, and the clusters in there."""

    root: Path
    folder: Path
    clusters: tuple[Path, ...]

    @property
    def has_rows(self) -> bool:
        """Whether there is a local database among them."""
        return any(cluster.name == _KEPT for cluster in self.clusters)


def find() -> tuple[GoneProject, ...]:
    """Projects of this user whose folder is gone and that have clusters, by name; then state folders that are gone, but for
    those that hold what this user cannot remove: they are another one's."""
    records = sorted((tree.private_root() / "projects").glob(f"*/{owner_record.NAME}"))
    projects = (_read_gone(record.parent, owner_record.gone_root(record), _CLUSTERS) for record in records)
    roots = (
        _read_gone(folder, owner_record.gone_root(folder / owner_record.NAME), f"projects/*/{_CLUSTERS}")
        for folder in tree.folders_elsewhere()
    )
    return (
        *(one for one in projects if one is not None and one.clusters),
        *(one for one in roots if one is not None and _can_be_removed(one)),
    )


def _can_be_removed(project: GoneProject) -> bool:
    inside = (folder for cluster in project.clusters for folder in (cluster, *cluster.glob("data")))
    return all(os.access(folder, os.R_OK | os.W_OK | os.X_OK) for folder in (project.folder, *inside))


def _read_gone(folder: Path, root: Path | None, clusters: str) -> GoneProject | None:
    if root is None:
        return None
    return GoneProject(root, folder, tuple(sorted(path for path in folder.glob(clusters) if path.is_dir())))


def former_folders(folder: Path, root: Path) -> tuple[Path, ...]:
    """The other state folders of the project at `root` under the names that it had before."""
    records = sorted(folder.parent.glob(f"*/{owner_record.NAME}"))
    return tuple(
        record.parent for record in records if record.parent != folder and owner_record.told_root(record) == root
    )


def remove(project: GoneProject, *, rows: bool) -> bool:
    """Remove what can be made anew of a project that is gone, with `rows` its local database too; whether all of it went.

    Raises `OSError` when something cannot be removed.
    """
    shutil.rmtree(state_root() / "projects" / project.folder.name / _MEMO, ignore_errors=True)
    left = [cluster for cluster in project.clusters if not _remove(cluster, rows)]
    for folder in {cluster.parent for cluster in project.clusters}:
        with suppress(OSError):
            folder.rmdir()
    if not left and project.folder in tree.folders_elsewhere():
        shutil.rmtree(project.folder)
    elif not left:
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
