"""Row level security without any policy: only the service role sees a row."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        schema, name = table.name
        if schema not in history.exposed or not table.rls or table.policies:
            continue
        if history.catalog.may_have_run("create policy", name):
            continue
        # A table that neither role may touch is meant for the service role; a policy would change nothing.
        if history.catalog.grants_tables and not table.reachable:
            continue
        grant = "" if table.reachable else f" and grant … on {schema}.{name} to authenticated"
        yield Hit(
            (table.rls_statement or table.statement).place,
            f"table {schema}.{name} has row level security and no policy: anon and authenticated see no row",
            f"create policy … on {schema}.{name} …{grant}; or ignore this with a reason when it is for the service role only",
        )


RULE = Rule("rls-without-policy", "warning", "a table in an exposed schema has row level security and no policy", check)
