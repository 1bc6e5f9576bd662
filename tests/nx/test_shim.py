from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from supabase_tasks import settings
from supabase_tasks.errors import SettingsError
from supabase_tasks.nx import shim, targets

TASKS = {"schema-generate": "Write it.", "supabase-db-reset": "Rebuild it."}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "web"\n')
    return tmp_path


def built(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shim.build(settings.load(root), TASKS).after)
    return found


def test_a_new_file_names_the_project_and_has_every_task(root: Path) -> None:
    document = built(root)
    assert document["name"] == "web"
    assert list(document["targets"]) == list(TASKS)
    assert document["targets"]["schema-generate"]["metadata"]["description"] == "Write it."
    assert set(document["namedInputs"]) == {"supabase-migrations", "supabase-models"}


def test_foreign_entries_are_kept(root: Path) -> None:
    mine = {"executor": "nx:run-commands", "options": {"command": "make reset"}}
    before = {
        "name": "platform",
        "tags": ["a"],
        "implicitDependencies": ["lib"],
        "namedInputs": {"supabase-models": ["{projectRoot}/only.py"], "own": []},
        "targets": {"build": {"executor": "x"}, "supabase-db-reset": mine},
    }
    (root / "project.json").write_text(json.dumps(before))
    document = built(root)
    assert (document["name"], document["tags"], document["implicitDependencies"]) == ("platform", ["a"], ["lib"])
    assert document["namedInputs"]["supabase-models"] == ["{projectRoot}/only.py"]
    assert document["targets"]["supabase-db-reset"] == mine
    assert document["targets"]["build"] == {"executor": "x"}
    assert "schema-generate" in document["targets"]


@pytest.mark.parametrize("indent", ["\t", 2, 4])
def test_the_indentation_of_the_file_is_kept(root: Path, indent: str | int) -> None:
    before = json.dumps({"name": "platform", "targets": {"build": {"executor": "x"}}}, indent=indent)
    (root / "project.json").write_text(before)
    after = shim.build(settings.load(root), TASKS).after
    step = indent if isinstance(indent, str) else " " * indent
    assert f'\n{step}"name": "platform",\n' in after and f'\n{step * 2}"build": {{\n' in after


def test_a_task_that_is_gone_takes_its_target_along(root: Path) -> None:
    gone = targets.target("supabase-old", "x")
    (root / "project.json").write_text(json.dumps({"targets": {"supabase-old": gone}}))
    assert "supabase-old" not in built(root)["targets"]


def test_building_twice_changes_nothing(root: Path) -> None:
    first = shim.build(settings.load(root), TASKS)
    assert first.stale
    first.path.write_text(first.after)
    assert not shim.build(settings.load(root), TASKS).stale


def test_the_schema_is_found_from_a_folder_of_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "nx.json").write_text("{}")
    inner = tmp_path / "apps" / "web"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.supabase-tasks]\n")
    assert built(inner)["$schema"] == "../../node_modules/nx/schemas/project-schema.json"


@pytest.mark.parametrize("text", ["{", "[]", '{"targets": []}'])
def test_a_file_that_cannot_be_merged_is_left_alone(root: Path, text: str) -> None:
    (root / "project.json").write_text(text)
    with pytest.raises(SettingsError, match=r"project\.json"):
        built(root)
    assert (root / "project.json").read_text() == text


def test_a_named_input_of_an_earlier_version_is_replaced(root: Path) -> None:
    """Nx accepts `^default` in the inputs of a target only: with it no cached target ran."""
    old = ["{projectRoot}/**/*.py", "{projectRoot}/**/*.sql", "{projectRoot}/.env*", "^default"]
    (root / "project.json").write_text(json.dumps({"namedInputs": {"supabase-models": old, "own": ["default"]}}))
    document = built(root)
    assert document["namedInputs"]["supabase-models"] == targets.named_inputs()["supabase-models"]
    assert document["namedInputs"]["own"] == ["default"]


@pytest.mark.parametrize("entry", ["^default", "^production", {"input": "default", "projects": "dependencies"}])
def test_a_named_input_that_nx_refuses_is_named(root: Path, entry: object) -> None:
    (root / "project.json").write_text(json.dumps({"namedInputs": {"mine": ["{projectRoot}/x", entry]}}))
    with pytest.raises(SettingsError, match="the named input mine"):
        built(root)


def test_a_target_that_forwarded_its_arguments_through_the_shell_is_replaced(root: Path) -> None:
    first = built(root)["targets"]["schema-generate"]
    old = {**first, "options": {**first["options"], "forwardAllArgs": True}}
    old["options"]["command"] = first["options"]["command"].replace("python -m supabase_tasks.nx.arguments", "inv")
    assert old["options"]["command"].endswith('$PATH" inv schema-generate')
    (root / "project.json").write_text(json.dumps({"targets": {"schema-generate": old}}))
    assert built(root)["targets"]["schema-generate"] == first
