"""The models, imported into this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from supabase_tasks.models.declaration import Models, Statement
from supabase_tasks.models.inputs import Inputs
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.models.import_trace import ImportTrace


class InProcessLoader:
    """The models imported into this process."""

    in_other_process = False

    def __init__(self, settings: Settings, trace: ImportTrace | None = None) -> None:
        self._settings = settings
        self._trace = trace

    @cached_property
    def _models(self) -> Models:
        from supabase_tasks.models import loading

        return loading.load(self._settings)

    def load_summary(self) -> ModelSummary:
        from supabase_tasks.models import import_watch, summary

        with import_watch.resume(self._trace):
            return summary.of(self._models)

    def statements(self) -> Iterator[Statement]:
        from supabase_tasks.models import ddl, import_watch

        return import_watch.each(self._trace, ddl.stream(self._models))

    def read_inputs(self) -> Inputs:
        from supabase_tasks.models import evidence

        assert self._trace is not None, "the import was not watched"
        return evidence.of(self._models, self._trace)


@contextmanager
def open_in_process(settings: Settings) -> Iterator[InProcessLoader]:
    """The models read in this process, watched for as long as the block lasts whenever their code runs."""
    from supabase_tasks.models import import_watch

    with import_watch.trace_imports(settings.root) as trace:
        trace.awake = False
        yield InProcessLoader(settings, trace)
