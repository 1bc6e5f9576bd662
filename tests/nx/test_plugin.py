"""The inference plugin in a real workspace with two apps, and one folder that is none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.workspace import CONFIG, TASKS, Workspace

from supabase_tasks import settings
from supabase_tasks.nx import workspace as nx_workspace
from supabase_tasks.tasks import collection_of

TABLE = "create table public.{name} (id int primary key);\nalter table public.{name} enable row level security;\n"


def app(workspace: Workspace, name: str, section: str = "") -> None:
    workspace.write(f"apps/{name}/pyproject.toml", f"[tool.supabase-tasks]\n{section}")
    workspace.write(f"apps/{name}/tasks.py", TASKS)
    workspace.write(f"apps/{name}/supabase/config.toml", CONFIG)
    workspace.write(f"apps/{name}/supabase/migrations/0001_first.sql", TABLE.format(name=name))


@pytest.fixture
def workspace(empty: Workspace) -> Workspace:
    app(empty, "shop", 'project = "web-shop"\n[tool.supabase-tasks.targets.qa]\n')
    app(empty, "blog")
    empty.write("apps/other/supabase/config.toml", CONFIG)
    empty.write("apps/other/pyproject.toml", "[project]\nname = 'other'\n")
    for one in nx_workspace.plugin(settings.load(empty.root / "apps" / "shop"), collection_of):
        empty.write(one.path.relative_to(empty.root).as_posix(), one.after)
    return empty


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_both_apps_have_their_targets_and_no_other_project(workspace: Workspace) -> None:
    assert set(workspace.ok("show", "projects").output.split()) == {"web-shop", "blog"}
    shop, blog = workspace.project("web-shop"), workspace.project("blog")
    assert shop["root"] == "apps/shop"
    assert "supabase-db-push-qa" in shop["targets"]
    assert "supabase-db-push-qa" not in blog["targets"]
    assert {"schema-generate", "supabase-db-push-prod", "supabase-db-dump-staging-public"} <= set(blog["targets"])
    assert "supabase-db-push-prod" in shop["metadata"]["targetGroups"]["supabase prod"]
    target = shop["targets"]["migrations-lint"]
    assert (target["cache"], target["options"]["cwd"]) == (True, "apps/shop")
    assert "apps/shop/.venv/bin" in str(target["inputs"])


def test_a_target_runs_in_its_app_and_run_many_runs_both(workspace: Workspace) -> None:
    ran = workspace.ok("run-many", "-t", "migrations-lint")
    assert "web-shop:migrations-lint" in ran.output
    assert "blog:migrations-lint" in ran.output
    assert workspace.ok("run", "blog:migrations-lint").cached


def test_affected_is_the_app_that_changed(workspace: Workspace) -> None:
    git(workspace.root, "init", "-q", "-b", "main")
    git(workspace.root, "add", "-A")
    git(workspace.root, "commit", "-q", "-m", "first")
    git(workspace.root, "checkout", "-q", "-b", "change")
    workspace.write("apps/blog/supabase/migrations/0002_more.sql", TABLE.format(name="more"))
    git(workspace.root, "add", "-A")
    git(workspace.root, "commit", "-q", "-m", "second")
    ran = workspace.ok("affected", "-t", "migrations-lint")
    assert "blog:migrations-lint" in ran.output
    assert "web-shop:migrations-lint" not in ran.output


@pytest.mark.parametrize(
    "asked", ["web-shop:supabase-db-push-prdo", "web-shop:supabase-db-push:prod", "webshop:supabase-db-reset"]
)
def test_a_misspelt_target_or_project_runs_nothing(workspace: Workspace, asked: str) -> None:
    ran = workspace.nx("run", asked)
    assert ran.code != 0
    assert "Cannot find" in ran.output
    assert not workspace.state.exists()


def test_a_configuration_that_is_none_runs_nothing(workspace: Workspace) -> None:
    ran = workspace.nx("run", "web-shop:supabase-db-reset:staging")
    assert ran.code != 0
    assert "has no configuration 'staging': nothing was run" in ran.output
    assert not workspace.state.exists()


def test_an_option_that_the_plugin_has_not_is_said(workspace: Workspace) -> None:
    workspace.write("nx.json", '{"plugins": [{"plugin": "./tools/supabase-tasks.cjs", "options": {"prefx": "x"}}]}')
    ran = workspace.nx("show", "projects", "--verbose")
    assert 'the plugin has no option "prefx"' in ran.output


def test_the_name_in_project_json_is_the_project_s(workspace: Workspace) -> None:
    workspace.write("apps/blog/project.json", '{"name": "news"}')
    assert "schema-check" in workspace.project("news")["targets"]


def test_putting_the_plugin_in_twice_changes_nothing(workspace: Workspace) -> None:
    assert not any(
        one.stale for one in nx_workspace.plugin(settings.load(workspace.root / "apps" / "blog"), collection_of)
    )
