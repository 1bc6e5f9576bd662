"""Putting the inference plugin into an Nx workspace: one file, and its line in nx.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from supabase_tasks.errors import SettingsError
from supabase_tasks.files import GeneratedFile, json_text, text_of
from supabase_tasks.nx import catalogue
from supabase_tasks.nx.catalogue import CollectionOf
from supabase_tasks.nx.shim import workspace_of
from supabase_tasks.settings import Settings

COPY = "tools/supabase-tasks.cjs"
_NEEDS_TSCONFIG = 22
_TSCONFIGS = ("tsconfig.base.json", "tsconfig.json")


def plugin(settings: Settings, collection_of: CollectionOf) -> tuple[GeneratedFile, ...]:
    """The files that register the plugin in the workspace around the project, as they are and as they should be.

    Raises `SettingsError` when nx.json is not plain JSON.
    """
    workspace = workspace_of(settings.root)
    copy, nx_json = workspace / COPY, workspace / "nx.json"
    before = text_of(nx_json)
    return (
        *_typescript(workspace),
        GeneratedFile.at(copy, catalogue.standalone(collection_of)),
        GeneratedFile(nx_json, before, _register(nx_json, before)),
    )


def _typescript(workspace: Path) -> tuple[GeneratedFile, ...]:
    """An empty tsconfig.json where Nx 22 would not load the plugin without one.

    Measured with nx 20.8.4, 21.6.11, 22.7.12, 23.3.2 and 24.0.6: only 22 looks for a plugin of the workspace in the
    paths of tsconfig.base.json or tsconfig.json, and fails when there is neither.
    """
    if _nx_major(workspace) != _NEEDS_TSCONFIG or any((workspace / name).exists() for name in _TSCONFIGS):
        return ()
    return (GeneratedFile(workspace / _TSCONFIGS[1], None, '{ "files": [] }\n'),)


def _nx_major(workspace: Path) -> int | None:
    try:
        document = json.loads((workspace / "node_modules" / "nx" / "package.json").read_text(encoding="utf-8"))
        return int(document["version"].partition(".")[0])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None


def own(settings: Settings, collection_of: CollectionOf) -> tuple[GeneratedFile, ...]:
    """targets.json of the package itself, when the project is the one that the package is developed in."""
    if not catalogue.FILE.is_relative_to(settings.root / "supabase_tasks"):
        return ()
    return (GeneratedFile.at(catalogue.FILE, catalogue.render(collection_of)),)


def _register(path: Path, before: str | None) -> str:
    document = _document(path, before)
    plugins = document.get("plugins", [])
    names = [one.get("plugin") if isinstance(one, dict) else one for one in plugins]
    if f"./{COPY}" in names and before is not None:
        return before
    return json_text({**document, "plugins": [*plugins, f"./{COPY}"]}, before)


# nx.json is whatever JSON somebody wrote.
def _document(path: Path, text: str | None) -> dict[str, Any]:
    try:
        document = json.loads(text) if text is not None else {}
    except ValueError as error:
        raise SettingsError(
            f"{path} is not plain JSON",
            cause=str(error),
            next_step=f'add "./{COPY}" to "plugins" in {path} yourself, then run the same command again',
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("plugins", []), list):
        raise SettingsError(f"{path} must hold an object whose plugins are a list", next_step=f"repair {path}")
    return document
