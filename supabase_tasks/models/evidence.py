"""From what was watched to what a memo can rest on (`Inputs`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from supabase_tasks import installed
from supabase_tasks.looks import ABSENT, signature_of
from supabase_tasks.models.call_stack import is_foreign
from supabase_tasks.models.declaration import Models
from supabase_tasks.models.import_trace import ImportTrace
from supabase_tasks.models.inputs import Inputs


def of(models: Models, trace: ImportTrace) -> Inputs:
    """All that the models were seen to rest on. Call it when their last statement was given."""
    modules = set(_modules())
    libraries = {name for name in modules | trace.sources if is_foreign(name)}
    own = {Path(name) for name in trace.sources - libraries if not _is_plugin(name)}
    return Inputs(
        files=tuple(sorted({*models.files, *own, *own_modules(), *trace.opened})),
        opened={str(path): ABSENT if found is None else signature_of(found) for path, found in trace.opened.items()},
        libraries=tuple(sorted(libraries)),
        folders=tuple(sorted(_folders())),
        looks=dict(trace.looks),
        environment=tuple(sorted({*models.environment, *trace.variables})),
        untracked_inputs=untracked_inputs(trace),
    )


def untracked_inputs(trace: ImportTrace) -> tuple[str, ...]:
    """What no list can hold, each with the line that asked."""
    return tuple(sorted({*trace.untracked_lines(), *_unseen(trace.root)}))


def imported_before(trace: ImportTrace) -> dict[str, str]:
    """Modules of the project (and their files) that are here before anybody watches: what they read is unknown."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and not _is_plugin(file) and trace.owns(Path(file)):
            found[name] = file
    return found


def own_modules() -> Iterator[Path]:
    """The files of all modules that are neither a library's nor the tool's, wherever they are: a neighbour in a
    monorepo, and what `tasks.py` had imported before."""
    for name in _modules():
        if not is_foreign(name):
            yield Path(os.path.abspath(name))  # noqa: PTH100 (as Python does)


def _modules() -> Iterator[str]:
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and not _is_plugin(file):
            yield file


def _is_plugin(name: str) -> bool:
    # Its files are part of what every memo is named by.
    return name.startswith(f"{installed.PACKAGE}/")


def _folders() -> Iterator[str]:
    """Where Python looks for modules: what is not there today may hide one of them tomorrow."""
    for name in (*sys.path, *sys.path_importer_cache):
        yield os.path.abspath(name)  # noqa: PTH100 (as Python does)
    for module in list(sys.modules.values()):
        path = getattr(module, "__path__", None)
        if path is not None and not _is_plugin(f"{getattr(module, '__file__', None) or ''}"):
            yield from (os.path.abspath(name) for name in list(path) if isinstance(name, str))  # noqa: PTH100


def _unseen(root: Path) -> Iterator[str]:
    """Where every file counts as a library's, no list of the models' files can be made."""
    if is_foreign(f"{root}/models.py"):
        yield "project.foreign"
