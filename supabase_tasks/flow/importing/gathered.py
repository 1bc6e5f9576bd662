"""What is known of one table, and of all others that its source has to know of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.flow.importing.conventions import Convention
from supabase_tasks.flow.importing.source import LIMIT, Source
from supabase_tasks.flow.importing.sqltypes import Names

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.constraint import Constraint
    from supabase_tasks.diff.kinds.index import Index
    from supabase_tasks.diff.kinds.policy import Policy
    from supabase_tasks.diff.kinds.publication import PublicationTable
    from supabase_tasks.diff.kinds.replica_identity import ReplicaIdentity
    from supabase_tasks.diff.kinds.row_level_security import RowLevelSecurity
    from supabase_tasks.diff.kinds.statistics import Statistics
    from supabase_tasks.diff.kinds.table import Table
    from supabase_tasks.diff.kinds.trigger import Trigger

Key = tuple[str, tuple[str, ...]]


@dataclass
class TableSource:
    """A table, all that belongs to it, and, once written, which objects its source says (`said`)."""

    table: Table
    columns: Sequence[Column]
    constraints: Sequence[Constraint]
    indexes: Sequence[Index]
    policies: Sequence[Policy]
    triggers: Sequence[Trigger]
    security: RowLevelSecurity | None
    comments: Mapping[Key, str]
    # Each with whether it has row level security.
    partitions: Sequence[tuple[Table, bool]] = ()
    publications: Sequence[PublicationTable] = ()
    replica: ReplicaIdentity | None = None
    statistics: Sequence[Statistics] = ()
    grants: Sequence[Source] = ()
    said: set[Key] = field(default_factory=set)

    @property
    def types(self) -> dict[str, str]:
        """The columns' types, as PostgreSQL writes them."""
        return {column.name: column.type for column in self.columns}

    @property
    def identity(self) -> tuple[str, str]:
        return (self.table.schema, self.table.name)


def gather(snapshot: Snapshot) -> list[TableSource]:
    """Every table that a model can declare: no partition, no child of another table, no typed table."""
    plain = (one for one in snapshot.of("comment") if one.target and one.column is None and not one.part)
    comments = {one.target: one.text for one in plain}
    found = []
    for table in snapshot.of("table"):
        if table.bound or table.parents or table.of_type or table.access_method not in (None, "heap"):
            continue
        place = (table.schema, table.name)
        found.append(
            TableSource(
                table=table,
                columns=sorted(_on(snapshot, "column", place), key=lambda column: column.position),
                constraints=_on(snapshot, "constraint", place),
                indexes=_on(snapshot, "index", place),
                policies=_on(snapshot, "policy", place),
                triggers=_on(snapshot, "trigger", place),
                security=snapshot.get("row_level_security", *place),
                comments=comments,
                partitions=_partitions(snapshot, table),
                publications=_on(snapshot, "publication_table", place),
                replica=snapshot.get("replica_identity", *place),
                statistics=[one for one in snapshot.of("statistics") if (one.table_schema, one.table) == place],
            )
        )
    return found


# A snapshot's items are of the class that their kind has.
def _on(snapshot: Snapshot, kind: str, place: tuple[str, str]) -> list[Any]:
    return [one for one in snapshot.of(kind) if (one.schema, one.table) == place]


def _partitions(snapshot: Snapshot, table: Table) -> list[tuple[Table, bool]]:
    from supabase_tasks.diff.ddl.names import qualified

    name = qualified(*table.identity)
    found = [one for one in snapshot.of("table") if one.bound and name in one.parents]
    security = [snapshot.get("row_level_security", *one.identity) for one in found]
    return [(one, on is not None and on.enabled) for one, on in zip(found, security, strict=True)]


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's source needs to know of the others, and how it is written.

    `exact` holds the objects whose expressions are written as PostgreSQL prints them; None stands for all. `constants` names
    server defaults, `access` sets of grants, that several tables share. `unsaid_keys` are keys that stay plain SQL: what refers
    to them does too.
    """

    names: Names
    exposed: Sequence[str]
    tables: frozenset[tuple[str, str]]
    exact: frozenset[Key] | None = frozenset()
    constants: Mapping[Source, str] = field(default_factory=dict)
    access: Mapping[tuple[Source, ...], str] = field(default_factory=dict)
    limit: int = LIMIT
    unsaid_keys: frozenset[tuple[str, str, frozenset[str]]] = frozenset()
    convention: Convention = field(default_factory=Convention)

    def is_known(self, schema: str, table: str, columns: Sequence[str]) -> bool:
        """Whether the metadata will hold the table, and whatever makes these columns of it a key."""
        return (schema, table) in self.tables and (schema, table, frozenset(columns)) not in self.unsaid_keys

    def is_exact(self, kind: str, identity: tuple[str, ...]) -> bool:
        """Whether the object is written as it is printed."""
        return self.exact is None or (kind, identity) in self.exact or ("table", identity[:2]) in self.exact

    def constant(self, default: Source) -> str:
        """The name of a server default that several columns have; empty for another."""
        return self.constants.get(default, "")
