"""Switches of the whole interpreter: how often threads change, and when it looks for garbage. They are set here only, for
one that is set twice is restored wrongly."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def short_switch_interval() -> Iterator[None]:
    """A thread that speaks to PostgreSQL needs the interpreter often and for a moment only. In turns of 5 ms (the
    default) what takes it 30 ms alone takes 450 ms during the import of 30 tables, and one of 0.2 ms costs the import
    nothing that could be measured."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def few_collections() -> Iterator[None]:
    """Models and snapshots are made and kept: looking for garbage among them took a third of the import of 1,000
    tables (10.7 s against 6.6 s) and found none."""
    before = gc.get_threshold()
    # What `freeze_imports` froze stays so: only all of it can be unfrozen.
    frozen = gc.get_freeze_count() > 0
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()


def freeze_imports(*, collect: bool = False) -> None:
    """Never look for garbage again in what is there now, after a last look with `collect`: what was imported stays to the
    end, and forked processes share memory that the collector does not touch."""
    if collect:
        gc.collect()
    gc.freeze()
