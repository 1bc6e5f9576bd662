"""What a column's change means in SQL: definitions, safe type changes, generated, identity and NOT NULL transitions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, data_loss, incompatible, lock, may_fail, rewrite
from supabase_tasks.diff.ddl.names import helper_name, ident, join_dotted, qualified
from supabase_tasks.diff.kinds.common import identity
from supabase_tasks.diff.kinds.common.cast_rules import TypeCast
from supabase_tasks.diff.kinds.common.constants import is_constant
from supabase_tasks.diff.kinds.common.joining import changes_parent, children_with_defaults
from supabase_tasks.diff.kinds.common.storage import parameter_changes
from supabase_tasks.diff.kinds.common.type_changes import is_written_when_added, type_change

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context


def definition(column: Column) -> str:
    """The column as CREATE TABLE and ADD COLUMN take it."""
    words = [ident(column.name), column.type]
    words += [f"COMPRESSION {column.compression}"] if column.compression else []
    words += [f"COLLATE {column.collation}"] if column.collation else []
    words += ["NOT NULL"] if column.not_null else []
    words += [f"DEFAULT {column.default}"] if column.default is not None else []
    words += [f"GENERATED ALWAYS AS {in_parentheses(column.generated)} STORED"] if column.generated is not None else []
    words += [identity.identity_clause(column)] if column.identity_mode else []
    return " ".join(words)


def in_parentheses(expression: str) -> str:
    """The expression in exactly one pair of outer parentheses."""
    return expression if _is_enclosed(expression) else f"({expression})"


def _is_enclosed(text: str) -> bool:
    if not (text.startswith("(") and text.endswith(")")) or "'" in text or '"' in text:
        return False
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and index < len(text) - 1:
            return False
    return True


def relation_of(column: Column) -> str:
    return qualified(column.schema, column.table)


def clause(column: Column, text: str, *hazards: Hazard, alone: bool = False) -> op.TableClause:
    """An ALTER TABLE subcommand for the column; a short ACCESS EXCLUSIVE lock unless stated otherwise."""
    relation = relation_of(column)
    taken = hazards or (lock(relation, "ACCESS EXCLUSIVE"),)
    return op.TableClause("column", column.identity, relation, text, hazards=taken, alone=alone)


def needs_value(column: Column) -> bool:
    """Whether adding it fails on a table with rows: NOT NULL and nothing that fills it."""
    filled = column.default is not None or column.generated is not None or bool(column.identity_mode)
    return column.not_null and not filled


def add(new: Column, context: Context) -> list[MigrateOperation]:
    """ADD COLUMN; with a value for existing rows when the options hold one."""
    value = context.options.defaults.get(join_dotted(*new.identity))
    if value is None or not needs_value(new) or not context.table_exists(new.schema, new.table):
        return [clause(new, f"ADD COLUMN {definition(new)}", *_add_hazards(new, context)), *extras(new)]
    if is_constant(value) and not is_written_when_added(new.type, context.desired):
        return [*_add_with_constant(new, value), *extras(new)]
    nullable = replace(new, not_null=False)
    return [
        clause(new, f"ADD COLUMN {definition(nullable)}", *_add_hazards(nullable, context)),
        fill(new, value, ""),
        clause(new, f"ALTER COLUMN {ident(new.name)} SET NOT NULL", lock(relation_of(new), "ACCESS EXCLUSIVE", "scan")),
        *extras(new),
    ]


def _add_with_constant(new: Column, value: str) -> list[MigrateOperation]:
    """A value that is the same for all rows is stored once, as the default that the column has for a moment."""
    relation = relation_of(new)
    breaks = incompatible(relation, f"code that inserts into {relation} without {new.name} breaks")
    added = f"ADD COLUMN {definition(replace(new, default=value))}"
    return [
        clause(new, added, lock(relation, "ACCESS EXCLUSIVE"), breaks, alone=True),
        clause(new, f"ALTER COLUMN {ident(new.name)} DROP DEFAULT"),
    ]


def fill(column: Column, value: str, where: str) -> MigrateOperation:
    """UPDATE of the rows that `where` holds for."""
    sql = f"UPDATE {relation_of(column)} SET {ident(column.name)} = {value}{where}"
    hazard = lock(relation_of(column), "ROW EXCLUSIVE", "rewrite")
    return op.AlterObject("column", column.identity, sql, hazards=[hazard])


def _add_hazards(new: Column, context: Context) -> list[Hazard]:
    relation = relation_of(new)
    computed = new.default is not None and not is_constant(new.default)
    if computed or new.generated is not None or new.identity_mode:
        return [rewrite(relation, f"{relation} is rewritten: every row gets its own value of {new.name}")]
    if is_written_when_added(new.type, context.desired):
        return [rewrite(relation, f"{relation} is rewritten: {new.type} may refuse a value of {new.name}")]
    found = [lock(relation, "ACCESS EXCLUSIVE")]
    if needs_value(new):
        found.append(incompatible(relation, f"code that inserts into {relation} without {new.name} breaks"))
    return found


def extras(new: Column) -> list[MigrateOperation]:
    """Settings that no CREATE TABLE can hold; PostgreSQL 15 has no STORAGE there."""
    name = ident(new.name)
    found: list[MigrateOperation] = []
    if new.typed and new.compression:
        found.append(clause(new, f"ALTER COLUMN {name} SET COMPRESSION {new.compression}"))
    if new.storage:
        found.append(clause(new, f"ALTER COLUMN {name} SET STORAGE {new.storage}"))
    if new.statistics is not None:
        found.append(clause(new, f"ALTER COLUMN {name} SET STATISTICS {new.statistics}"))
    return found + [clause(new, f"ALTER COLUMN {name} {text}") for text in parameter_changes((), new.options)]


def alter(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    """The clauses that lead from one column to the other, in an order that PostgreSQL accepts."""
    return [
        *_leave_generated(old, new),
        *_leave_identity(old, new),
        *identity.before_type(old, new),
        *_type(old, new, context),
        *default(old, new),
        *_nullability(old, new, context),
        *identity.after_type(old, new),
        *identity.counting(old, new, context),
        *_storage(old, new),
    ]


def own(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    """The clauses for what a child's column has of its own."""
    expression = _leave_generated(old, new) if new.generated is not None else []
    return [*expression, *default(old, new), *_nullability(old, new, context), *_storage(old, new)]


