"""One table as a SQLModel class, or as a Core table where a class is not possible."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import columns as column_source
from supabase_tasks.flow.importing import items, table_options
from supabase_tasks.flow.importing.columns import Facts
from supabase_tasks.flow.importing.gathered import Context, TableSource
from supabase_tasks.flow.importing.names import variable
from supabase_tasks.flow.importing.references import Reference
from supabase_tasks.flow.importing.source import Call, Prose, Source, entry, mapping, render, string

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column
    from supabase_tasks.diff.kinds.index import Index


def write(one: TableSource, class_name: str, context: Context) -> str:
    """The class (or Core table) as source."""
    key = items.primary_key(one)
    references, others = items.foreign_keys(one, context)
    uniques = items.unique_columns(one, context)
    indexed = items.indexed_columns(one, uniques, context)
    arguments = [
        *items.key_constraint(one, key, context),
        *others,
        *items.constraints(one, uniques, context),
        *items.indexes(one, list(indexed.values()), context),
        *items.security(one, context),
        *table_options.option_items(one, context),
    ]
    facts = {column.name: _facts(one, column, key, references, uniques, indexed, context) for column in one.columns}
    for name, attribute in column_source.attributes_of(one.columns, context.names).items():
        facts[name] = replace(facts[name], attribute=attribute)
    one.said |= {("table", one.identity)}
    one.said |= {("column", (*one.identity, column.name)) for column in one.columns}
    if key is None:
        return _core(one, facts, arguments, _table_options(one, _comment_of(one)), context)
    return _class(one, class_name, facts, arguments, context)


def _class(
    one: TableSource, name: str, facts: Mapping[str, Facts], arguments: Sequence[Source], context: Context
) -> str:
    comment = _comment(one)
    told = comment is not None and docstring(comment, context.limit)
    options = _table_options(one, "__doc__" if told else Prose(comment) if comment is not None else None)
    lines = [f"class {name}({context.convention.base}, table=True):\n"]
    lines += [f'    """{comment}"""\n\n'] if told else []
    named = [] if one.table.name == name.lower() else [f"    __tablename__ = {string(one.table.name)}\n"]
    said: list[Source] = [*arguments, *([mapping(*options)] if options else [])]
    if options and not arguments:
        named.append(f"    __table_args__ = {render(said[0], 4, before=17, limit=context.limit)}\n")
    elif len(said) == 1 and isinstance(said[0], str) and len(said[0]) < context.limit - 25:
        named.append(f"    __table_args__ = ({said[0]},)\n")
    elif said:
        # One line per item reads better than what happens to fit.
        body = "".join(f"        {render(item, 8, after=1, limit=context.limit)},\n" for item in said)
        named.append(f"    __table_args__ = (\n{body}    )\n")
    lines += [*named, *(["\n"] if named else [])]
    return "".join([*lines, *(_line(column, facts[column.name], context) for column in one.columns)])


def _line(column: Column, facts: Facts, context: Context) -> str:
    head, value = column_source.field(column, facts, context.names, context.constant)
    if value is None:
        return f"    {head}\n"
    return f"    {head} = {render(value, 4, before=len(head) + 3, limit=context.limit)}\n"


def docstring(text: str, limit: int) -> bool:
    """Whether a comment may stand as the docstring of its class: Python reads it there as it is."""
    return bool(re.fullmatch(r"[^\W_][^\"\\\n\r\t]*(?<!\s)", text)) and len(text) <= limit - 10 and text.isprintable()


def _core(
    one: TableSource,
    facts: Mapping[str, Facts],
    arguments: Sequence[Source],
    options: Sequence[Source],
    context: Context,
) -> str:
    columns = [
        column_source.sa_column(column, facts[column.name], column_source.column_type(column, context.names))
        for column in one.columns
    ]
    named = [f"{key}={value}" for key, value in (str(option).split(": ", 1) for option in options)]
    keywords = [re.sub(r'^"(\w+)"=', r"\1=", text) for text in named]
    call = Call(
        "sa.Table", (string(one.table.name), f"{context.convention.base}.metadata", *columns, *arguments, *keywords)
    )
    head = f"{variable(one.table.name)} = "
    return f"{head}{render(call, 0, before=len(head), limit=context.limit)}\n"


def _comment(one: TableSource) -> str | None:
    comment = one.comments.get(("table", one.identity))
    if comment is not None:
        one.said.add(("comment", ("table", *one.identity)))
    return comment


def _comment_of(one: TableSource) -> Source | None:
    comment = _comment(one)
    return string(comment) if comment is not None else None


def _table_options(one: TableSource, comment: Source | None) -> list[Source]:
    options: list[Source] = []
    options += [f'"schema": {string(one.table.schema)}'] if one.table.schema != "public" else []
    options += [entry("comment", comment)] if comment is not None else []
    if one.table.partition_by:
        options.append(f'"postgresql_partition_by": {string(one.table.partition_by)}')
    return options


def _facts(
    one: TableSource,
    column: Column,
    key: list[str] | None,
    references: Mapping[str, Reference],
    uniques: Collection[str],
    indexed: Mapping[str, Index],
    context: Context,
) -> Facts:
    place = ("column", (*one.identity, column.name))
    comment = one.comments.get(place)
    if comment is not None:
        one.said.add(("comment", ("column", *place[1])))
    sequence = column_source.serial_sequence(column)
    serial = sequence is not None and key == [column.name] and column.name not in references
    if serial and sequence is not None:
        one.said |= {("sequence", (column.schema, sequence)), ("sequence_owner", (column.schema, sequence))}
    keyed = key is not None and column.name in key
    return Facts(
        primary=keyed and not items.key_constraint(one, key, context),
        keyed=keyed,
        serial=serial,
        unique=column.name in uniques or (column.name in indexed and indexed[column.name].unique),
        indexed=column.name in indexed,
        reference=references.get(column.name),
        comment=comment,
        exact=context.is_exact(*place),
    )
