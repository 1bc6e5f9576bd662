"""What a column's change means in SQL: definitions, safe type changes, generated, identity and NOT NULL transitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, incompatible, lock, may_fail, rewrite
from supabase_tasks.diff.ddl.names import helper_name, ident, qualified
from supabase_tasks.diff.kinds.common.casts import always_fits, is_rewrite, using
from supabase_tasks.diff.kinds.common.identity_options import sequence_changes
from supabase_tasks.diff.kinds.common.storage import parameter_changes

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.common.context import Context

_DEFAULT_COLLATION = 'pg_catalog."default"'
_MODES = {"a": "ALWAYS", "d": "BY DEFAULT"}
# Defaults that PostgreSQL computes once for all existing rows, because they do not vary between them.
_STABLE = re.compile(
    r"\A(?:now\(\)|CURRENT_\w+|transaction_timestamp\(\)|statement_timestamp\(\)|CURRENT_USER)\Z", re.I
)


def definition(column: Column) -> str:
    """The column as CREATE TABLE and ADD COLUMN take it."""
    words = [ident(column.name), column.type]
    words += [f"STORAGE {column.storage}"] if column.storage else []
    words += [f"COMPRESSION {column.compression}"] if column.compression else []
    words += [f"COLLATE {column.collation}"] if column.collation else []
    words += ["NOT NULL"] if column.not_null else []
    words += [f"DEFAULT {column.default}"] if column.default is not None else []
    words += [f"GENERATED ALWAYS AS {enclosed(column.generated)} STORED"] if column.generated is not None else []
    words += [identity_clause(column)] if column.identity_mode else []
    return " ".join(words)


def enclosed(expression: str) -> str:
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


def identity_clause(column: Column) -> str:
    sequence = f" ({column.sequence})" if column.sequence else ""
    return f"GENERATED {_MODES[column.identity_mode]} AS IDENTITY{sequence}"


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
    """ADD COLUMN; with a value for the rows that exist when the options hold one."""
    value = context.options.defaults.get(".".join(new.identity))
    fills = needs_value(new) and value is not None and context.table_exists(new.schema, new.table)
    body = definition(new)
    if fills:
        body = body.replace(" NOT NULL", "", 1)
    found: list[MigrateOperation] = [clause(new, f"ADD COLUMN {body}", *_add_hazards(new))]
    if fills:
        found.append(fill(new, f"{value}", ""))
        hazard = lock(relation_of(new), "ACCESS EXCLUSIVE", "scan")
        found.append(clause(new, f"ALTER COLUMN {ident(new.name)} SET NOT NULL", hazard))
    return found + extras(new)


def fill(column: Column, value: str, where: str) -> MigrateOperation:
    """UPDATE of the rows that `where` holds for."""
    sql = f"UPDATE {relation_of(column)} SET {ident(column.name)} = {value}{where}"
    hazard = lock(relation_of(column), "ROW EXCLUSIVE", "rewrite")
    return op.AlterObject("column", column.identity, sql, hazards=[hazard])


def _add_hazards(new: Column) -> list[Hazard]:
    relation = relation_of(new)
    default = (new.default or "").partition("::")[0]
    computed = "(" in default and not _STABLE.match(default)
    if computed or new.generated is not None or new.identity_mode:
        return [rewrite(relation, f"{relation} is rewritten: every row gets its own value of {new.name}")]
    found = [lock(relation, "ACCESS EXCLUSIVE")]
    if needs_value(new):
        found.append(incompatible(relation, f"code that inserts into {relation} without {new.name} breaks"))
    return found


def extras(new: Column) -> list[MigrateOperation]:
    """Settings that no CREATE TABLE can hold."""
    name = ident(new.name)
    found: list[MigrateOperation] = []
    if new.statistics is not None:
        found.append(clause(new, f"ALTER COLUMN {name} SET STATISTICS {new.statistics}"))
    return found + [clause(new, f"ALTER COLUMN {name} {text}") for text in parameter_changes((), new.options)]


def alter(old: Column, new: Column, context: Context) -> list[MigrateOperation]:
    """The clauses that lead from one column to the other, in an order that PostgreSQL accepts."""
    return [
        *_leave_generated(old, new),
        *_leave_identity(old, new),
        *_type(old, new),
        *default(old, new),
        *_nullability(old, new, context),
        *_identity(old, new),
        *_counting(old, new),
        *_storage(old, new),
    ]


def _leave_generated(old: Column, new: Column) -> list[MigrateOperation]:
    if old.generated is None or old.generated == new.generated:
        return []
    name = ident(new.name)
    if new.generated is None:
        return [clause(new, f"ALTER COLUMN {name} DROP EXPRESSION")]
    hazard = rewrite(relation_of(new), f"{relation_of(new)} is rewritten: {new.name} is computed anew")
    # Together with TYPE in one ALTER TABLE, PostgreSQL 17 loses the column's indexes ("cache lookup failed", XX000).
    alone = (old.type, old.collation) != (new.type, new.collation)
    return [clause(new, f"ALTER COLUMN {name} SET EXPRESSION AS {enclosed(new.generated)}", hazard, alone=alone)]


def _leave_identity(old: Column, new: Column) -> list[MigrateOperation]:
    if old.identity_mode and not new.identity_mode:
        return [clause(new, f"ALTER COLUMN {ident(new.name)} DROP IDENTITY")]
    return []


def _type(old: Column, new: Column) -> list[MigrateOperation]:
    if (old.type, old.collation) == (new.type, new.collation):
        return []
    relation, name = relation_of(new), ident(new.name)
    collate = f" COLLATE {new.collation or _DEFAULT_COLLATION}" if old.collation != new.collation else ""
    cast = using(name, old.type, new.type)
    text = f"ALTER COLUMN {name} TYPE {new.type}{collate}" + (f" USING {cast}" if cast else "")
    hazards: list[Hazard] = [lock(relation, "ACCESS EXCLUSIVE")]
    if is_rewrite(old.type, new.type):
        change = f"{old.type} becomes {new.type}"
        hazards = [rewrite(relation, f"{relation} is rewritten: {name} {change}")]
        hazards.append(incompatible(relation, f"code that expects {relation}.{name} as {old.type} may break"))
        if not always_fits(old.type, new.type):
            hazards.append(may_fail(relation, f"fails when a value of {relation}.{name} does not fit {new.type}"))
    found: list[MigrateOperation] = [clause(new, text, *hazards)]
    return _without_default(old, new, found)


def _without_default(old: Column, new: Column, found: list[MigrateOperation]) -> list[MigrateOperation]:
    # A default is not cast along with the column; equal text means that it was, or needs no cast.
    if old.default is None or (old.default == new.default and base_type(old.type) == base_type(new.type)):
        return found
    name = ident(new.name)
    found.insert(0, clause(new, f"ALTER COLUMN {name} DROP DEFAULT"))
    if new.default is not None:
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
    value = context.options.defaults.get(".".join(new.identity)) or new.default
    if value is not None and not new.identity_mode:
        found.append(fill(new, value, f" WHERE {name} IS NULL"))
    fails = [] if found else [may_fail(relation, f"fails when a row of {relation} has no {name}")]
    breaks = incompatible(relation, f"code that writes NULL to {relation}.{name} breaks")
    demand = f"ALTER COLUMN {name} SET NOT NULL"
    # A table that joins a parent has to be as the parent is before.
    if new.identity_mode or new.inherited or not context.table_exists(new.schema, new.table):
        return [*found, clause(new, demand, lock(relation, "ACCESS EXCLUSIVE", "scan"), *fails, breaks)]
    return [*found, *_checked(new, demand, [*fails, breaks])]


def _checked(new: Column, demand: str, hazards: list[Hazard]) -> list[MigrateOperation]:
    """NOT NULL without a scan under ACCESS EXCLUSIVE: a check is added, validated after a commit, and then proves it.

    Source: PostgreSQL, ALTER TABLE: SET NOT NULL skips the scan when a valid CHECK proves that no NULL can exist.
    """
    relation, name = relation_of(new), ident(new.name)
    check = ident(helper_name(new.table, new.name, "not_null"))
    scan = lock(relation, locks.mode("VALIDATE CONSTRAINT"), "scan")
    texts = (f"VALIDATE CONSTRAINT {check}", demand, f"DROP CONSTRAINT {check}")
    held: tuple[list[Hazard], ...] = ([scan, *hazards], [lock(relation, "ACCESS EXCLUSIVE")], [])
    later = [
        op.TableClause("column", new.identity, relation, text, hazards=taken, alone=True, later=True)
        for text, taken in zip(texts, held, strict=True)
    ]
    return [clause(new, f"ADD CONSTRAINT {check} CHECK ({name} IS NOT NULL) NOT VALID"), *later]


def _identity(old: Column, new: Column) -> list[MigrateOperation]:
    name = ident(new.name)
    if not new.identity_mode:
        return []
    if old.identity_mode:
        changes = []
        if old.identity_mode != new.identity_mode:
            changes.append(f"SET GENERATED {_MODES[new.identity_mode]}")
        if old.sequence != new.sequence:
            changes += sequence_changes(old, new)
        return [clause(new, f"ALTER COLUMN {name} {' '.join(changes)}")] if changes else []
    relation = relation_of(new)
    advance = (
        f"SELECT setval(pg_get_serial_sequence('{relation}', '{new.name}'), max({name})) FROM {relation}"
        f" HAVING max({name}) IS NOT NULL"
    )
    return [
        clause(new, f"ALTER COLUMN {name} ADD {identity_clause(new)}"),
        op.AlterObject("column", new.identity, advance),
    ]


def _counting(old: Column, new: Column) -> list[MigrateOperation]:
    """A sequence that takes over goes on from the greatest value."""
    match = re.fullmatch(r"nextval\('(.+)'::regclass\)", new.default or "")
    if match is None or old.default is not None:
        return []
    name, relation = ident(new.name), relation_of(new)
    sql = f"SELECT setval('{match[1]}', max({name})) FROM {relation} HAVING max({name}) IS NOT NULL"
    return [op.AlterObject("column", new.identity, sql)]


def _storage(old: Column, new: Column) -> list[MigrateOperation]:
    name = ident(new.name)
    found: list[MigrateOperation] = []
    if old.storage != new.storage:
        found.append(clause(new, f"ALTER COLUMN {name} SET STORAGE {new.storage or 'DEFAULT'}"))
    if old.compression != new.compression:
        found.append(clause(new, f"ALTER COLUMN {name} SET COMPRESSION {new.compression or 'DEFAULT'}"))
    if old.statistics != new.statistics:
        target = "DEFAULT" if new.statistics is None else new.statistics
        found.append(clause(new, f"ALTER COLUMN {name} SET STATISTICS {target}"))
    changes = parameter_changes(old.options, new.options)
    return found + [clause(new, f"ALTER COLUMN {name} {text}") for text in changes]
