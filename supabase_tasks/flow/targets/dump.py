"""`pg_dump` of a target's public schema into `supabase/sql`, for when a pull cannot work."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from supabase_tasks.errors import DatabaseError, TaskError
from supabase_tasks.files import write_atomic
from supabase_tasks.flow.local import database
from supabase_tasks.flow.targets import backup
from supabase_tasks.flow.targets.hosted_target import HostedTarget, OnLine
from supabase_tasks.guard import workdir

SCHEMA = "public"
# pg_dump's own guard lines change with every run; a snippet is not restored with psql's restricted mode.
_RESTRICT = re.compile(r"^\\(un)?restrict .*\n", re.MULTILINE)
_CREATE_SCHEMA = re.compile(r"^CREATE SCHEMA (?!IF NOT EXISTS)", re.MULTILINE)


def write_dump(hosted: HostedTarget, on_line: OnLine) -> Path:
    """Writes `supabase/sql/<target>_public_schema.sql` and returns its path; the target is only read.

    By the CLI where Docker answers, else by `pg_dump` itself. Raises `DatabaseError` or `CliError`.
    """
    path = hosted.settings.supabase / "sql" / f"{hosted.target.name}_{SCHEMA}_schema.sql"
    try:
        with TemporaryDirectory(prefix="supabase-tasks-") as folder:
            file = Path(folder) / "dump.sql"
            if database.mode(hosted.settings) == "docker":
                with workdir.create(hosted.settings, alone=False) as private:
                    hosted.cli(private, on_line).dump(hosted.database, file=file, schemas=(SCHEMA,))
            else:
                backup.pg_dump(hosted, ["--schema-only", f"--schema={SCHEMA}", f"--file={file}"])
            text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise TaskError("the dump cannot be read back", cause=error.strerror or str(error)) from error
    if not text.strip():
        raise DatabaseError(
            f"the dump of {hosted.target.name} is empty: nothing was written",
            next_step=f"inv supabase-db-dump-{hosted.target.name}-public, once Docker and its image work",
            code="dump-failed",
        )
    write_atomic(path, _CREATE_SCHEMA.sub("CREATE SCHEMA IF NOT EXISTS ", _RESTRICT.sub("", text)))
    return path
