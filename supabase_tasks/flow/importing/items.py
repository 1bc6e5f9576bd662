"""What stands in a table's definition: its key, references, constraints, indexes, policies, triggers and grants."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import exclusions, parts
from supabase_tasks.flow.importing import indexes as table_indexes
from supabase_tasks.flow.importing.gathered import Context, TableSource
from supabase_tasks.flow.importing.references import Reference
from supabase_tasks.flow.importing.source import Call, Source, string

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.constraint import Constraint
    from supabase_tasks.diff.kinds.index import Index


def primary_key(one: TableSource) -> list[str] | None:
    for constraint in one.constraints:
        if constraint.type == "p":
            return parts.primary_key(constraint)
    return None


def key_constraint(one: TableSource, key: list[str] | None, context: Context) -> list[Source]:
    """The primary key as an item, where the columns' own marks would give it another name or order."""
    for constraint in one.constraints:
        if constraint.type == "p" and key is not None:
            one.said.add(("constraint", (*one.identity, constraint.name)))
            if _is_primary_mark(one, constraint, key, context):
                return []
            columns = tuple(string(name) for name in key)
            return [Call("sa.PrimaryKeyConstraint", (*columns, f"name={string(constraint.name)}"))]
    return []


def _is_primary_mark(one: TableSource, constraint: Constraint, key: list[str], context: Context) -> bool:
    order = [column.name for column in one.columns if column.name in key]
    return constraint.name == context.convention.name("pk", one.table.name, key) and key == order


def foreign_keys(one: TableSource, context: Context) -> tuple[dict[str, Reference], list[Source]]:
    """The reference of each column, and those of several columns, or of one that has another already, as items."""
    single: dict[str, Reference] = {}
    others: list[Source] = []
    for constraint in one.constraints:
        key = ("constraint", (*one.identity, constraint.name))
        convention = None if context.is_exact(*key) else context.convention
        found = parts.foreign_key(constraint, context.is_known, convention) if constraint.type == "f" else None
        if found is None:
            continue
        if len(found.columns) == 1 and found.columns[0] not in single:
            single[found.columns[0]] = found
        else:
            others.append(found.item(constraint=True))
        one.said.add(key)
    return single, others


def _kept_constraints(one: TableSource, context: Context) -> list[Constraint]:
    """The constraints without those that PostgreSQL would lose where it makes the table: a `CREATE TABLE` keeps one of several
    keys on the same columns (`transformIndexConstraints`), and only an `ALTER TABLE` after it adds the others."""

    def rank(constraint: Constraint) -> tuple[bool, bool]:
        """The primary key first, then those whose names need not be said."""
        given = context.convention.name("uq", one.table.name, list(constraint.columns))
        return constraint.type != "p", constraint.name != given

    found: dict[str, Constraint] = {}
    for constraint in sorted(one.constraints, key=rank):
        key = re.sub("^(?:PRIMARY KEY|UNIQUE)", "", constraint.definition)
        found.setdefault(key if constraint.type in "pu" else f"{constraint.name}:", constraint)
    return [constraint for constraint in one.constraints if constraint in found.values()]


def unique_columns(one: TableSource, context: Context) -> set[str]:
    """The columns that are unique by themselves, under the name of a constraint without one."""
    found = set()
    for constraint in _kept_constraints(one, context):
        key = ("constraint", (*one.identity, constraint.name))
        column = None if context.is_exact(*key) else parts.unique_column(constraint, context.convention)
        if column is not None:
            found.add(column)
            one.said.add(key)
    return found


def constraints(one: TableSource, uniques: Collection[str], context: Context) -> list[Source]:
    found: list[tuple[object, Source | None]] = []
    for constraint in _kept_constraints(one, context):
        exact = context.is_exact("constraint", (*one.identity, constraint.name))
        if constraint.type == "u" and (exact or parts.unique_column(constraint, context.convention) not in uniques):
            found.append((constraint, parts.unique(constraint, None if exact else context.convention)))
        elif constraint.type == "c":
            found.append((constraint, parts.check(constraint, one.types, exact=exact)))
        elif constraint.type == "x":
            found.append((constraint, exclusions.exclusion(constraint, one.types, exact=exact)))
    return _sources(one, "constraint", found)


def indexed_columns(one: TableSource, uniques: Collection[str], context: Context) -> dict[str, Index]:
    """The plain indexes of one column each, by the column. One that is unique by itself has none: with an index of its own
    `unique=True` would say that this one is unique."""
    found: dict[str, Index] = {}
    for index in one.indexes:
        column = None if context.is_exact("index", index.identity) else table_indexes.indexed_column(index)
        if column is not None and column not in uniques:
            found[column] = index
            one.said.add(("index", index.identity))
    return found


def indexes(one: TableSource, said: Collection[Index], context: Context) -> list[Source]:
    """Those that no column says."""
    others = [index for index in one.indexes if index not in said]
    pairs = [(x, table_indexes.index(x, one.types, exact=context.is_exact("index", x.identity))) for x in others]
    return _sources(one, "index", pairs)


def security(one: TableSource, context: Context) -> list[Source]:
    items: list[Source] = []
    exposed = one.table.schema in context.exposed
    if one.security is not None and one.security.forced and one.security.enabled:
        items.append("RowLevelSecurity(force=True)")
    elif one.security is not None and one.security.enabled and not exposed:
        items.append("RowLevelSecurity()")
    elif exposed and (one.security is None or not one.security.enabled):
        items.append("RowLevelSecurity.off()")
    one.said.add(("row_level_security", one.identity))
    enabled = one.security is not None and one.security.enabled
    # The models refuse a policy without row level security, which PostgreSQL takes: it has no effect, and stays plain SQL.
    policies = [
        (x, parts.policy(x, one.types, exact=context.is_exact("policy", x.identity))) for x in one.policies if enabled
    ]
    triggers = [(x, parts.trigger(x, exact=context.is_exact("trigger", x.identity))) for x in one.triggers]
    items += [*_sources(one, "policy", policies), *_sources(one, "trigger", triggers)]
    shared = context.access.get(tuple(one.grants), "")
    return [*items, f"*{shared}"] if shared else [*items, *one.grants]


def _sources(one: TableSource, kind: str, pairs: Sequence[tuple[object, Source | None]]) -> list[Source]:
    one.said |= {(kind, item.identity) for item, source in pairs if source is not None}  # type: ignore[attr-defined]
    return [source for _, source in pairs if source is not None]
