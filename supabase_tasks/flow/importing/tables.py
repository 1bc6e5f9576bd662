"""One table as a SQLModel class, or as a Core table where a class is not possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from supabase_tasks.flow.importing import columns as column_source
from supabase_tasks.flow.importing import parts
from supabase_tasks.flow.importing.columns import Facts
from supabase_tasks.flow.importing.names import variable
from supabase_tasks.flow.importing.source import Call, Source, render, string
from supabase_tasks.flow.importing.sqltypes import Names, typed

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.constraint import Constraint
    from supabase_tasks.diff.kinds.index import Index
    from supabase_tasks.diff.kinds.policy import Policy
    from supabase_tasks.diff.kinds.row_level_security import RowLevelSecurity
    from supabase_tasks.diff.kinds.table import Table
    from supabase_tasks.diff.kinds.trigger import Trigger

Key = tuple[str, tuple[str, ...]]


@dataclass
class TableSource:
    """A table, all that belongs to it, and, once written, which objects its source says (`said`)."""

    table: Table
    columns: Sequence[Column]
    constraints: Sequence[Constraint]
    indexes: Sequence[Index]
    policies: Sequence[Policy]
    triggers: Sequence[Trigger]
    security: RowLevelSecurity | None
    comments: Mapping[Key, str]
    grants: Sequence[str] = ()
    said: set[Key] = field(default_factory=set)

    @property
    def identity(self) -> tuple[str, str]:
        return (self.table.schema, self.table.name)


def gather(snapshot: Snapshot) -> list[TableSource]:
    """Every table that a model can declare: no partition, no child of another table, no typed table."""
    comments = {one.target: one.text for one in snapshot.of("comment") if one.target and one.column is None}
    found = []
    for table in snapshot.of("table"):
        if table.bound or table.parents or table.of_type or table.access_method not in (None, "heap"):
            continue
        place = (table.schema, table.name)
        found.append(
            TableSource(
                table=table,
                columns=sorted(_on(snapshot, "column", place), key=lambda column: column.position),
                constraints=_on(snapshot, "constraint", place),
                indexes=_on(snapshot, "index", place),
                policies=_on(snapshot, "policy", place),
                triggers=_on(snapshot, "trigger", place),
                security=snapshot.get("row_level_security", *place),
                comments=comments,
            )
        )
    return found


# A snapshot's items are of the class that their kind has.
def _on(snapshot: Snapshot, kind: str, place: tuple[str, str]) -> list[Any]:
    return [one for one in snapshot.of(kind) if (one.schema, one.table) == place]


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's source needs to know of the others: enums, exposed schemas, tables that can be referred to."""

    names: Names
    exposed: Sequence[str]
    tables: frozenset[tuple[str, str]]

    def known(self, schema: str, table: str) -> bool:
        """Whether the metadata will hold the table."""
        return (schema, table) in self.tables


def write(one: TableSource, class_name: str, context: Context) -> str:
    """The class (or Core table) as source."""
    key = _primary_key(one)
    links, composite = _foreign_keys(one, context)
    arguments = [*_key_constraint(one, key), *composite, *_constraints(one), *_indexes(one), *_security(one, context)]
    facts = {column.name: _facts(one, column, key, links) for column in one.columns}
    options = _options(one)
    one.said |= {("table", one.identity)}
    one.said |= {("column", (*one.identity, column.name)) for column in one.columns}
    if key is None:
        return _core(one, facts, arguments, options, context)
    return _class(one, class_name, facts, arguments, options, context)


def _class(
    one: TableSource,
    name: str,
    facts: Mapping[str, Facts],
    arguments: Sequence[Source],
    options: Sequence[str],
    context: Context,
) -> str:
    table = f"{{{', '.join(options)}}}"
    items: list[Source] = [*arguments, *([table] if options else [])]
    lines = [f"class {name}(SQLModel, table=True):\n", f"    __tablename__ = {string(one.table.name)}\n"]
    if options and not arguments:
        lines.append(f"    __table_args__ = {table}\n")
    elif items:
        # One line per item reads better than what happens to fit.
        body = "".join(f"        {render(item, 8, after=1)},\n" for item in items)
        lines.append(f"    __table_args__ = (\n{body}    )\n")
    fields = "".join(column_source.field(column, facts[column.name], context.names) for column in one.columns)
    return "".join(lines) + "\n" + fields


