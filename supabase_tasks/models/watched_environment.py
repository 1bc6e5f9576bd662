"""Reads of the process's variables while the models are imported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from supabase_tasks.models import call_stack
from supabase_tasks.models.import_trace import EVERY_VARIABLE, current


@contextmanager
def record_reads() -> Iterator[None]:
    """Inside the block `os.environ` and `os.environb` note what is read of them."""
    both: list[Any] = [os.environ, os.environb] if hasattr(os, "environb") else [os.environ]
    originals = [(variables, variables.__class__) for variables in both]
    for variables, _ in originals:
        variables.__class__ = Recording
    try:
        yield
    finally:
        for variables, original in originals:
            variables.__class__ = original


class Recording(os._Environ):  # type: ignore[type-arg]
    """`os.environ` while it is watched; the object stays the same, so `from os import environ` is seen too."""

    def __getitem__(self, key: Any) -> Any:
        trace = current()
        if trace is not None and isinstance(key, str | bytes):
            trace.variables.add(os.fsdecode(key))
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        _all_variables()
        return super().__iter__()

    def __len__(self) -> int:
        _all_variables()
        return super().__len__()

    def __repr__(self) -> str:
        _all_variables()
        return super().__repr__()


def _all_variables() -> None:
    trace = current()
    # A library that copies the environment while it is imported asks for nothing in particular.
    if trace is not None and call_stack.author(2):
        trace.variables.add(EVERY_VARIABLE)
