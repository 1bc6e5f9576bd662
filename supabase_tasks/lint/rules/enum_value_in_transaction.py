"""An enum value that is used in the file that adds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from postgast import pg_query_pb2 as ast
from postgast.walk import unwrap_node

from supabase_tasks.lint.catalog.objects import Enum
from supabase_tasks.lint.expressions import below
from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.statements import Statement

# Their bodies are texts that PostgreSQL does not evaluate when they are created.
_BODIES = frozenset({"alter_enum_stmt", "create_enum_stmt", "create_function_stmt", "do_stmt", "comment_stmt"})


def check(history: History) -> Iterator[Hit]:
    for enum in history.catalog.enums.values():
        for value, adding in enum.added.items():
            statements = next(run for run in history.run if any(item is adding for item in run))
            if any(item is enum.statement and item is not adding for item in statements):
                continue
            position = next(index for index, item in enumerate(statements) if item is adding)
            for statement in statements[position + 1 :]:
                # BEGIN as well: the CLI sends what controls transactions by itself, and what is before it is committed.
                if statement.kind == "transaction_stmt":
                    break
                location = _use(history, enum, value, statement)
                if location is not None:
                    yield Hit(
                        statement.at(location),
                        f"uses {value!r} of {enum.name[1]} in the transaction that adds it (error 55P04)",
                        "put ALTER TYPE … ADD VALUE into a migration of its own, before this one",
                    )
                    break


def _use(history: History, enum: Enum, value: str, statement: Statement) -> int | None:
    if statement.kind in _BODIES:
        return None
    nodes = list(below(statement.node))
    casts = {node.arg.a_const.location: node for node in nodes if isinstance(node, ast.TypeCast)}
    compared = _compared_otherwise(enum, nodes)
    for node in nodes:
        if not isinstance(node, ast.A_Const) or node.sval.sval != value or node.location in compared:
            continue
        cast = casts.get(node.location)
        if _is_of(enum, cast) if cast is not None else _touches(history, enum, nodes):
            return int(node.location)
    return None


def _compared_otherwise(enum: Enum, nodes: Sequence[object]) -> set[int]:
    """Where the constants are that meet an expression of another type, as in `kind::text = 'b'` and `case kind::text when 'b'`:
    they take its type."""
    found: set[int] = set()
    for node in nodes:
        sides: list[tuple[Any, Any]] = []
        if isinstance(node, ast.A_Expr):
            sides = [(node.lexpr, node.rexpr), (node.rexpr, node.lexpr)]
        elif isinstance(node, ast.CaseExpr) and node.HasField("arg"):
            sides = [(node.arg, when.case_when.expr) for when in node.args]
        for one, other in sides:
            if _has_other_type(enum, unwrap_node(one)):
                found |= {int(item.location) for item in below(other) if isinstance(item, ast.A_Const)}
    return found


def _has_other_type(enum: Enum, node: object) -> bool:
    """Whether an expression says by itself that it is no value of the enum: a cast, or what a function gives."""
    if isinstance(node, ast.TypeCast):
        return not _is_of(enum, node)
    return isinstance(node, ast.FuncCall)


def _is_of(enum: Enum, cast: ast.TypeCast) -> bool:
    return bool(cast.type_name.names[-1].string.sval == enum.name[1])


# A bare literal takes the type of the column it meets: one of this enum must be within reach.
def _touches(history: History, enum: Enum, nodes: Sequence[object]) -> bool:
    names = {history.catalog.name(node) for node in nodes if isinstance(node, ast.RangeVar)}
    tables = [history.catalog.tables[name] for name in names if name in history.catalog.tables]
    return any(enum.name[1] in table.columns.values() for table in tables)


RULE = Rule("enum-value-in-transaction", "error", "an enum value is used in the file that adds it", check)
