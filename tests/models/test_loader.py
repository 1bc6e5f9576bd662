"""Where the models are read: here, or apart where they are many and that can be done."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks.models import forked_loader, loader
from supabase_tasks.process import OUR_THREADS

PADDING = "#" + "." * loader.LARGE_BYTES + "\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    # The test runner's own threads would forbid it.
    monkeypatch.setattr(forked_loader, "possible", lambda: True)
    yield projects.make(tmp_path)
    projects.forget("models", "shop")


def is_apart(project: Project, *known: str) -> bool:
    with loader.open_loader(project.settings, known) as found:
        assert found.load_summary().tables == {"public.team", "public.player"}
        return found.in_other_process


def test_few_models_are_read_here(project: Project) -> None:
    assert not is_apart(project)


def test_many_are_read_apart(project: Project) -> None:
    project.models(PADDING + projects.MODELS)
    assert is_apart(project)


def test_many_in_a_package_are_read_apart(project: Project) -> None:
    project.write("pyproject.toml", '[tool.supabase-tasks]\nmodels = "shop.models"\n')
    project.write("shop/models/__init__.py", projects.MODELS)
    project.write("shop/models/deep/large.py", PADDING)
    assert is_apart(project)


def test_what_belonged_to_them_at_the_last_run_counts_wherever_it_is(project: Project, tmp_path: Path) -> None:
    large = project.write("elsewhere.py", PADDING)
    data = project.write("large.json", PADDING)
    assert not is_apart(project, str(data), str(tmp_path / "removed.py"))
    assert is_apart(project, str(large))


def test_few_are_read_apart_before_the_libraries_are_there_and_only_where_two_processors_are(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "_LIBRARY", "not_imported_yet")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert is_apart(project)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert not is_apart(project)


def test_they_are_read_here_where_the_process_cannot_be_copied(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.models(PADDING + projects.MODELS)
    with monkeypatch.context() as patch:
        patch.setattr(forked_loader, "possible", lambda: False)
        assert not is_apart(project)
    projects.forget("models")

    def refused() -> int:
        raise BlockingIOError(11, "no process is left")

    monkeypatch.setattr(forked_loader, "_copy", refused)
    assert not is_apart(project)


def test_a_foreign_thread_forbids_a_copy_of_the_process_and_ours_does_not() -> None:
    threads = (thread for thread in threading.enumerate() if thread is not threading.main_thread())
    others = [thread for thread in threads if not thread.name.startswith(OUR_THREADS)]
    assert forked_loader.possible() == (not others)
    over = threading.Event()
    names = (f"{OUR_THREADS}-caller", "somebody's")
    for name, allowed in zip(names, (not others, False), strict=True):
        thread = threading.Thread(target=over.wait, name=name, daemon=True)
        thread.start()
        assert forked_loader.possible() == allowed
    over.set()
