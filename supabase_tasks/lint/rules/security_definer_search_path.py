"""A SECURITY DEFINER function that trusts its caller's search_path."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule


def check(history: History) -> Iterator[Hit]:
    for function in history.catalog.functions.values():
        if not function.definer or function.search_path:
            continue
        if history.catalog.may_have_run("search_path", function.name[1]):
            continue
        name = f"{'.'.join(function.name)}({', '.join(function.arguments)})"
        yield Hit(
            function.statement.place,
            f"function {name} runs with its owner's rights and its caller's search_path",
            f"alter function {name} set search_path = '';  (and schema-qualify every name in its body)",
        )


RULE = Rule("security-definer-search-path", "error", "a security definer function does not set search_path", check)
