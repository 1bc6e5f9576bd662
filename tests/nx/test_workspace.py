"""What goes into a workspace in addition to the plugin's own file, by the version of its nx."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supabase_tasks import settings
from supabase_tasks.nx import workspace
from supabase_tasks.nx.workspace import COPY
from supabase_tasks.tasks import collection_of


def files(root: Path, version: str | None) -> list[str]:
    (root / "nx.json").write_text("{}")
    (root / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    if version is not None:
        package = root / "node_modules" / "nx" / "package.json"
        package.parent.mkdir(parents=True)
        package.write_text(json.dumps({"version": version}))
    return [shim.path.relative_to(root).as_posix() for shim in workspace.plugin(settings.load(root), collection_of)]


@pytest.mark.parametrize("version", [None, "20.8.4", "21.6.11", "23.3.2", "24.0.6"])
def test_the_plugin_and_its_line(tmp_path: Path, version: str | None) -> None:
    assert files(tmp_path, version) == [COPY, "nx.json"]


def test_nx_22_gets_the_tsconfig_without_which_it_loads_no_plugin(tmp_path: Path) -> None:
    assert files(tmp_path, "22.7.12") == ["tsconfig.json", COPY, "nx.json"]


@pytest.mark.parametrize("name", ["tsconfig.json", "tsconfig.base.json"])
def test_a_tsconfig_that_is_there_is_enough(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    assert files(tmp_path, "22.7.12") == [COPY, "nx.json"]
