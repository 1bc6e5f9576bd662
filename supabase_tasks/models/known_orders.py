"""Which models were found to read the same in every run, so that they need not be imported for it again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from supabase_tasks import cache_file, installed, state_dir
from supabase_tasks.errors import TaskError
from supabase_tasks.files import digest, keep_newest
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.settings import Settings

_FORMAT = "supabase-tasks orders 1"
_KEPT = 8
_EVERY_VARIABLE = "*"


@dataclass
class Answer:
    """The answer for `models`: known under a digest of their files, the variables that they read, the settings and what is
    installed. Models that ask for what none of these can hold have none that is kept, nor has a project without a memo."""

    settings: Settings
    models: ModelSummary

    def is_known(self) -> bool:
        """Whether just these models were found to read the same in every run."""
        return self._path is not None and cache_file.read(self._path, _FORMAT) is not None

    def remember(self) -> None:
        """Keep that they do. A cache that cannot be written costs time only."""
        if self._path is not None:
            with suppress(OSError, TaskError):
                cache_file.write(self._path, _FORMAT, b"")
                keep_newest(self._path.parent, _KEPT)

    @cached_property
    def _path(self) -> Path | None:
        if self.models.untracked_inputs or not self.settings.memo:
            return None
        with suppress(OSError, TaskError):
            return state_dir.project_folder(self.settings) / "orders" / digest(*self._parts())[:40]
        return None

    def _parts(self) -> Iterator[str | bytes]:
        yield from (repr(self.settings), str(Path.cwd()), installed.signature())
        for path in sorted(self.models.files):
            yield str(path)
            yield path.read_bytes() if path.is_file() else repr(sorted(path.iterdir()) if path.is_dir() else None)
        for name in sorted(os.environ if _EVERY_VARIABLE in self.models.environment else self.models.environment):
            yield f"{name}={os.environ.get(name)}"
