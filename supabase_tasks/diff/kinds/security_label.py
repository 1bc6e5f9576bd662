"""Security labels: what a label provider (pgsodium, anon, sepgsql) is told about an object.

No provider is loaded on our servers, where a label is a row of pg_seclabel as it is everywhere
(`postgres/security_labels.py`); what its provider makes of it no copy can say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks import undumped
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import may_fail
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common.annotation import Annotation, object_label
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class SecurityLabel(Annotation):
    """The label that `provider` is told for the target."""

    kind: ClassVar[str] = "security_label"
    provider: str
    text: str

    @property
    def identity(self) -> tuple[str, ...]:
        return (*super().identity, self.provider)


class SecurityLabelKind(Kind[SecurityLabel]):
    item = SecurityLabel
    rank = 302
    section = 72
    noun = "security label"
    sql_file = "security_labels"
    found_in = "pg_seclabel"
    # A composite type's columns are those of a relation.
    query = f"""
        SELECT CASE WHEN c.relkind = 'c' THEN 1247 ELSE l.classoid END::int8,
            CASE WHEN c.relkind = 'c' THEN c.reltype ELSE l.objoid END::int8, l.objsubid,
            CASE WHEN c.relkind IN ('v', 'm', 'c', 'f') THEN a.attname END::text AS column, l.provider, l.label AS text
        FROM pg_catalog.pg_seclabel l
            LEFT JOIN pg_catalog.pg_class c ON l.classoid = 1259 AND c.oid = l.objoid
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = l.objsubid AND l.objsubid > 0
        WHERE l.classoid IN ({undumped.LABELLED})
    """

    def create(self, new: SecurityLabel, context: Context) -> Operations:
        return self._operation(op.CreateObject, new, literal(new.text), context)

    def drop(self, old: SecurityLabel, context: Context) -> Operations:
        return self._operation(op.DropObject, old, "NULL", context)

    def alter(self, old: SecurityLabel, new: SecurityLabel, context: Context) -> Operations:
        return self._operation(op.AlterObject, new, literal(new.text), context)

    def _operation(
        self, operation: type[op.SchemaOperation], item: SecurityLabel, text: str, context: Context
    ) -> Operations:
        label = object_label(item, context)
        if label is None:
            return []
        provider = ident(item.provider)
        hazard = may_fail("", f"no label provider is loaded here: whether {provider} takes its labels is not proven")
        sql = f"SECURITY LABEL FOR {provider} ON {label} IS {text}"
        return [operation(self.name, item.identity, sql, hazards=[hazard])]


KIND = SecurityLabelKind()
