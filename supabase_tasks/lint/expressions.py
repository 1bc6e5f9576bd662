"""Questions about expressions in policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postgast import pg_query_pb2 as ast
from postgast.walk import unwrap_node

from supabase_tasks.lint.statements import called_name

if TYPE_CHECKING:
    from google.protobuf.message import Message

# Supabase's helpers that read the caller's token: constant within one query, but evaluated per row when not wrapped.
_SESSION_CALLS = frozenset({("auth", "uid"), ("auth", "jwt"), ("auth", "role"), ("auth", "email")})
_SETTING = frozenset({("", "current_setting"), ("pg_catalog", "current_setting")})


def is_session_call(node: Any) -> bool:
    """Whether `node` calls `auth.uid()` and its kin, or `current_setting(…)`."""
    return isinstance(node, ast.FuncCall) and called_name(node) in _SESSION_CALLS | _SETTING


def children(node: Message) -> Iterator[Message]:
    """The messages directly below a node, unwrapped."""
    for field, value in node.ListFields():
        if field.type == field.TYPE_MESSAGE:
            for item in value if hasattr(value, "__len__") and not hasattr(value, "ListFields") else (value,):
                yield unwrap_node(item)


def below(node: Message) -> Iterator[Message]:
    """`node` (unwrapped) and everything below it."""
    node = unwrap_node(node)
    yield node
    for child in children(node):
        yield from below(child)


def outside_subqueries(node: Message) -> Iterator[Message]:
    """Like `below`, but not into subqueries."""
    node = unwrap_node(node)
    yield node
    if not isinstance(node, ast.SubLink):
        for child in children(node):
            yield from outside_subqueries(child)


def calls(node: Message) -> bool:
    """Whether any function is called, or any subquery run, below `node`: its outcome cannot be known from here."""
    return any(isinstance(item, ast.FuncCall | ast.SubLink) for item in below(node))


def is_false(node: Message) -> bool:
    """Whether the expression is the constant false."""
    node = unwrap_node(node)
    return isinstance(node, ast.A_Const) and node.WhichOneof("val") == "boolval" and not node.boolval.boolval


def column_of(node: Message) -> str | None:
    """The column that `node` names, through casts; None for anything else."""
    node = unwrap_node(node)
    while isinstance(node, ast.TypeCast):
        node = unwrap_node(node.arg)
    if isinstance(node, ast.ColumnRef) and node.fields:
        last = unwrap_node(node.fields[-1])
        return last.sval if isinstance(last, ast.String) else None
    return None
