"""Comments on every kind of object that is compared, and on columns of views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff import operations as op
from supabase_tasks.diff.kind import Item, Key, Kind, Operations, whole
from supabase_tasks.diff.names import ident, literal, qualified

if TYPE_CHECKING:
    from supabase_tasks.diff.context import Context
    from supabase_tasks.diff.dependencies import Dependencies


@dataclass(frozen=True, kw_only=True)
class Comment(Item):
    """A comment; `target` is the commented object, `column` a column of it that is no object of its own."""

    kind: ClassVar[str] = "comment"
    text: str
    column: str | None
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity, *([self.column] if self.column else []))


class CommentKind(Kind[Comment]):
    item = Comment
    section = 70
    satellite = True
    noun = "comment"
    query = """
        SELECT s.classoid::int8, s.objoid::int8, s.objsubid, s.description AS text,
            (SELECT a.attname::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                WHERE s.classoid = 1259 AND a.attrelid = s.objoid AND a.attnum = s.objsubid AND s.objsubid > 0
                    AND c.relkind IN ('v', 'm', 'c')) AS column
        FROM pg_catalog.pg_description s
        WHERE (s.objoid >= 16384 OR (s.classoid = 2615 AND s.objoid = 2200)) AND s.classoid <> 3079
    """

    def settle(self, item: Comment, dependencies: Dependencies) -> Comment | None:
        address = item.address if item.column is None else whole(item.address)
        target = dependencies.addresses.get(address)
        return None if target is None else replace(item, target=target)

    def parent(self, item: Comment) -> Key | None:
        return item.target

    def _statement(self, item: Comment, text: str, context: Context) -> str:
        kind, identity = item.target or ("", ())
        label = context.label((kind, identity))
        if item.column is not None:
            label = f"COLUMN {qualified(*identity)}.{ident(item.column)}"
        return f"COMMENT ON {label} IS {text}"

    def create(self, new: Comment, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, self._statement(new, literal(new.text), context))]

    def drop(self, old: Comment, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, self._statement(old, "NULL", context))]

    def alter(self, old: Comment, new: Comment, context: Context) -> Operations:
        return [op.AlterObject(self.name, new.identity, self._statement(new, literal(new.text), context))]


KIND = CommentKind()
