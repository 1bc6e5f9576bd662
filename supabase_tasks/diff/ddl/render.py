"""Operations as SQL text: Alembic's offline mode with its PostgreSQL dialect."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any

from alembic.operations import Operations
from alembic.operations.ops import MigrateOperation
from alembic.runtime.migration import MigrationContext


@cache
def _context() -> tuple[Operations, io.StringIO]:
    buffer = io.StringIO()
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
        return [_one(operations, buffer, operation, text) for text in own]
    operations.invoke(operation)
    return [buffer.getvalue().strip()]


def _one(operations: Operations, buffer: io.StringIO, operation: MigrateOperation, text: str) -> str:
    single: Any = copy(operation)
    single.statements = (text,)
    buffer.seek(0)
    buffer.truncate()
    operations.invoke(single)
    return buffer.getvalue().strip()


def script(operations: Sequence[MigrateOperation]) -> list[str]:
    """The SQL statements of all operations."""
    return [text for operation in operations for text in statements(operation)]
