"""A cluster that begins as a copy is like one that initdb made, and tests of initdb have initdb."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import kept_cluster
from support.kept_cluster import BY_INITDB, Kept

from supabase_tasks.errors import DatabaseError
from supabase_tasks.postgres import installation, lifecycle, tree
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server
TESTS = Path(__file__).parents[1]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Kept]:
    monkeypatch.setattr(lifecycle, "initialise", lifecycle.initialise)
    made = Kept(tmp_path / "kept")
    made.folder.mkdir()
    made.install()
    yield made


@pytest.fixture
def built(tmp_path: Path) -> tree.Tree:
    settings = Settings(root=tmp_path, project="p", supabase=tmp_path, migrations=tmp_path)
    return tree.prepare(installation.find(settings, 17))


@pytest.fixture
def folder() -> Iterator[Path]:
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    made = tree.make_folder(tree.private_root() / f"kept-{os.getpid()}")
    yield made
    kept_cluster.Kept(made).end()


def facts(data: Path) -> dict[str, tuple[int, int, int]]:
    """Owner, group and mode of every file of a data folder, and of itself."""
    found = {path: path.lstat() for path in (data, *data.rglob("*"))}
    return {path.relative_to(data).as_posix(): (stat.st_uid, stat.st_gid, stat.st_mode) for path, stat in found.items()}


def test_a_copy_has_the_files_owners_and_modes_of_what_initdb_made(
    kept: Kept, built: tree.Tree, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lifecycle.initialise(built, folder / "first")
    monkeypatch.setattr(kept_cluster, "by_initdb", None)
    lifecycle.initialise(built, folder / "second")
    assert facts(folder / "second") == facts(folder / "first")
    assert len(facts(folder / "second")) > 900
    assert (folder / "second/pg_hba.conf").read_text() == (folder / "first/pg_hba.conf").read_text()
    assert sorted(path.name for path in folder.iterdir()) == ["first", "second"]


def test_what_initdb_cannot_write_a_copy_cannot_either(kept: Kept, built: tree.Tree, folder: Path) -> None:
    lifecycle.initialise(built, folder / "first")
    with pytest.raises((DatabaseError, OSError)):
        lifecycle.initialise(built, folder / "nowhere" / "second")


def test_a_test_of_clusters_has_initdb(kept: Kept) -> None:
    assert all((TESTS / name).exists() for name in BY_INITDB)
    kept.hold(TESTS / "postgres" / "test_cluster.py", TESTS)
    assert not kept.copies
    kept.hold(TESTS / "flow" / "test_generate.py", TESTS)
    assert kept.copies
