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
    from supabase_tasks.models.watch import Watch


class InProcessLoader:
    """The models imported into this process."""

    in_other_process = False

    def __init__(self, settings: Settings, watch: Watch | None = None) -> None:
        self._settings = settings
        self._watch = watch

    @cached_property
    def _models(self) -> Models:
        from supabase_tasks.models import loading

        return loading.load(self._settings)

    def declared(self) -> ModelSummary:
        from supabase_tasks.models import summary, watching

        with watching.resumed(self._watch):
            return summary.of(self._models)

    def statements(self) -> Iterator[Statement]:
        from supabase_tasks.models import ddl, watching

        return watching.each(self._watch, ddl.stream(self._models))

    def seen(self) -> Inputs:
        from supabase_tasks.models import evidence

        assert self._watch is not None, "the import was not watched"
        return evidence.of(self._models, self._watch)


@contextmanager
def open_in_process(settings: Settings) -> Iterator[InProcessLoader]:
    """The models read in this process, watched for as long as the block lasts whenever their code runs."""
    from supabase_tasks.models import watching

    with watching.watch_imports(settings.root) as watch:
        watch.awake = False
        yield InProcessLoader(settings, watch)
