"""The schema that both tools are measured with: one description, written out as SQLModel classes and as drizzle tables.

Every table has what tables of a Supabase project have: a uuid key, an owner, a foreign key, an enum, numbers, text,
JSON, times, two indexes, a unique constraint, a check, row level security and two policies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

TABLES_PER_MODULE = 10
_WORDS = ("asset", "scene", "folder", "invoice", "member", "consent", "tag", "event", "license", "comment")


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is one of uuid, text, integer, numeric, boolean, jsonb, timestamp (with a time zone), naive (a timestamp
    without one); `default` is SQL."""

    name: str
    type: str
    nullable: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `parent` is the table that `parent_id` references, None for the first."""

    name: str
    module: str
    parent: str | None
    parent_module: str | None
    columns: tuple[Column, ...]

    @property
    def class_name(self) -> str:
        """`asset_0001` as `Asset0001`."""
        return self.name.title().replace("_", "")

    @property
    def variable(self) -> str:
        """`asset_0001` as `asset0001`."""
        return self.name.replace("_", "")


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables, a parent always before its children."""

    tables: tuple[Table, ...]

    @property
    def modules(self) -> dict[str, list[Table]]:
        """The tables by module, in order."""
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            found.setdefault(table.module, []).append(table)
        return found

    def with_column(self, name: str) -> Schema:
        """The same with one nullable text column more, in the last table."""
        return self.with_columns(Column(name, "text", nullable=True))

    def with_columns(self, *columns: Column) -> Schema:
        """The same with these columns in the last table; one of the same name is replaced."""
        *rest, last = self.tables
        kept = {column.name: column for column in (*last.columns, *columns)}
        return Schema((*rest, replace(last, columns=tuple(kept.values()))))


def build(size: int) -> Schema:
    """A schema of `size` tables; the same for every run."""
    tables: list[Table] = []
    for number in range(size):
        parent = tables[number // 2] if number else None
        tables.append(
            Table(
                name=f"{_WORDS[number % len(_WORDS)]}_{number:04}",
                module=f"part{number // TABLES_PER_MODULE:03}",
                parent=parent.name if parent else None,
                parent_module=parent.module if parent else None,
                columns=_columns(number),
            )
        )
    return Schema(tuple(tables))


def _columns(number: int) -> tuple[Column, ...]:
    extra = tuple(Column(f"note_{index}", "text", nullable=True) for index in range(number % 5))
    return (
        Column("owner_id", "uuid"),
        Column("title", "text"),
        Column("position", "integer", default="0"),
        Column("price", "numeric", nullable=True),
        Column("is_active", "boolean", default="true"),
        Column("settings", "jsonb", default="'{}'::jsonb"),
        *extra,
        Column("created_at", "timestamp", default="now()"),
        Column("updated_at", "timestamp", default="now()"),
    )
