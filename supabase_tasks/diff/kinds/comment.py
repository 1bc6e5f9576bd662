"""Comments on every kind of object that is compared, and on parts of one that are no object of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, not_owned
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common.annotation import Annotation, object_label
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.domain import Domain
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Comment(Annotation):
    """A comment. `part` says what else of the target is meant: a domain's constraint by name, the index behind a constraint,
    the sequence of an identity column."""

    kind: ClassVar[str] = "comment"
    text: str
    part: str | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        return (*super().identity, *([self.part] if self.part else []))


class CommentKind(Kind[Comment]):
    item = Comment
    rank = 300
    section = 70
    noun = "comment"
    sql_file = "comments"
    # A composite type's columns are those of a relation; parts are found by what they belong to.
    query = """
        SELECT coalesce(o.classid, s.classoid)::int8, coalesce(o.objid, s.objoid)::int8,
            CASE WHEN o.objid IS NULL THEN s.objsubid ELSE o.objsubid END, s.description AS text,
            (SELECT a.attname::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                WHERE s.classoid = 1259 AND a.attrelid = s.objoid AND a.attnum = s.objsubid AND s.objsubid > 0
                    AND c.relkind IN ('v', 'm', 'c', 'f')) AS column,
            o.part
        FROM pg_catalog.pg_description s LEFT JOIN LATERAL (
                SELECT 1247::int8 AS classid, c.reltype AS objid, s.objsubid, NULL::text AS part FROM pg_catalog.pg_class c
                WHERE s.classoid = 1259 AND c.oid = s.objoid AND c.relkind = 'c'
                UNION ALL SELECT 1247, k.contypid, 0, k.conname::text FROM pg_catalog.pg_constraint k
                WHERE s.classoid = 2606 AND k.oid = s.objoid AND k.contypid <> 0
                UNION ALL SELECT d.refclassid::int8, d.refobjid, d.refobjsubid, c.relkind::text
                FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.objid
                WHERE s.classoid = 1259 AND d.classid = 1259 AND d.objid = s.objoid AND d.deptype = 'i' AND s.objsubid = 0
                    AND (c.relkind = 'S' OR d.refclassid = 2606 AND c.relkind IN ('i', 'I'))) o ON true
        WHERE (s.objoid >= 16384 OR (s.classoid = 2615 AND s.objoid = 2200)) AND s.classoid <> 3079
    """

    def forgets(self, item: Comment, cause: Key, context: Context) -> Comment | None:
        # A domain's check that changes is dropped and made anew.
        return replace(item, text="") if item.part is not None and item.target == cause else None

    def _label(self, item: Comment, context: Context) -> str | None:
        """How the object or part is addressed; None when the part is not there any more."""
        kind, identity = item.target or ("", ())
        target = context.desired.items.get((kind, identity))
        if item.part is None:
            return object_label(item, context)
        if isinstance(target, Domain):
            name = f"CONSTRAINT {ident(item.part)} ON {target.label}"
            return name if target.has_constraint(item.part) else None
        if kind == "constraint":
            return f"INDEX {qualified(identity[0], identity[-1])}"
        sequence = getattr(target, "sequence_name", "")
        return f"SEQUENCE {sequence}" if sequence else None

    def _hazards(self, item: Comment) -> list[Hazard]:
        kind, identity = item.target or ("", ())
        return not_owned(identity[0], qualified(*identity[:2])) if kind == "trigger" else []

    def create(self, new: Comment, context: Context) -> Operations:
        return self._operation(op.CreateObject, new, literal(new.text), context)

    def drop(self, old: Comment, context: Context) -> Operations:
        return self._operation(op.DropObject, old, "NULL", context)

    def alter(self, old: Comment, new: Comment, context: Context) -> Operations:
        return self._operation(op.AlterObject, new, literal(new.text), context)

    def _operation(self, operation: type[op.SchemaOperation], item: Comment, text: str, context: Context) -> Operations:
        label = self._label(item, context)
        if label is None:
            return []
        return [operation(self.name, item.identity, f"COMMENT ON {label} IS {text}", hazards=self._hazards(item))]


KIND = CommentKind()
