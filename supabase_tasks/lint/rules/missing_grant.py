"""A policy for a role that has no privilege on the table: the API answers 42501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from supabase_tasks.lint.catalog.objects import PUBLIC, Policy, Table
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule

_API = ("anon", "authenticated")


def check(history: History) -> Iterator[Hit]:
    found = list(_tables(history))
    if not history.catalog.grants_tables:
        # A history from the time of automatic grants: one sentence, not one for each table.
        found = [replace(hit, message=f"{hit.message}, and so it is all over this history") for hit in found[-1:]]
    yield from found


def _tables(history: History) -> Iterator[Hit]:
    for table in history.catalog.tables.values():
        schema, name = table.name
        if schema not in history.exposed or history.catalog.may_have_run("grant", name):
            continue
        for role, (privilege, policy) in _missing(table).items():
            yield Hit(
                policy.statement.place,
                f"policy {policy.name!r} serves {role}, which may not {privilege} {schema}.{name} (error 42501)",
                f"grant {privilege} on {schema}.{name} to {role};",
            )


# One finding a role is enough: the first missing privilege shows that the grants were forgotten.
def _missing(table: Table) -> Mapping[str, tuple[str, Policy]]:
    missing: dict[str, tuple[str, Policy]] = {}
    for policy in table.policies.values():
        if not policy.permissive:
            continue
        privilege = "select" if policy.command == "all" else policy.command
        if PUBLIC in policy.roles:
            if not any(privilege in table.privileges_of(role) for role in (*_API, "service_role")):
                missing.setdefault("authenticated", (privilege, policy))
            continue
        for role in policy.roles.intersection(_API):
            if privilege not in table.privileges_of(role):
                missing.setdefault(role, (privilege, policy))
    return missing


RULE = Rule("missing-grant", "warning", "a policy serves a role that has no grant on the table", check)
