"""What takes a migration apart: the Supabase CLI makes each file one transaction, unless the file says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.ledger import transactions
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    sources = [parsed.source for parsed in history.files]
    texts = [source.text for source in sources]
    for source in sources:
        for found in transactions.breaks(source.text, texts):
            place = source.place(len(source.text[: found.offset].encode()))
            yield Hit(place, f"{found.message}: a push to a hosted database refuses the file", found.advice)


RULE = Rule("transaction-control", "error", "a migration ends or leaves the transaction that it is", check)
