"""What is said of an object, or of a column of it that is no object of its own: comments and security labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supabase_tasks.diff.catalog.item import Address, Item, Key, whole
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.composite import Composite

if TYPE_CHECKING:
    from typing import Self

    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Annotation(Item):
    """`target` is the object, `column` a column of it that is no object of its own."""

    is_attribute = True
    column: str | None
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity, *([self.column] if self.column else []))

    def resolve(self, addresses: Mapping[Address, Key]) -> Self | None:
        address = self.address if self.column is None else whole(self.address)
        target = addresses.get(address)
        return None if target is None else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


def object_label(item: Annotation, context: Context) -> str | None:
    """How the object or column is addressed; None when the column is not there any more."""
    kind, identity = item.target or ("", ())
    if item.column is None:
        return context.label((kind, identity))
    target = context.desired.items.get((kind, identity))
    there = not isinstance(target, Composite) or item.column in target.pairs
    return f"COLUMN {qualified(*identity)}.{ident(item.column)}" if there else None
