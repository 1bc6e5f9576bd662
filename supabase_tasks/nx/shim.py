"""project.json, generated from the Invoke collection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.errors import SettingsError
from supabase_tasks.files import GeneratedFile, json_text, text_of
from supabase_tasks.nx import targets
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from invoke.collection import Collection


def describe(collection: Collection) -> dict[str, str]:
    """Every task that is a target, with the first line of its docstring, sorted by name."""
    found = {}
    for name in sorted(collection.task_names):
        if name not in targets.NOT_TARGETS:
            lines = (collection[name].__doc__ or "").strip().splitlines()
            found[name] = lines[0].strip() if lines else ""
    return found


def build(settings: Settings, tasks: Mapping[str, str]) -> GeneratedFile:
    """The project.json of the project for `tasks` (name to description).

    What somebody else wrote into it (name, tags, other targets, named inputs of the same name) is kept. Raises
    `SettingsError` when the existing file is not a JSON object.
    """
    path = settings.root / "project.json"
    before = text_of(path)
    document = _document(path, before)
    workspace = workspace_of(settings.root)
    root = settings.root.relative_to(workspace).as_posix()
    schema = settings.root / "node_modules" / "nx" / "schemas" / "project-schema.json"
    head = {
        "$schema": _relative(
            schema if workspace == settings.root else workspace / schema.relative_to(settings.root), settings.root
        ),
        "name": settings.project,
        "projectType": "application",
    }
    kept = {name: body for name, body in _targets(path, document).items() if not targets.is_ours(body)}
    ours = {name: targets.target(name, text, root) for name, text in tasks.items() if name not in kept}
    result = {
        **head,
        **document,
        "namedInputs": {**targets.named_inputs(), **_own_inputs(path, document)},
        "targets": {**kept, **ours},
    }
    return GeneratedFile(path, before, json_text(result, before))


def workspace_of(root: Path) -> Path:
    """The nearest folder from `root` upwards that holds nx.json, else `root` itself."""
    return next((folder for folder in (root, *root.parents) if (folder / "nx.json").is_file()), root)


def _relative(path: Path, start: Path) -> str:
    import os

    relative = Path(os.path.relpath(path, start)).as_posix()
    return relative if relative.startswith(".") else f"./{relative}"


# The document is whatever JSON somebody wrote.
def _document(path: Path, text: str | None) -> dict[str, Any]:
    try:
        document = json.loads(text) if text is not None else {}
    except ValueError as error:
        raise SettingsError(f"{path} is not JSON", cause=str(error), next_step=f"repair {path}") from error
    if not isinstance(document, dict):
        raise SettingsError(f"{path} must hold a JSON object", next_step=f"repair {path}")
    return document


def _own_inputs(path: Path, document: Mapping[str, Any]) -> dict[str, Any]:
    """The named inputs that somebody else wrote. Raises `SettingsError` for one that Nx refuses in every target."""
    found = document.get("namedInputs", {})
    if not isinstance(found, dict):
        raise SettingsError(f"{path}: namedInputs must be a JSON object", next_step=f"repair {path}")
    own = {name: body for name, body in found.items() if not targets.is_former_input(name, body)}
    for name, body in own.items():
        for entry in body if isinstance(body, list) else ():
            if (isinstance(entry, str) and entry.startswith("^")) or (isinstance(entry, dict) and "projects" in entry):
                raise SettingsError(
                    f"{path}: the named input {name} holds {json.dumps(entry)}, which Nx accepts in the inputs of a target only",
                    cause="namedInputs definitions can only refer to other namedInputs definitions within the same project",
                    next_step=f"remove {json.dumps(entry)} from namedInputs.{name} in {path}, then run the same command again",
                    code="nx-named-input",
                )
    return own


def _targets(path: Path, document: Mapping[str, Any]) -> dict[str, Any]:
    found = document.get("targets", {})
    if not isinstance(found, dict):
        raise SettingsError(f"{path}: targets must be a JSON object", next_step=f"repair {path}")
    return found
