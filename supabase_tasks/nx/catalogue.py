"""targets.json, which the inference plugin reads: each target as a template, so that Nx need not start Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.nx import shim, targets
from supabase_tasks.settings import DEFAULT_TARGETS, TargetSettings

if TYPE_CHECKING:
    from invoke.collection import Collection

# Every task of the tool for the hosted targets given: the tasks are above this layer, so they are handed in.
CollectionOf = Callable[[Sequence[TargetSettings]], "Collection"]
FOLDER = Path(__file__).parent
PLUGIN = FOLDER / "plugin.cjs"
FILE = FOLDER / "targets.json"
# A name that a hosted target may have and no task name contains otherwise.
_PLACE = "hosted-target-name"


def render(collection_of: CollectionOf) -> str:
    """The text of targets.json for the tasks that `collection_of` gives."""
    local = {
        name: {"group": _group(name), "target": _template(name, text)}
        for name, text in _tasks(collection_of, []).items()
    }
    one = TargetSettings(_PLACE)
    hosted = {name: text for name, text in _tasks(collection_of, [one]).items() if name not in local}
    document = {
        "defaultTargets": [target.name for target in DEFAULT_TARGETS],
        "technologies": list(targets.TECHNOLOGIES),
        "namedInputs": targets.named_inputs(),
        "local": local,
        "hosted": {
            _with_placeholder(name): {"target": _template(_with_placeholder(name), _with_placeholder(text))}
            for name, text in hosted.items()
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def standalone(collection_of: CollectionOf) -> str:
    """The plugin with its targets inside: one file to copy into a workspace."""
    text = PLUGIN.read_text(encoding="utf-8")
    return text.replace("require('./targets.json')", render(collection_of).rstrip()).replace(
        "Generated targets: targets.json.", "A copy: run the command again after an update of supabase-tasks."
    )


def _tasks(collection_of: CollectionOf, hosted: list[TargetSettings]) -> dict[str, str]:
    return shim.describe(collection_of(hosted))


def _with_placeholder(text: str) -> str:
    return text.replace(_PLACE, "{target}")


def _template(name: str, description: str) -> dict[str, Any]:
    return targets.target(name, description, "{pythonRoot}")


def _group(name: str) -> str:
    head = name.partition("-")[0]
    return {"supabase": "supabase local"}.get(head, head if head in ("schema", "migrations") else "supabase-tasks")
