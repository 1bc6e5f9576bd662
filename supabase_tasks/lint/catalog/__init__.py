"""The database that a history leaves behind, followed statement by statement without running it.

It knows what the rules ask about and nothing more: tables, row level security, policies, grants, keys, indexes, views,
functions and enums. A statement it does not know changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from supabase_tasks.lint.blocks import Dynamic, inside
from supabase_tasks.lint.catalog import access, naming, relations, routines, types
from supabase_tasks.lint.catalog.model import Catalog

if TYPE_CHECKING:
    from supabase_tasks.lint.statements import ParsedFile, Statement

# The node's class differs with the kind; each handler names its own.
Handler = Callable[[Catalog, "Statement", Any], None]
HANDLERS: dict[str, Handler] = {
    **naming.HANDLERS,
    **relations.HANDLERS,
    **access.HANDLERS,
    **routines.HANDLERS,
    **types.HANDLERS,
}

__all__ = ["Catalog", "Dynamic", "follow"]


def follow(files: Iterable[ParsedFile], *, auto_expose: bool) -> tuple[Catalog, tuple[tuple[Statement, ...], ...]]:
    """The catalogue after all files, and per file every statement that runs, those of DO blocks included.

    `auto_expose`: whether the platform grants new tables in `public` to the API roles (`auto_expose_new_tables`).
    """
    catalog, run = Catalog.fresh(auto_expose), []
    for parsed in files:
        catalog.reset()
        run.append(tuple(_run(catalog, parsed.statements)))
    return catalog, tuple(run)


def _run(catalog: Catalog, statements: Iterable[Statement]) -> Iterable[Statement]:
    for statement in statements:
        yield statement
        if statement.kind == "do_stmt":
            block = inside(statement)
            if block.dynamic:
                catalog.dynamic.append(block.dynamic)
            yield from _run(catalog, block.statements)
        elif handler := HANDLERS.get(statement.kind):
            handler(catalog, statement, statement.node)