def _leave_generated(old: Column, new: Column) -> list[MigrateOperation]:
    if old.generated is None or old.generated == new.generated:
        return []
    name = ident(new.name)
    # In one ALTER TABLE with TYPE, PostgreSQL still takes the column for a computed one, which has no USING; and 17 loses the
    # indexes of one whose expression changes ("cache lookup failed", XX000).
    alone = (old.type, old.collation) != (new.type, new.collation)
    if new.generated is None:
        return [clause(new, f"ALTER COLUMN {name} DROP EXPRESSION", alone=alone)]
    hazard = rewrite(relation_of(new), f"{relation_of(new)} is rewritten: {new.name} is computed anew")
    return [clause(new, f"ALTER COLUMN {name} SET EXPRESSION AS {in_parentheses(new.generated)}", hazard, alone=alone)]


def _leave_identity(old: Column, new: Column) -> list[MigrateOperation]:
    if old.identity_mode and not new.identity_mode:
        # In one ALTER TABLE with TYPE, PostgreSQL looks at the type first, and an identity is a number.
        return [clause(new, f"ALTER COLUMN {ident(new.name)} DROP IDENTITY", alone=True)]
    return []


def _type(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    if (old.type, old.collation) == (new.type, new.collation):
        return []
    relation, name = relation_of(new), ident(new.name)
    # Without COLLATE the column gets the collation of the type, also where it had one of its own. Source: PostgreSQL 17,
    # ATPrepAlterColumnType(), GetColumnDefCollation().
    collate = f" COLLATE {new.collation}" if new.collation else ""
    found = type_change(old, new, context)
    # What a computed column holds is computed: PostgreSQL takes no USING for it.
    using = f" USING {found.using}" if found.using and new.generated is None else ""
    text = f"ALTER COLUMN {name} TYPE {new.type}{collate}{using}"
    hazards = _type_hazards(old, new, found)
    retyped = op.TableClause("column", new.identity, relation, text, hazards=hazards, settings=found.settings)
    return _without_default(old, new, [retyped], context)


def _type_hazards(old: Column, new: Column, found: TypeCast) -> list[Hazard]:
    relation, name = relation_of(new), ident(new.name)
    hazards: list[Hazard] = [lock(relation, "ACCESS EXCLUSIVE")]
    if found.rewrites:
        hazards = [rewrite(relation, f"{relation} is rewritten: {name} {old.type} becomes {new.type}")]
    if found.rewrites or found.settings:
        hazards.append(incompatible(relation, f"code that expects {relation}.{name} as {old.type} may break"))
    if found.loses and old.generated is None:
        hazards.insert(0, data_loss(relation, f"{relation}.{name} loses {found.loses}: {old.type} becomes {new.type}"))
    if found.fails:
        hazards.append(may_fail(relation, f"fails when a value of {relation}.{name} does not fit {new.type}"))
    return hazards


def _without_default(
    old: Column, new: Column, found: list[MigrateOperation], context: Context
) -> list[MigrateOperation]:
    # A default is not cast along with the column; equal text means that it was, or needs no cast. A child may have one of
    # its own, which goes with the parent's and is set again.
    same = base_type(old.type) == base_type(new.type)
    if same and old.default in (None, new.default):
        return found
    if old.default is None and not children_with_defaults(old, context):
        return found
    name = ident(new.name)
    found.insert(0, clause(new, f"ALTER COLUMN {name} DROP DEFAULT"))
    if old.default is not None and new.default is not None:
        found.append(clause(new, f"ALTER COLUMN {name} SET DEFAULT {new.default}"))
    return found


def base_type(type_name: str) -> str:
    """The type without its length, precision or other modifier."""
    return re.sub(r"\([^)]*\)", "", type_name)


def default(old: Column, new: Column) -> list[MigrateOperation]:
    """SET or DROP DEFAULT where the type's change has not done it."""
    was = old.default if (old.type, old.collation) == (new.type, new.collation) else new.default
    if old.default is None and new.default is not None:
        was = None
    if was == new.default:
        return []
    name = ident(new.name)
    text = "DROP DEFAULT" if new.default is None else f"SET DEFAULT {new.default}"
    return [clause(new, f"ALTER COLUMN {name} {text}")]


def _nullability(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    if old.not_null == new.not_null:
        return []
    relation, name = relation_of(new), ident(new.name)
    if not new.not_null:
        hazard = incompatible(relation, f"code that expects a value in {relation}.{name} may meet NULL")
        return [clause(new, f"ALTER COLUMN {name} DROP NOT NULL", lock(relation, "ACCESS EXCLUSIVE"), hazard)]
    found: list[MigrateOperation] = []
    value = context.options.defaults.get(join_dotted(*new.identity)) or new.default
    if value is not None and not new.identity_mode and context.table_exists(new.schema, new.table):
        found.append(fill(new, value, f" WHERE {name} IS NULL"))
    fails = [] if found else [may_fail(relation, f"fails when a row of {relation} has no {name}")]
    breaks = incompatible(relation, f"code that writes NULL to {relation}.{name} breaks")
    demand = f"ALTER COLUMN {name} SET NOT NULL"
    # A table that joins a parent has to be as the parent is before, which has no check that it lacks.
    if new.identity_mode or changes_parent(new, context) or not context.table_exists(new.schema, new.table):
        return [*found, clause(new, demand, lock(relation, "ACCESS EXCLUSIVE", "scan"), *fails, breaks)]
    return [*found, *_set_not_null_by_check(new, demand, [*fails, breaks], context)]


def _set_not_null_by_check(new: Column, demand: str, hazards: list[Hazard], context: Context) -> list[MigrateOperation]:
    """NOT NULL without a scan under ACCESS EXCLUSIVE: a check is added, validated after a commit, and then proves it.

    Source: PostgreSQL, ALTER TABLE: SET NOT NULL skips the scan when a valid CHECK proves that no NULL can exist.
    """
    relation, name = relation_of(new), ident(new.name)
    check = ident(_free(new, context))
    scan = lock(relation, locks.mode("VALIDATE CONSTRAINT"), "scan")
    texts = (f"VALIDATE CONSTRAINT {check}", demand, f"DROP CONSTRAINT {check}")
    held: tuple[list[Hazard], ...] = ([scan, *hazards], [lock(relation, "ACCESS EXCLUSIVE")], [])
    later = [
        op.TableClause("column", new.identity, relation, text, hazards=taken, alone=True, later=True)
        for text, taken in zip(texts, held, strict=True)
    ]
    return [clause(new, f"ADD CONSTRAINT {check} CHECK ({name} IS NOT NULL) NOT VALID"), *later]


def _free(new: Column, context: Context) -> str:
    """A name for the check that no constraint of the table has."""
    for stem in ("not_null", "is_not_null", "helper_not_null"):
        name = helper_name(new.table, new.name, stem)
        key = ("constraint", (new.schema, new.table, name))
        if key not in context.current.items and key not in context.desired.items:
            break
    return name


def _storage(old: Column, new: Column) -> list[MigrateOperation]:
    name = ident(new.name)
    found: list[MigrateOperation] = []
    if old.storage != new.storage:
        found.append(clause(new, f"ALTER COLUMN {name} SET STORAGE {new.storage or new.usual_storage}"))
    if old.compression != new.compression:
        found.append(clause(new, f"ALTER COLUMN {name} SET COMPRESSION {new.compression or 'DEFAULT'}"))
    if old.statistics != new.statistics:
        target = "DEFAULT" if new.statistics is None else new.statistics
        found.append(clause(new, f"ALTER COLUMN {name} SET STATISTICS {target}"))
    changes = parameter_changes(old.options, new.options)
    return found + [clause(new, f"ALTER COLUMN {name} {text}") for text in changes]
