"""`--verify`: pg-delta, by the Supabase CLI's `db diff --from URL --to URL`, as a third check of a proven migration.

pg-delta knows nothing of our snapshot nor of pg_dump's text. It also says things that are no difference. Measured with
the CLI 3.1.0 on databases that pg_dump finds equal: checks with `IN` on a varchar column, and nested ANDs, whose text
PostgreSQL's deparser changes when it is read back, are dropped and added again, in either direction. So what pg-delta
says in both directions alike, in one spelling, is the same object in both databases; only the rest is a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supabase_tasks import wording
from supabase_tasks.diff.catalog.deparse import canonical, flatten
from supabase_tasks.diff.proof.proof import apply
from supabase_tasks.errors import ProofError

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.postgres import Server
    from supabase_tasks.settings import Settings


def ask(server: Server, settings: Settings, template: str, plan: Plan, desired_database: str) -> None:
    """Let pg-delta compare the migrated copy with the desired database.

    Raises `ProofError` (code `third-opinion`, data: `statements`) when it sees a difference, `CliError` when the
    Supabase CLI cannot be run, `MigrationError` when a file does not apply.
    """
    with server.scratch(template) as database:
        apply(server, database, plan.files)
        left = between(server, settings, database, desired_database)
    if left:
        raise ProofError(
            f"pg-delta still sees {wording.count(len(left), 'difference')} after the migration",
            cause="\n".join(left[:20]),
            next_step="compare the statements with the models; without --verify pg_dump alone is the judge",
            code="third-opinion",
            data={"statements": list(left)},
        )


def between(server: Server, settings: Settings, first: str, second: str) -> tuple[str, ...]:
    """What pg-delta says about two databases of `server`, without what it says in both directions."""
    from supabase_tasks.cli import SupabaseCli, at_url

    cli = SupabaseCli.of(settings)
    one, other = (at_url(server.url(name), password=server.password) for name in (first, second))
    forwards = cli.diff_urls(one, other)
    if not forwards.strip():
        return ()
    return telling(forwards, cli.diff_urls(other, one))


def telling(forwards: str, backwards: str) -> tuple[str, ...]:
    """The statements of `forwards`, each on one line, that `backwards` does not hold as well."""
    same = set(_statements(backwards))
    return tuple(statement for statement in _statements(forwards) if statement not in same)


def _statements(sql: str) -> list[str]:
    import postgast

    texts: Sequence[str] = postgast.split(sql)
    return [flatten(canonical(" ".join(text.split()))) for text in texts if text.strip()]
