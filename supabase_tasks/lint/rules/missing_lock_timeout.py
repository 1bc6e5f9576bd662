"""A lock on an existing table without a limit to the time spent waiting for it."""

from __future__ import annotations

from collections.abc import Iterator

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.created_objects import made_here
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.statements import Statement

# The statements that lock a table against reading or writing (PostgreSQL manual, 13.3 "Explicit Locking").
_ON_RELATION = ("alter_table_stmt", "index_stmt", "create_trig_stmt", "rename_stmt", "alter_object_schema_stmt")
_ON_TABLE = ("create_policy_stmt", "alter_policy_stmt")
_DROPS = (ast.OBJECT_TABLE, ast.OBJECT_INDEX, ast.OBJECT_TRIGGER, ast.OBJECT_POLICY, ast.OBJECT_MATVIEW)


def check(history: History) -> Iterator[Hit]:
    for statements in history.run:
        own = made_here(statements)
        for statement in statements:
            if _sets_timeout(statement):
                break
            table = next((name for name in _locked_relations(statement) if name not in own), None)
            if table is not None:
                yield Hit(
                    statement.place,
                    f"waits for its lock on {table} without a limit, and all later queries on it wait behind",
                    "set lock_timeout = '5s';  at the top of the file (the CLI resets settings before each)",
                )
                break


def _sets_timeout(statement: Statement) -> bool:
    return statement.kind == "variable_set_stmt" and statement.node.name == "lock_timeout"


def _locked_relations(statement: Statement) -> Iterator[str]:
    node, kind = statement.node, statement.kind
    if kind == "index_stmt" and node.concurrent:
        return
    if kind in _ON_RELATION and node.HasField("relation"):
        yield node.relation.relname
    elif kind in _ON_TABLE:
        yield node.table.relname
    elif kind == "truncate_stmt":
        yield from (item.range_var.relname for item in node.relations)
    elif kind == "drop_stmt" and node.remove_type in _DROPS and not node.concurrent:
        yield from _dropped_relations(node)


def _dropped_relations(node: ast.DropStmt) -> Iterator[str]:
    of_a_table = node.remove_type in (ast.OBJECT_TRIGGER, ast.OBJECT_POLICY)
    for item in node.objects:
        names = [part.string.sval for part in item.list.items]
        yield names[-2] if of_a_table and len(names) > 1 else names[-1]


RULE = Rule("missing-lock-timeout", "warning", "an existing table is locked without lock_timeout", check)
