"""A view that the API serves with its owner's rights."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for view in history.catalog.views.values():
        schema, name = view.name
        if schema not in history.exposed or view.security_invoker or view.materialised:
            continue
        if history.catalog.may_have_run("security_invoker", name):
            continue
        yield Hit(
            view.statement.place,
            f"view {schema}.{name} runs with its owner's rights and so passes by row level security",
            f"create view {schema}.{name} with (security_invoker = on) as …, or alter view {schema}.{name} "
            "set (security_invoker = on);",
        )


RULE = Rule("view-security-invoker", "error", "a view in an exposed schema has no security_invoker", check)
