"""Partitions of a table, and row level security on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supabase_tasks.models.declaration import Declaration, Identity
from supabase_tasks.models.dialect import qualified
from supabase_tasks.models.language.base import TableItem, schema_of
from supabase_tasks.models.language.grants import Grant, Revoke, Target


@dataclass(frozen=True, eq=False)
class Partition(TableItem):
    """A partition of the table: `values` is `from (…) to (…)`, `in (…)`, `with (modulus 4, remainder 0)` or `default`.

    It has row level security of its own (the API can reach it by its name): the default of its schema, unless
    `row_level_security` says on or off.
    """

    name: str
    values: str
    schema: str | None = None
    partition_by: str | None = None
    grants: Sequence[Grant | Revoke] = ()
    row_level_security: bool | None = None

    @property
    def kind(self) -> str:
        return "table"

    @property
    def identity(self) -> Identity:
        return (self.schema or schema_of(self.owner), self.name)

    @property
    def target(self) -> Target:
        """What GRANT names."""
        return ("table", qualified(*self.identity), self.identity)

    @property
    def on_clause(self) -> str:
        return f"table {qualified(*self.identity)}"

    def parts(self) -> list[Declaration]:
        return [*super().parts(), *(grant.about(self) for grant in self.grants)]

    def statements(self) -> list[str]:
        bounds = "default" if self.values.strip().lower() == "default" else f"for values {self.values}"
        further = f" partition by {self.partition_by}" if self.partition_by else ""
        parent = qualified(*self.table_identity)
        return [f"create table {qualified(*self.identity)} partition of {parent} {bounds}{further}"]


@dataclass(frozen=True, eq=False)
class PartitionSecurity(TableItem):
    """Row level security of a partition: it says so, or is in an exposed schema."""

    partition: Partition

    @property
    def kind(self) -> str:
        return "row_level_security"

    @property
    def identity(self) -> Identity:
        return self.partition.identity

    def statements(self) -> list[str]:
        return [f"alter table {qualified(*self.identity)} enable row level security"]
