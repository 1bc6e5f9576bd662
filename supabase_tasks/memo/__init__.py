"""The memo (D11): "models and migrations agree", remembered under the content of everything that it depends on.

A flow begins with `begin(settings)`, asks `is_fresh()` before anything heavy is imported, and after a full comparison
that found no difference calls `remember(…)`:

    known = memo.begin(settings)
    if known.is_fresh():
        return …
    …  # load the models, replay, compare
    known.remember(files=models.files, environment=models.environment, migrations={f.path: f.digest for f in files})

Whatever is unknown, unreadable or doubtful is a miss: the cost of a miss is one full comparison, the cost of a stale
yes is a forgotten migration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supabase_tasks.memo.memo import Memo
    from supabase_tasks.settings import Settings


def begin(settings: Settings) -> Memo:
    """The memo of one run. Call it before the models are imported: it holds the clock and the environment as of now."""
    from supabase_tasks.memo.memo import Memo

    return Memo(settings)


def forget(settings: Settings) -> None:
    """Remove everything remembered for the project; the next check is a full one."""
    from supabase_tasks.memo import record

    record.clear(record.folder(settings))
