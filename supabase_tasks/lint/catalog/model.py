"""The catalogue itself: objects by name, and how names are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.blocks import Dynamic
from supabase_tasks.lint.catalog.objects import (
    TABLE_PRIVILEGES,
    DefaultPrivilege,
    Enum,
    Function,
    Name,
    Table,
    View,
)
from supabase_tasks.platform_schemas import API_ROLES

# `show search_path` for role postgres on a Supabase project: "$user", public, extensions.
_DEFAULT_SCHEMA = "public"


@dataclass
class Catalog:
    """Tables, views, functions and enums by name, default privileges in force, and what DO blocks may have done."""

    tables: dict[Name, Table] = field(default_factory=dict)
    views: dict[Name, View] = field(default_factory=dict)
    functions: dict[tuple[Name, tuple[str, ...]], Function] = field(default_factory=dict)
    enums: dict[Name, Enum] = field(default_factory=dict)
    defaults: list[DefaultPrivilege] = field(default_factory=list)
    dynamic: list[Dynamic] = field(default_factory=list)
    schema: str = _DEFAULT_SCHEMA

    @classmethod
    def fresh(cls, auto_expose: bool) -> Catalog:
        """A new project's catalogue. See `follow` for `auto_expose`."""
        roles = API_ROLES if auto_expose else ()
        return cls(defaults=[DefaultPrivilege("public", role, TABLE_PRIVILEGES, None) for role in roles])

    def reset(self) -> None:
        """Forget a file's session settings: the CLI runs RESET ALL before each file."""
        self.schema = _DEFAULT_SCHEMA

    def name(self, relation: ast.RangeVar) -> Name:
        return (relation.schemaname or self.schema, relation.relname)

    def qualified(self, parts: Sequence[ast.Node]) -> Name:
        """The name a list of String nodes spells, such as `public.mood`."""
        words = [part.string.sval for part in parts]
        return (words[-2] if len(words) > 1 else self.schema, words[-1])

    @property
    def grants_tables(self) -> bool:
        """Whether the history grants a table to the public API's roles at all, or stems from the time of automatic
        grants (before 30 October 2026)."""
        return any(table.reachable for table in self.tables.values())

    def may_have_run(self, phrase: str, name: str) -> bool:
        """Whether a DO block may have run a computed statement with `phrase` for the object called `name`."""
        return any(block.touches(phrase, name) for block in self.dynamic)
