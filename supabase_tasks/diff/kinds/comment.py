"""Comments on every kind of object that is compared, and on columns of views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Item, Key, whole
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, not_owned
from supabase_tasks.diff.ddl.names import ident, literal, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Comment(Item):
    """A comment; `target` is the commented object, `column` a column of it that is no object of its own."""

    kind: ClassVar[str] = "comment"
    is_attribute: ClassVar[bool] = True
    text: str
    column: str | None
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity, *([self.column] if self.column else []))

    def resolve(self, addresses: Mapping[Address, Key]) -> Comment | None:
        address = self.address if self.column is None else whole(self.address)
        target = addresses.get(address)
        return None if target is None else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


class CommentKind(Kind[Comment]):
    item = Comment
    rank = 300
    section = 70
    noun = "comment"
    query = """
        SELECT s.classoid::int8, s.objoid::int8, s.objsubid, s.description AS text,
            (SELECT a.attname::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                WHERE s.classoid = 1259 AND a.attrelid = s.objoid AND a.attnum = s.objsubid AND s.objsubid > 0
                    AND c.relkind IN ('v', 'm', 'c', 'f')) AS column
        FROM pg_catalog.pg_description s
        WHERE (s.objoid >= 16384 OR (s.classoid = 2615 AND s.objoid = 2200)) AND s.classoid <> 3079
    """

    def _statement(self, item: Comment, text: str, context: Context) -> str:
        kind, identity = item.target or ("", ())
        label = context.label((kind, identity))
        if item.column is not None:
            label = f"COLUMN {qualified(*identity)}.{ident(item.column)}"
        return f"COMMENT ON {label} IS {text}"

    def _hazards(self, item: Comment) -> list[Hazard]:
        kind, identity = item.target or ("", ())
        return not_owned(identity[0], qualified(*identity[:2])) if kind == "trigger" else []

    def create(self, new: Comment, context: Context) -> Operations:
        text = self._statement(new, literal(new.text), context)
        return [op.CreateObject(self.name, new.identity, text, hazards=self._hazards(new))]

    def drop(self, old: Comment, context: Context) -> Operations:
        text = self._statement(old, "NULL", context)
        return [op.DropObject(self.name, old.identity, text, hazards=self._hazards(old))]

    def alter(self, old: Comment, new: Comment, context: Context) -> Operations:
        text = self._statement(new, literal(new.text), context)
        return [op.AlterObject(self.name, new.identity, text, hazards=self._hazards(new))]


KIND = CommentKind()
