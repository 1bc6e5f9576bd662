"""The steps after `init` for this repository: tools to install, an Alembic history, old migrations."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.adopt.changes import Advice, read, relative
from supabase_tasks.adopt.surroundings import Alembic, Surroundings
from supabase_tasks.wording import count

_CLI = {"npm": "npm install -D", "pnpm": "pnpm add -D", "yarn": "yarn add -D", "bun": "bun add -d"}
_ALEMBIC = """{count} in {folder} stay as they are; nothing of Alembic is run or deleted. From here on the schema's
history is supabase/migrations, and the Supabase CLI is the only one to apply it:

Where Alembic has built hosted databases already:

  1. SUPABASE_TASKS_ALLOW_HOSTED_DDL="last Alembic revision" alembic upgrade head      on each of them, for the last time
  2. inv supabase-db-pull-staging           what Alembic built, as the first migration; recorded there as applied
  3. inv supabase-migration-repair-prod --version <its version> --status applied    the same record on production
  4. inv supabase-db-drift-prod             whether production really is the same
  5. inv schema-diff --from migrations --to models    what comes next
  6. inv schema-generate                    what the models say beyond it (row level security, for one), proven
  7. inv supabase-db-push-staging           from here on as always

Policies, triggers and functions that only revisions made (`op.execute`) are in no model, so step 6 would drop them:
`inv schema-import --source staging --into was.schema` writes them as models do, to copy from.

Where there is no such database yet:  inv schema-generate --name baseline

In the end, take `alembic upgrade` out of start scripts and CI, and delete the folder when you no longer need it.
`ignore = ["public.alembic_version"]` keeps Alembic's own table out of every comparison."""
_MIGRATIONS = """{count} in supabase/migrations: this is the history now. To see what it creates that the models don't
define, run

  inv schema-check

If the models do not exist yet, or know only a part: `inv schema-import` writes them from the migrations."""
_NO_MODELS = """No table was found in the Python files. Write a module with SQLModel classes and run
`supabase-tasks init` once more, which finds it. To start from the migrations or from a database:

  inv schema-import --into app.db.schema                               from supabase/migrations
  inv schema-import --into app.db.schema --url-variable DATABASE_URL   from a database, read only"""


# What npm installs is no part of a repository.
_UNTRACKED = "\necho node_modules/ >> .gitignore"


def _would_be_tracked(around: Surroundings) -> bool:
    folders = [one for one in (around.root, *around.root.parents) if one.is_relative_to(around.repository)]
    return around.git and not any("node_modules" in (read(folder / ".gitignore") or "") for folder in folders)


def ahead(around: Surroundings, models: str | None) -> Iterator[Advice]:
    """The steps that are the person's, in order."""
    runner = around.python
    if runner.name != "pip" and not around.plugin:
        yield Advice("Add supabase-tasks to the project's own environment", runner.add)
    yield Advice(
        "Pin the Supabase CLI version (optional; otherwise npm installs it on first use)",
        f"{_CLI[around.node]} supabase{_UNTRACKED if _would_be_tracked(around) else ''}",
    )
    if around.alembic and around.alembic.revisions:
        yield Advice("From Alembic to Supabase migrations", _alembic(around.alembic, around))
    if models is None:
        yield Advice("Write or import the models", _NO_MODELS)
    elif around.migrations:
        yield Advice("The migrations you have", _MIGRATIONS.format(count=count(around.migrations, "file")))
    yield Advice("Then", f"{runner.prefix}inv doctor\n{runner.prefix}inv schema-generate")


def _alembic(alembic: Alembic, around: Surroundings) -> str:
    return _ALEMBIC.format(
        count=count(alembic.revisions, "Alembic revision"), folder=relative(alembic.folder, around.root)
    )