def _core(
    one: TableSource, facts: Mapping[str, Facts], arguments: Sequence[Source], options: Sequence[str], context: Context
) -> str:
    columns = [
        column_source.sa_column(column, facts[column.name], typed(column.type, context.names), named=True)
        for column in one.columns
    ]
    named = [option.replace('": ', "=", 1).removeprefix('"') for option in options]
    call = Call("sa.Table", (string(one.table.name), "SQLModel.metadata", *columns, *arguments, *named))
    head = f"{variable(one.table.name)} = "
    return f"{head}{render(call, 0, before=len(head))}\n"


def _options(one: TableSource) -> list[str]:
    options = [f'"schema": {string(one.table.schema)}'] if one.table.schema != "public" else []
    comment = one.comments.get(("table", one.identity))
    if comment is not None:
        options.append(f'"comment": {string(comment)}')
        one.said.add(("comment", ("table", *one.identity)))
    if one.table.partition_by:
        options.append(f'"postgresql_partition_by": {string(one.table.partition_by)}')
    return options


def _primary_key(one: TableSource) -> list[str] | None:
    for constraint in one.constraints:
        if constraint.type == "p":
            return parts.primary_key(constraint)
    return None


def _key_constraint(one: TableSource, key: list[str] | None) -> list[Source]:
    """The primary key as an item, where the columns' own marks would give it another name or order."""
    for constraint in one.constraints:
        if constraint.type == "p" and key is not None:
            one.said.add(("constraint", (*one.identity, constraint.name)))
            if _marked(one, constraint, key):
                return []
            columns = tuple(string(name) for name in key)
            return [Call("sa.PrimaryKeyConstraint", (*columns, f"name={string(constraint.name)}"))]
    return []


def _marked(one: TableSource, constraint: Constraint, key: list[str]) -> bool:
    order = [column.name for column in one.columns if column.name in key]
    return constraint.name == f"{one.table.name}_pkey" and key == order


def _foreign_keys(one: TableSource, context: Context) -> tuple[dict[str, Source], list[Source]]:
    single: dict[str, Source] = {}
    composite: list[Source] = []
    for constraint in one.constraints:
        found = parts.foreign_key(constraint, context.known) if constraint.type == "f" else None
        if found is None:
            continue
        columns, item = found
        if len(columns) == 1 and columns[0] in single:
            continue
        if len(columns) == 1:
            single[columns[0]] = item
        else:
            composite.append(item)
        one.said.add(("constraint", (*one.identity, constraint.name)))
    return single, composite


def _constraints(one: TableSource) -> list[Source]:
    writers = {"u": parts.unique, "c": parts.check}
    return _written(one, "constraint", [(c, writers[c.type](c)) for c in one.constraints if c.type in writers])


def _indexes(one: TableSource) -> list[Source]:
    items = [(index, parts.index(index)) for index in one.indexes]
    one.said |= {("index", index.identity) for index, item in items if item is not None}
    return [item for _, item in items if item is not None]


def _security(one: TableSource, context: Context) -> list[Source]:
    items: list[Source] = []
    exposed = one.table.schema in context.exposed
    if one.security is not None and one.security.forced and one.security.enabled:
        items.append("RowLevelSecurity(force=True)")
    elif one.security is not None and one.security.enabled and not exposed:
        items.append("RowLevelSecurity()")
    elif exposed and (one.security is None or not one.security.enabled):
        items.append("RowLevelSecurity.off()")
    one.said.add(("row_level_security", one.identity))
    items += _written(one, "policy", [(policy, parts.policy(policy)) for policy in one.policies])
    items += _written(one, "trigger", [(trigger, parts.trigger(trigger)) for trigger in one.triggers])
    for statement in one.grants:
        item = parts.grant(statement)
        items += [item] if item is not None else []
    return items


def _written(one: TableSource, kind: str, pairs: Sequence[tuple[object, Source | None]]) -> list[Source]:
    one.said |= {(kind, item.identity) for item, source in pairs if source is not None}  # type: ignore[attr-defined]
    return [source for _, source in pairs if source is not None]


def _facts(one: TableSource, column: Column, key: list[str] | None, links: Mapping[str, Source]) -> Facts:
    place = ("column", (*one.identity, column.name))
    comment = one.comments.get(place)
    if comment is not None:
        one.said.add(("comment", ("column", *place[1])))
    sequence = column_source.serial_sequence(column)
    serial = sequence is not None and key == [column.name] and column.name not in links
    if serial and sequence is not None:
        one.said |= {("sequence", (column.schema, sequence)), ("sequence_owner", (column.schema, sequence))}
    keyed = key is not None and column.name in key
    return Facts(keyed and not _key_constraint(one, key), keyed, serial, links.get(column.name), comment)
