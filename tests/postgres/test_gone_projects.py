"""State of projects whose folder is gone is found and removed, and nothing that could be missed goes with it."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supabase_tasks import flock, postgres, progress, state_dir
from supabase_tasks.flow.health import caches
from supabase_tasks.flow.local import database
from supabase_tasks.postgres import owner_record, tree
from supabase_tasks.settings import Settings


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Anybody may pass, so that root's state stays here too: how many folders of pytest are above differs.
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(0o755)
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
    monkeypatch.setattr(tree, "_SHARED", tmp_path / "var-cache")
    return tree.private_root()


def project(state: Path, name: str, *clusters: str) -> tuple[Path, Path]:
    """A project and its state folder, with clusters of these names."""
    root, folder = state_dir.state_root().parent / name, state / "projects" / f"{name}-123456789abc"
    root.mkdir()
    owner_record.note(folder, root)
    for cluster in clusters:
        (folder / "postgres-17" / cluster / "data").mkdir(parents=True)
    (state_dir.state_root() / "projects" / folder.name / "memo").mkdir(parents=True)
    return root, folder


def removed(rows: bool) -> list[bool]:
    return [postgres.remove_gone(one, rows=rows) for one in postgres.find_gone()]


def test_what_can_be_made_anew_goes_and_rows_only_when_it_is_said(state: Path) -> None:
    root, folder = project(state, "a", "local", "shadow")
    assert postgres.find_gone() == ()
    root.rmdir()
    assert [one.root for one in postgres.find_gone()] == [root]
    assert removed(rows=False) == [False]
    assert [path.name for path in folder.glob("*/*")] == ["local"]
    assert not (folder / "memo").exists()
    assert removed(rows=True) == [True]
    assert not folder.exists()
    assert postgres.find_gone() == ()


def test_the_doctor_names_them_and_what_removes_them(state: Path) -> None:
    settings = Settings(root=state.parent, project="here", supabase=state.parent, migrations=state.parent)

    def told() -> list[tuple[str, str | None]]:
        return [(one.value, one.fix) for one in caches.check(settings) if one.name == "projects gone"]

    root, _ = project(state, "a", "shadow")
    assert told() == []
    root.rmdir()
    assert told() == [(f"state of 1 whose folder is gone: {root}", "inv supabase-stop --all")]
    other, _ = project(state, "b", "local")
    other.rmdir()
    ((value, fix),) = told()
    assert value == f"state of 2 whose folder is gone: {root}, {other}"
    assert fix == "inv supabase-stop --all --gone: their local databases too"


def test_dumps_and_the_journal_of_hosted_databases_stay(state: Path) -> None:
    root, folder = project(state, "a", "shadow")
    (folder / "dumps").mkdir()
    (folder / "hosted-changes.jsonl").touch()
    root.rmdir()
    assert removed(rows=True) == [True]
    assert {path.name for path in folder.iterdir()} == {"dumps", "hosted-changes.jsonl", "project.json"}
    assert postgres.find_gone() == ()


@pytest.mark.parametrize("where", ["another disk", "nowhere", "nothing to read"])
def test_a_project_is_gone_only_where_its_disk_is_there(state: Path, where: str) -> None:
    root, folder = project(state, "a", "shadow")
    record = folder / "project.json"
    told = {"another disk": {"root": str(root), "device": -1}, "nowhere": {}, "nothing to read": []}
    record.write_text(json.dumps(told[where]))
    root.rmdir()
    assert postgres.find_gone() == ()


def test_one_whose_parent_folders_are_gone_as_well_is_gone(state: Path) -> None:
    root, folder = project(state, "a", "shadow")
    deep = root / "b" / "c"
    deep.mkdir(parents=True)
    owner_record.note(folder, deep)
    shutil.rmtree(root)
    assert [one.root for one in postgres.find_gone()] == [deep]


def test_one_that_came_back_elsewhere_and_one_that_is_a_link_are_not(state: Path) -> None:
    root, _ = project(state, "a", "shadow")
    root.rmdir()
    root.symlink_to(state.parent / "nothing")
    assert postgres.find_gone() == ()


@pytest.fixture
def process(state: Path) -> Iterator[subprocess.Popen[bytes]]:
    data = state / "projects" / "a-123456789abc" / "postgres-17" / "shadow" / "data"
    waits = [sys.executable, "-c", "import sys; print('here', flush=True); sys.stdin.read()", str(data)]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as found:
        # Before that /proc may not know its arguments.
        assert found.stdout is not None
        assert found.stdout.readline() == b"here\n"
        yield found
        found.communicate()


def test_a_server_that_runs_is_left(state: Path, process: subprocess.Popen[bytes]) -> None:
    root, folder = project(state, "a", "shadow")
    pid_file = folder / "postgres-17" / "shadow" / "data" / "postmaster.pid"
    pid_file.write_text(f"{process.pid}\n")
    root.rmdir()
    assert removed(rows=True) == [False]
    pid_file.unlink()
    assert removed(rows=True) == [True]


def test_one_that_a_command_uses_is_left(state: Path) -> None:
    root, folder = project(state, "a", "shadow")
    root.rmdir()
    with (folder / "postgres-17" / "shadow" / "in-use").open("w") as file:
        flock.lock_shared(file.fileno())
        assert removed(rows=True) == [False]
    assert removed(rows=True) == [True]


def elsewhere(root: Path, *clusters: str) -> Path:
    """What PostgreSQL needs of the state folder `root`, which it cannot reach, with clusters of these names."""
    root.mkdir()
    folder = tree._elsewhere(root)
    (folder / "installations" / "17-x").mkdir(parents=True)
    for cluster in clusters:
        (folder / "projects" / "a-123456789abc" / "postgres-17" / cluster / "data").mkdir(parents=True)
    return folder


@pytest.mark.parametrize("clusters", [(), ("shadow",), ("shadow", "local")])
def test_what_lies_elsewhere_for_a_state_folder_that_is_gone_goes(state: Path, clusters: tuple[str, ...]) -> None:
    root = state.parent / "closed"
    folder = elsewhere(root, *clusters)
    assert postgres.find_gone() == ()
    root.rmdir()
    assert [one.root for one in postgres.find_gone()] == [root]
    kept = "local" in clusters
    assert removed(rows=False) == [not kept]
    assert folder.exists() is kept
    assert removed(rows=True) == ([True] if kept else [])
    assert not folder.exists()


def test_that_of_a_state_folder_of_which_nothing_is_said_stays(state: Path) -> None:
    root = state.parent / "closed"
    folder = elsewhere(root, "shadow")
    (folder / "project.json").unlink()
    root.rmdir()
    assert postgres.find_gone() == ()


def test_a_server_in_it_that_is_used_keeps_it(state: Path) -> None:
    root = state.parent / "closed"
    folder = elsewhere(root, "shadow")
    root.rmdir()
    with (folder / "projects" / "a-123456789abc" / "postgres-17" / "shadow" / "in-use").open("w") as file:
        flock.lock_shared(file.fileno())
        assert removed(rows=True) == [False]
    assert removed(rows=True) == [True]


def test_what_takes_long_is_counted(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        project(state, name, "shadow")[0].rmdir()
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(progress, "step", lambda *step: told.append(step))
    database.forget_gone(rows=False)
    what = "removing the state of projects whose folder is gone"
    assert told == [(what, 1, 2), (what, 2, 2)]
