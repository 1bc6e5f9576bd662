"""The shim at work: a real nx runs real tasks on a real project with models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import clis, project, workspace
from support.project import Project
from support.workspace import Workspace

from supabase_tasks import collection, postgres, state_dir
from supabase_tasks import settings as settings_module
from supabase_tasks.nx import shim

NAME = "small"


@pytest.fixture
def run(empty: Workspace) -> Iterator[tuple[Workspace, Project]]:
    """A project at the root of its workspace, with its project.json."""
    if reason := clis.why_not():
        pytest.skip(reason)
    made = project.make(empty.root)
    made.write("pyproject.toml", '[tool.supabase-tasks]\nproject = "small"\nmodels = "models"\nlocal = "embedded"\n')
    made.write("supabase/seed.sql", "")
    made.write("project.json", shim.build(made.settings, shim.describe(collection())).after)
    yield empty, made
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(empty.state))
        postgres.stop(made.settings)


def environment() -> dict[str, str | None]:
    return {"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path("3"))}


def test_generate_with_a_name_then_reset(run: tuple[Workspace, Project]) -> None:
    nx, made = run
    written = nx.ok("run", f"{NAME}:schema-generate", "--", "--name", "first try")
    assert [path.name for path in made.migrations] == ["0000_first_try.sql"], written.output
    reset = nx.ok("run", f"{NAME}:supabase-db-reset", env=environment())
    assert "Applying migration 0000_first_try.sql" in reset.output
    assert not nx.ok("run", f"{NAME}:supabase-db-reset", env=environment()).cached


def recorder(folder: Path) -> dict[str, str | None]:
    """An activated environment whose `inv` only says that it ran: what is tested with it is what Nx runs, and when."""
    program = folder / "activated" / "bin" / "inv"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho ran\n")
    program.chmod(0o755)
    return {"VIRTUAL_ENV": str(folder / "activated")}


def test_a_check_is_run_again_after_each_kind_of_change_and_never_without(
    run: tuple[Workspace, Project], folder: Path
) -> None:
    nx, made = run
    check, activated = f"{NAME}:schema-check", recorder(folder)
    assert not nx.ok("run", check, env=activated).cached
    assert nx.ok("run", check, env=activated).cached
    for path in (
        "models.py",
        "pyproject.toml",
        "supabase/config.toml",
        ".env.development",
        "supabase/migrations/1_a.sql",
    ):
        text = (made.root / path).read_text() if (made.root / path).exists() else ""
        made.write(path, text + "\n")
        assert not nx.ok("run", check, env=activated).cached, path
    assert not nx.ok("run", check, env={**activated, "SUPABASE_TASKS_LOCAL": "embedded"}).cached
    made.write("unrelated.txt", "x")
    assert nx.ok("run", check, env=activated).cached


def test_a_failed_check_is_never_a_hit(run: tuple[Workspace, Project]) -> None:
    nx, _ = run
    for _ in range(2):
        ran = nx.nx("run", f"{NAME}:schema-check")
        assert (ran.code, ran.cached) == (1, False), "the models have no migration yet"


def test_arguments_keep_their_quoting(run: tuple[Workspace, Project]) -> None:
    nx, made = run
    nx.ok("run", f"{NAME}:schema-generate", "--", "--name", 'it\'s "two" words')
    assert [path.name for path in made.migrations] == ["0000_it_s_two_words.sql"]


def test_another_dependency_is_a_miss(run: tuple[Workspace, Project], folder: Path) -> None:
    nx, made = run
    made.write("supabase/migrations/0000_one.sql", "create table public.a (id int);\n")
    lint = f"{NAME}:migrations-lint"
    nx.nx("run", lint)
    made.write("supabase/migrations/0000_one.sql", "select 1;\n")
    nx.ok("run", lint)
    assert nx.ok("run", lint).cached
    distribution = folder / "site" / "another-1.0.dist-info"
    distribution.mkdir(parents=True)
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: another\nVersion: 1.0\n")
    assert not nx.ok("run", lint, env={"PYTHONPATH": str(folder / "site")}).cached


@pytest.mark.server
def test_the_reference_application_by_its_documented_names(folder: Path) -> None:
    """This repository itself, where its README says so: a copy of it, because a reset writes state."""
    if reason := workspace.why_not() or clis.why_not():
        pytest.skip(reason)
    import shutil

    copy = workspace.make(folder)
    for name in ("app", "supabase", "project.json", "pyproject.toml", "tasks.py", "nx.json"):
        source = workspace.REPOSITORY / name
        target = copy.root / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    environment_ = environment() | {"SUPABASE_TASKS_LOCAL": "embedded", "PYTHONPATH": str(workspace.REPOSITORY)}
    try:
        shown = copy.project("vectreal-platform")
        assert shown["targets"]["supabase-db-push-staging"]["metadata"]["description"]
        generated = copy.ok("run", "vectreal-platform:schema-generate", "--", "--name", "x", env=environment_)
        assert "nothing to do" in generated.output.lower() or "no changes" in generated.output.lower()
        reset = copy.ok("run", "vectreal-platform:supabase-db-reset", env=environment_)
        assert "Applying migration 0000_security_hardening.sql" in reset.output
    finally:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(state_dir.ROOT_VARIABLE, str(copy.state))
            postgres.stop(settings_module.load(copy.root))
