"""Operations as SQL text: Alembic's offline mode with its PostgreSQL dialect."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from alembic.operations import Operations
from alembic.operations.ops import MigrateOperation
from alembic.runtime.migration import MigrationContext


class _Buffer(io.StringIO):
    """Alembic writes one statement per call, followed by an empty line."""


@cache
def _context() -> tuple[Operations, _Buffer]:
    buffer = _Buffer()
    # `output_buffer` may be any text stream; Alembic's own annotation of the options is a plain dict.
    options: dict[str, Any] = {"as_sql": True, "output_buffer": buffer}
    return Operations(MigrationContext.configure(dialect_name="postgresql", opts=options)), buffer


def statements(operation: MigrateOperation) -> list[str]:
    """The SQL statements of one operation, each with its semicolon."""
    operations, buffer = _context()
    buffer.seek(0)
    buffer.truncate()
    own = getattr(operation, "statements", None)
    if own is not None:
        # One rendering per statement keeps them apart: bodies may contain empty lines and semicolons.
        return [_one(operations, buffer, type(operation), operation, text) for text in own]
    operations.invoke(operation)
    return [buffer.getvalue().strip()]


def _one(operations: Operations, buffer: _Buffer, cls: type[Any], operation: Any, text: str) -> str:
    single = cls.__new__(cls)
    single.__dict__.update(operation.__dict__)
    single.statements = (text,)
    buffer.seek(0)
    buffer.truncate()
    operations.invoke(single)
    return buffer.getvalue().strip()


def script(operations: Sequence[MigrateOperation]) -> list[str]:
    """The SQL statements of all operations."""
    return [text for operation in operations for text in statements(operation)]
