"""Statements that no database holds the outcome of: roles and settings belong to the cluster. They are carried over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postgast import pg_query_pb2 as ast

from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.lint.blocks import inside
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import Statement, parse

_CLUSTER = frozenset(
    {
        "create_role_stmt",
        "alter_role_stmt",
        "alter_role_set_stmt",
        "drop_role_stmt",
        "grant_role_stmt",
        "alter_database_set_stmt",
        "alter_database_stmt",
    }
)


def statements(files: Sequence[MigrationFile]) -> tuple[str, ...]:
    """The text of every statement about roles and settings in `files`, in order, DO blocks that hold one included.

    Raises `MigrationError` for a file that PostgreSQL's parser refuses.
    """
    return tuple(text for file in files for text in _of(file))


def _of(file: MigrationFile) -> Iterator[str]:
    parsed = parse(Source(file.path, file.text))
    if parsed.fault is not None:
        raise MigrationError(
            f"{file.path.name} does not parse (line {parsed.fault.place.line}): {parsed.fault.message}",
            next_step="inv migrations-lint",
            code="syntax",
        )
    for statement in parsed.statements:
        if _about_the_cluster(statement):
            yield statement.source.data[statement.start : statement.end].decode()


def _about_the_cluster(statement: Statement) -> bool:
    if statement.kind == "sec_label_stmt":
        return statement.node.objtype in (ast.OBJECT_ROLE, ast.OBJECT_DATABASE, ast.OBJECT_TABLESPACE)
    if statement.kind != "do_stmt":
        return statement.kind in _CLUSTER
    return any(item.kind in _CLUSTER for item in inside(statement).statements)
