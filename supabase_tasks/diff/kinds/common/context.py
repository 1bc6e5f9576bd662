"""What a kind may ask while it turns a change into operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.ddl.names import qualified
from supabase_tasks.diff.options import PlanOptions

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.models.summary import ModelSummary


@dataclass(frozen=True)
class Context:
    """Both snapshots (after renames), the options, the author's SQL, and which objects are new.

    `parked` are the columns that wait as the text of their values while what their type is made of changes.
    """

    current: Snapshot
    desired: Snapshot
    options: PlanOptions
    models: ModelSummary | None = None
    fresh: frozenset[Key] = field(default=frozenset())
    parked: frozenset[Key] = field(default=frozenset())

    @property
    def version(self) -> int:
        return self.current.version

    def exists(self, key: Key) -> bool:
        """Whether the current database has the object and keeps it (so that locks and rows matter)."""
        return key in self.current.items and key not in self.fresh

    @cached_property
    def fresh_relations(self) -> frozenset[str]:
        """The qualified SQL names of the relations that this migration creates."""
        items = (self.desired.items[key] for key in self.fresh)
        return frozenset(qualified(*item.identity) for item in items if item.is_relation)

    def table_exists(self, schema: str, table: str) -> bool:
        """Whether the table was there before and stays, so that it may hold rows."""
        return self.exists(("table", (schema, table)))

    def label(self, key: Key) -> str:
        """How COMMENT ON, ALTER … OWNER TO and the like address the object."""
        return (self.desired.items.get(key) or self.current.items[key]).label or ""

    def grant_label(self, key: Key) -> str:
        """How GRANT and ALTER … OWNER TO address the object: an aggregate as a function."""
        return (self.desired.items.get(key) or self.current.items[key]).grant_label or ""

    def author_sql(self, item: Item) -> str | None:
        """The one statement by which the models declare the object, else None."""
        found = self._author.get(item.key) or self._author.get(self._by_name(item.key))
        return found[0] if found is not None and len(found) == 1 else None

    @staticmethod
    def _by_name(key: Key) -> Key:
        return (key[0], (*key[1][:2], "*"))

    @cached_property
    def _author(self) -> Mapping[Key, tuple[str, ...]]:
        if self.models is None:
            return {}
        found: dict[Key, tuple[str, ...]] = {}
        names: dict[Key, int] = {}
        for authored in self.models.authored:
            key = (authored.kind, authored.identity)
            found[key] = authored.statements
            # Argument types may be spelt otherwise than PostgreSQL does; a name that is declared once is enough.
            if authored.is_routine:
                name = self._by_name(key)
                names[name] = names.get(name, 0) + 1
                found[name] = authored.statements
        return {key: value for key, value in found.items() if names.get(key, 1) == 1}
