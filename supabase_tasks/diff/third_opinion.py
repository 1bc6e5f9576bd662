"""`--verify`: pg-delta, by the Supabase CLI's `db diff --from URL --to URL`, as a third opinion on a proven migration.

pg-delta knows nothing of our snapshot nor of pg_dump's text. It also says things that are no difference; each kind of
them is a `Churn` below, with a test that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks.diff.proof import apply
from supabase_tasks.errors import ProofError

if TYPE_CHECKING:
    from supabase_tasks.diff.plan import Plan
    from supabase_tasks.postgres import Server
    from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Churn:
    """Statements of pg-delta that say nothing: `pattern` matches a whole one, `why` tells why it is no difference."""

    pattern: re.Pattern[str]
    why: str


# Measured with the CLI 3.1.0 and 2.122.1 over the scenario corpus, on databases that pg_dump finds equal.
CHURN: tuple[Churn, ...] = ()


def ask(server: Server, settings: Settings, template: str, plan: Plan, desired_database: str) -> None:
    """Let pg-delta compare the migrated copy with the desired database.

    Raises `ProofError` (code `third-opinion`, data: `statements`) when it still sees a difference, `CliError` when
    the Supabase CLI cannot be run, `MigrationError` when a file does not apply.
    """
    from supabase_tasks.cli import SupabaseCli, at_url

    cli = SupabaseCli.of(settings)
    with server.scratch(template) as database:
        apply(server, database, plan.files)
        sql = cli.diff_urls(at_url(server.url(database)), at_url(server.url(desired_database)))
    left = telling(sql)
    if left:
        raise ProofError(
            f"pg-delta still sees {len(left)} difference{'s' if len(left) > 1 else ''} after the migration",
            cause="\n".join(left[:20]),
            next_step="compare the statements with the models; without --verify pg_dump alone is the judge",
            code="third-opinion",
            data={"statements": list(left)},
        )


def telling(sql: str) -> tuple[str, ...]:
    """The statements of pg-delta's output that are no churn, each on one line."""
    return tuple(text for text in _statements(sql) if not any(churn.pattern.fullmatch(text) for churn in CHURN))


def _statements(sql: str) -> tuple[str, ...]:
    import postgast

    texts: Sequence[str] = postgast.split(sql)
    folded = (" ".join(text.split()) for text in texts)
    return tuple(text for text in folded if text)
