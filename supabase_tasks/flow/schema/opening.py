"""A comparison from its beginning: the models' import first, everything else while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from supabase_tasks import interpreter
from supabase_tasks.flow.schema import preconditions
from supabase_tasks.models import loader
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.flow.schema.comparison import Comparison


@contextmanager
def open_comparison(settings: Settings, known: Mapping[str, str] | None = None) -> Iterator[Comparison]:
    """`comparison.compare` of the project's models. `known` has digests of files by path. Raises as it does, and `SettingsError`
    for a project that names no models."""
    preconditions.require_models(settings)
    with interpreter.few_collections(), loader.open_loader(settings, known or {}) as models:
        # Not sooner: what imports the models in a process of its own begins before this one imports anything.
        from supabase_tasks.flow.schema import comparison

        with comparison.compare(settings, models, known or {}) as opened:
            yield opened
