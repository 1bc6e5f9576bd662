"""A policy that lets anyone on the internet write."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.catalog.objects import PUBLIC, Policy
from supabase_tasks.lint.expressions import calls, is_false
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule

_WRITES = frozenset({"all", "insert", "update", "delete"})


def check(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        for policy in table.policies.values():
            if table.name[0] in history.exposed and _lets_anyone_write(policy):
                yield Hit(
                    policy.statement.place,
                    f"policy {policy.name!r} lets anon {_verb(policy)} {'.'.join(table.name)}",
                    "name the role (to authenticated) and tie the row to its owner: (select auth.uid()) = …",
                )


def _lets_anyone_write(policy: Policy) -> bool:
    if not policy.permissive or policy.command not in _WRITES:
        return False
    decisive = [item for item in (policy.using, policy.check) if item is not None]
    if any(is_false(item) for item in decisive):
        return False
    # Without TO a policy holds for everyone, and its condition alone decides: one that checks no user lets anyone in.
    return "anon" in policy.roles or (PUBLIC in policy.roles and not any(calls(item) for item in decisive))


def _verb(policy: Policy) -> str:
    return (
        "write to"
        if policy.command == "all"
        else {"insert": "insert into", "delete": "delete from"}.get(policy.command, policy.command)
    )


RULE = Rule("anon-write-policy", "error", "a policy lets the role anon write", check)
