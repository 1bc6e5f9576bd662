"""A grant that lets the role anon write to a table."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.catalog.objects import PUBLIC, WRITES, Table
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.statements import Statement


def check(history: History) -> Iterator[Hit]:
    for statement, tables in _by_statement(history).items():
        shown = ", ".join(tables[:3]) + (f" and {len(tables) - 3} more" if len(tables) > 3 else "")
        yield Hit(
            statement.place,
            f"anon may write to {shown}",
            "grant select … to anon; and the writing privileges to authenticated or service_role only",
        )


def _by_statement(history: History) -> dict[Statement, list[str]]:
    found: dict[Statement, list[str]] = {}
    for table in history.catalog.tables.values():
        if table.name[0] not in history.exposed:
            continue
        for statement in dict.fromkeys(_grants(table)):
            found.setdefault(statement, []).append(".".join(table.name))
    return found


def _grants(table: Table) -> Iterator[Statement]:
    for role in ("anon", PUBLIC):
        for privilege, statement in table.grants.get(role, {}).items():
            if privilege in WRITES and statement.kind == "grant_stmt":
                yield statement


RULE = Rule("anon-write-grant", "warning", "a grant lets the role anon write", check)
