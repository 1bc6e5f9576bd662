"""A migration that reaches for the migration history, which only the Supabase CLI writes."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.ledger import history_writes
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for parsed in history.files:
        text = parsed.source.text
        for offset in history_writes.find_writes(text):
            yield Hit(
                parsed.source.place(len(text[:offset].encode())),
                "reaches for the migration history: a push to a hosted database refuses the file",
                "inv supabase-migration-repair-<target> changes the history; name another schema_migrations with its schema",
            )


RULE = Rule("history-write", "error", "a migration reaches for the migration history", check)
