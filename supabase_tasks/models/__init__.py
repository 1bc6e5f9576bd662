"""The author's models: the schema language (`language/`, public as `supabase_tasks.schema`), loading, DDL, the desired database.

`loading.load(settings)` and `collect.collect_models(metadata)` give `Models`; `ddl.ddl_statements(models)` its statements;
`desired.build_desired(…)` the desired database. Nothing heavy is imported here.
"""

from __future__ import annotations

from supabase_tasks.models.declaration import Declaration, Identity, Models, Origin, RenameHint, Statement

__all__ = ["Declaration", "Identity", "Models", "Origin", "RenameHint", "Statement"]
