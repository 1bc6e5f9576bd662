"""Reading the models for a comparison: in this process, or in a forked one where that pays.

A process of its own leaves this one free for PostgreSQL and the other side of the comparison, and takes the classes' memory
with it when it ends: what goes on is what `declared` holds and the statements. It pays for many models, and for any in a
process that still has every library to import: then each of the two imports its own, on a processor of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.inputs import Inputs
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.settings import Settings

# As many bytes of Python as some 300 tables have: below it, copying the memory of an interpreter that has the libraries costs
# more than it saves.
LARGE_BYTES = 500_000
# What both sides need and takes longest; a helper's worker has it.
_LIBRARY = "sqlalchemy"


class ModelLoader(Protocol):
    """The models of a run. Both methods raise `ModelsError` as `loading.load` does."""

    # Whether this process is free meanwhile.
    in_other_process: bool

    def load_summary(self) -> ModelSummary:
        """What the models say; waits for their import."""

    def statements(self) -> Iterator[Statement]:
        """Their DDL in order, once; each as soon as it is compiled."""

    def read_inputs(self) -> Inputs:
        """What they rest on; to be asked when their last statement was given."""


@contextmanager
def open_loader(settings: Settings, known: Iterable[str] = ()) -> Iterator[ModelLoader]:
    """The loader of the models, already started where it is a forked process; no thread of the caller's may run yet.

    `known` are files that belonged to them at the last run.
    """
    from supabase_tasks.models import forked_loader, in_process_loader

    with ExitStack() as stack:
        reading: ModelLoader | None = None
        if forked_loader.possible() and _pays(settings, known):
            # No memory or no process is left for it: it will have to do in this one.
            with suppress(OSError):
                reading = stack.enter_context(forked_loader.open_loader(settings))
        yield reading or stack.enter_context(in_process_loader.open_in_process(settings))


def _pays(settings: Settings, known: Iterable[str]) -> bool:
    if _LIBRARY not in sys.modules and _processors() > 1:
        return True
    return _bytes(settings, known) >= LARGE_BYTES


def _processors() -> int:
    """How many this process may use; 1 where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _bytes(settings: Settings, known: Iterable[str]) -> int:
    """How much Python there is in the models' package, and in what else belonged to them."""
    place = settings.root.joinpath(*(settings.models or "").split("."))
    own = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    files = {*map(str, own), *(name for name in known if name.endswith(".py"))}
    return sum(path.stat().st_size for path in map(Path, files) if path.is_file())
