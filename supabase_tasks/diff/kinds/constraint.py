"""Constraints of tables: primary key, unique, check, foreign key, exclusion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Key, TableItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, lock, may_fail
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import key_parameters, partition_constraints
from supabase_tasks.diff.kinds.common.kind import Kind, Name, Operations, RenameRound
from supabase_tasks.diff.kinds.common.partition_names import index_columns

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_NOT_VALID = " NOT VALID"
_DEFERRABILITY = re.compile(r" (?:NOT DEFERRABLE|DEFERRABLE(?: INITIALLY (?:DEFERRED|IMMEDIATE))?)\Z")
_ORDER = "puxcf"
_INDEXED = ("p", "u", "x")


@dataclass(frozen=True, kw_only=True)
class Constraint(TableItem):
    """A constraint as pg_get_constraintdef writes it; `type` is pg_constraint.contype, `references` `schema.table`, `above`
    the name of the partitioned table's constraint that a partition's comes from; `only` says that it is a partitioned table's
    key and that a partition lacks it; `attributes` and `chosen` are those of `index_columns` for the index of a partitioned
    table's or a partition's."""

    kind: ClassVar[str] = "constraint"
    type: str
    definition: str
    references: str | None
    columns: tuple[str, ...] = field(compare=False)
    partitioned: bool = field(compare=False)
    above: str = field(default="", compare=False)
    only: bool = False
    attributes: tuple[str, ...] = field(default=(), compare=False)
    chosen: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", canonical(self.definition))

    @property
    def parent(self) -> Key:
        return ("table", (self.schema, self.table))

    @property
    def label(self) -> str:
        return f"CONSTRAINT {ident(self.name)} ON {qualified(self.schema, self.table)}"


class ConstraintKind(Kind[Constraint]):
    item = Constraint
    rank = 100
    slug_rank = 16
    namespaces = ("relation",)
    rename_rounds = (RenameRound.ON_TABLES,)
    cycle_breaker = 2
    rebuilt = True
    section = 40
    inline = True
    noun = "constraint"
    has_children = True
    named_after_partition = True
    part_of_table = True
    query = f"""
        SELECT 2606::int8, k.oid::int8, 0, n.nspname AS schema, c.relname AS table, k.conname AS name,
            k.contype::text AS type, coalesce(
                (SELECT left(d, length(d) - length(e)) || ' WITH ('
                    || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(ic.reloptions) o) || ')' || e
                    FROM pg_catalog.pg_class ic, pg_catalog.pg_get_constraintdef(k.oid, true) d,
                        concat(CASE WHEN k.condeferrable THEN ' DEFERRABLE' END,
                            CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' END) e
                    WHERE ic.oid = k.conindid AND k.contype IN ('p', 'u') AND ic.reloptions IS NOT NULL),
                pg_catalog.pg_get_constraintdef(k.oid, true)) AS definition,
            CASE WHEN k.contype = 'f' THEN k.confrelid::regclass::text END AS references,
            ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY place) AS columns,
            c.relkind = 'p' AS partitioned,
            coalesce((SELECT u.conname FROM pg_catalog.pg_constraint u WHERE u.oid = k.conparentid), '') AS above,
            c.relkind = 'p' AND k.contype IN ('p', 'u', 'x') AND NOT
                (SELECT y.indisvalid FROM pg_catalog.pg_index y WHERE y.indexrelid = k.conindid) AS only,
            (k.conparentid <> 0 OR k.coninhcount > 0) AS inherited,
            {index_columns("k.conindid", "k.contype IN ('p', 'u', 'x') AND (c.relkind = 'p' OR c.relispartition)")}
        FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype IN ('p', 'u', 'x', 'c', 'f')
            -- Not what PostgreSQL keeps for each partition of a table that is referred to: no dump has it.
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint u WHERE u.oid = k.conparentid AND u.conrelid = k.conrelid)
            AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
            AND {user_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def sort_key(self, item: Constraint) -> tuple[Any, ...]:
        return (_ORDER.index(item.type), item.name)

    def clause(self, item: Constraint) -> str:
        return f"CONSTRAINT {ident(item.name)} {item.definition}"

    def disturbs(self, old: Constraint, new: Constraint | None, context: Context) -> list[Key]:
        return [("replica_identity", (old.schema, old.table))] if new is None else []

    def names(self, item: Constraint) -> list[Name]:
        # The index behind one is a relation of its name.
        found: list[Name] = [("constraint", *item.identity)]
        return [*found, ("relation", item.schema, item.name)] if item.type in _INDEXED else found

    def create(self, new: Constraint, context: Context) -> Operations:
        relation = qualified(new.schema, new.table)
        add = f"ADD {self.clause(new)}"
        mode = locks.mode("ADD FOREIGN KEY" if new.type == "f" else "ALTER TABLE")
        if new.only:
            # It reads the rows of no partition; what only reads the statement cannot tell it from an ordinary table's.
            return [self._clause(new, add, lock(relation, mode, "scan"))]
        held = [lock(new.references, locks.mode("ADD FOREIGN KEY"))] if new.references not in (None, relation) else []
        what = {"p": "a duplicate or missing key", "u": "a duplicate", "x": "a conflicting row"}.get(
            new.type, "a violating row"
        )
        fails = may_fail(relation, f"{new.name} fails when {relation} holds {what}")
        if new.definition.endswith(_NOT_VALID):
            return [self._clause(new, add, lock(relation, mode), *held)]
        if not self._validates_later(new, context):
            return [self._clause(new, add, lock(relation, mode, "scan"), *held, fails)]
        scan = lock(relation, locks.mode("VALIDATE CONSTRAINT"), "scan")
        validate = f"VALIDATE CONSTRAINT {ident(new.name)}"
        return [
            self._clause(new, add + _NOT_VALID, lock(relation, mode), *held),
            op.TableClause(self.name, new.identity, relation, validate, hazards=[scan, fails], later=True),
        ]

    def inherits(self, old: Constraint | None, new: Constraint, context: Context) -> Operations:
        if partition_constraints.is_attached_by_itself(old, new, context):
            attach = partition_constraints.attach_statement(new, context)
            made = self.create(new, context) if old is None else []
            return [*made, op.AlterObject(self.name, new.identity, attach)]
        renames = [self._rename_of(new, one, other) for one, other in partition_constraints.renames(new, context)]
        return [*renames, *self._tune(new, key_parameters.inherited_changes(old, new, context))]

    def _validates_later(self, new: Constraint, context: Context) -> bool:
        """Whether rows have to be read: not when all its columns are new, which every row fills alike."""
        if new.type not in "cf" or not context.table_exists(new.schema, new.table):
            return False
        if new.inherited:  # A table that joins a parent has to have it, valid, before.
            return False
        if new.type == "f" and new.partitioned:
            return False
        return any(context.exists(("column", (new.schema, new.table, name))) for name in new.columns)

    def _clause(self, constraint: Constraint, text: str, *hazards: Hazard, alone: bool = False) -> op.TableClause:
        relation = qualified(constraint.schema, constraint.table)
        taken = hazards or (lock(relation, "ACCESS EXCLUSIVE"),)
        target = f"ONLY {relation}" if constraint.only and text.startswith("ADD ") else relation
        return op.TableClause(self.name, constraint.identity, target, text, hazards=taken, alone=alone)

    def drop(self, old: Constraint, context: Context) -> Operations:
        return [self._clause(old, f"DROP CONSTRAINT {ident(old.name)}")]

    def is_demanded(self, item: Constraint) -> bool:
        return item.type == "c"

    def replaces(self, old: Constraint, new: Constraint, context: Context) -> bool:
        # No partition's key can be detached by itself; one that partitions lack is complete when theirs are attached.
        if old.only != new.only and old.definition == new.definition:
            return new.only
        if key_parameters.is_tuned(old, new, context):
            return False
        return not (self._becomes_valid(old, new) or self._defers(old, new))

    @staticmethod
    def _becomes_valid(old: Constraint, new: Constraint) -> bool:
        return old.definition == new.definition + _NOT_VALID

    @staticmethod
    def _defers(old: Constraint, new: Constraint) -> bool:
        first, second = (_DEFERRABILITY.sub("", item.definition) for item in (old, new))
        return new.type == "f" and first == second

    def alter(self, old: Constraint, new: Constraint, context: Context) -> Operations:
        relation = qualified(new.schema, new.table)
        if old.definition == new.definition:
            return []
        if (clauses := key_parameters.changes(old, new)) is not None:
            return self._tune(new, clauses)
        if self._becomes_valid(old, new):
            hazard = lock(relation, locks.mode("VALIDATE CONSTRAINT"), "scan")
            return [self._clause(new, f"VALIDATE CONSTRAINT {ident(new.name)}", hazard, alone=True)]
        match = _DEFERRABILITY.search(new.definition)
        return [self._clause(new, f"ALTER CONSTRAINT {ident(new.name)}{match[0] if match else ' NOT DEFERRABLE'}")]

    def _tune(self, new: Constraint, clauses: Sequence[str]) -> list[op.AlterObject]:
        name = qualified(new.schema, new.name)
        hazard = lock(name, "ACCESS EXCLUSIVE")
        return [
            op.AlterObject("index", (new.schema, new.name), f"ALTER INDEX {name} {text}", hazards=[hazard])
            for text in clauses
        ]

    def rename(self, old: Constraint, new: Constraint, context: Context) -> Operations:
        return [self._rename_of(new, old.name, new.name)]

    def _rename_of(self, new: Constraint, old: str, name: str) -> op.RenameObject:
        sql = f"ALTER TABLE {qualified(new.schema, new.table)} RENAME CONSTRAINT {ident(old)} TO {ident(name)}"
        return op.RenameObject(self.name, new.identity, sql)


KIND = ConstraintKind()
