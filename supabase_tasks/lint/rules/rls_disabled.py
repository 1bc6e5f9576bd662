"""A table that the API serves without row level security."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        schema, name = table.name
        if schema not in history.exposed or table.rls:
            continue
        if history.catalog.may_have_run("enable row level security", name):
            continue
        statement = table.rls_statement or table.statement
        yield Hit(
            statement.place,
            f"table {schema}.{name} is served by the API without row level security",
            f"alter table {schema}.{name} enable row level security;",
        )


RULE = Rule("rls-disabled", "error", "a table in an exposed schema has no row level security", check)
