"""What a command on the local database did, from the CLI's words and from the database itself."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.cli import output
from supabase_tasks.flow.local.connection import Local, open_connection

if TYPE_CHECKING:
    import psycopg

    from supabase_tasks.process import CompletedProgram


@dataclass(frozen=True, slots=True)
class LocalChange:
    """What a command on the local database did: files applied and seeded by it, then what the database holds."""

    local: Local
    applied: tuple[str, ...]
    seeded: tuple[str, ...]
    migrations: int
    tables: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "mode": self.local.mode,
            "url": self.local.url,
            "connect": self.local.command,
            "applied": list(self.applied),
            "seeded": list(self.seeded),
            "migrations": self.migrations,
            "tables": self.tables,
            "seconds": round(self.seconds, 2),
        }


def done_with(local: Local, run: CompletedProgram | None, begun: float) -> LocalChange:
    """What the CLI's run, begun at the monotonic time `begun`, did to the database."""
    steps = [found for line in (run.output if run else "").splitlines() if (found := output.step(line))]
    migrations, tables = counts(local)
    return LocalChange(
        local=local,
        applied=tuple(one.file for one in steps if one.kind == "migration"),
        seeded=tuple(one.file for one in steps if one.kind == "seed"),
        migrations=migrations,
        tables=tables,
        seconds=time.monotonic() - begun,
    )


def counts(local: Local) -> tuple[int, int]:
    """How many migrations the database has recorded, and how many tables of the project it holds."""
    from supabase_tasks.ledger import history_table

    with open_connection(local) as connection:
        tables = count_tables(connection)
        applied = 0
        if history_table.exists(connection):
            counted = connection.execute(f"SELECT count(*) FROM {history_table.HISTORY_TABLE}").fetchone()
            applied = counted[0] if counted else 0
    return applied, tables


def count_tables(connection: psycopg.Connection[Any]) -> int:
    """How many tables of the project there are; partitions are parts of theirs."""
    from supabase_tasks.diff.catalog import scope

    row = connection.execute(
        "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND {scope.user_schema('n')}"
    ).fetchone()
    return row[0] if row else 0
