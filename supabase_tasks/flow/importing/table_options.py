"""What a table has beyond what SQLAlchemy knows: partitions, publications, replica identity, storage, statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from supabase_tasks.diff.ddl.names import chosen_name, split_dotted
from supabase_tasks.flow.importing import parts, readable
from supabase_tasks.flow.importing.gathered import Context, TableSource
from supabase_tasks.flow.importing.source import Call, Source, Sql, call, entry, keyword, mapping, string, strings

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.publication import PublicationTable
    from supabase_tasks.diff.kinds.table import Table

_BOUNDS = (
    (re.compile(r"FOR VALUES FROM (\(.+\)) TO (\([^()]+\))", re.S), "from {0} to {1}"),
    (re.compile(r"FOR VALUES IN (\(.+\))", re.S), "in {0}"),
    (re.compile(r"FOR VALUES WITH (\(.+\))"), "with {0}"),
    (re.compile(r"DEFAULT"), "default"),
)
_MODES = {"f": "full", "n": "nothing"}
_STATISTICS = re.compile(r"CREATE STATISTICS \S+(?: \((?P<kinds>[\w, ]+)\))? ON (?P<columns>[\w, ]+) FROM \S+")


def option_items(one: TableSource, context: Context) -> list[Source]:
    """The items of a table's definition, each of them said."""
    return [
        *_storage(one),
        *_sequences(one),
        *_partitions(one, context),
        *_statistics(one),
        *_replication(one, context),
    ]


def used_names(one: TableSource) -> Iterator[str]:
    """The words of the schema language that the items may take."""
    yield from ["ColumnOptions"] if _sequences(one) else []
    yield from ["Partition"] if one.partitions else []
    yield from ["Publication"] if one.publications else []
    yield from ["ReplicaIdentity"] if one.replica is not None else []
    yield from ["Statistics"] if one.statistics else []
    yield from ["TableOptions"] if one.table.unlogged or one.table.options or one.replica is not None else []


def _storage(one: TableSource) -> list[Source]:
    storage = [entry(name, _value(value)) for name, _, value in (text.partition("=") for text in one.table.options)]
    clustered = one.replica.clustered if one.replica is not None else None
    given: list[Source] = [
        *(["unlogged=True"] if one.table.unlogged else []),
        *([keyword("storage", mapping(*storage))] if storage else []),
        *([keyword("cluster_on", string(clustered))] if clustered else []),
    ]
    return [Call("TableOptions", tuple(given))] if given else []


def _sequences(one: TableSource) -> list[Source]:
    """The names that sequences of identity columns keep from before their table was renamed."""
    found: list[Source] = []
    for column in one.columns:
        name = split_dotted(column.sequence_name)[-1] if column.sequence_name else ""
        if name and name != chosen_name(column.table, column.name, "seq"):
            found.append(Call("ColumnOptions", (string(column.name), keyword("sequence", string(name)))))
    return found


def _value(text: str) -> str:
    # PostgreSQL keeps `0.10` as it was written, and a number of Python does not.
    return text if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9]|\.0)?", text) else string(text)


def _partitions(one: TableSource, context: Context) -> list[Source]:
    """The partitions that are as a partition of the models is; others stay plain SQL."""
    found: list[Source] = []
    for part, secured in one.partitions:
        values = _bound(part)
        if values is None or part.unlogged or part.options or len(part.parents) > 1:
            continue
        schema = string(part.schema) if part.schema != one.table.schema else ""
        by = string(part.partition_by) if part.partition_by else ""
        security = "" if secured == (part.schema in context.exposed) else str(secured)
        made = call(
            "Partition", string(part.name), string(values), schema=schema, partition_by=by, row_level_security=security
        )
        found.append(made)
        one.said.add(("table", part.identity))
    return found


def _bound(part: Table) -> str | None:
    for pattern, text in _BOUNDS:
        match = pattern.fullmatch(part.bound or "")
        if match is not None:
            return text.format(*match.groups())
    return None


def _statistics(one: TableSource) -> list[Source]:
    found: list[Source] = []
    for each in one.statistics:
        match = _STATISTICS.fullmatch(each.definition)
        if match is None or each.target is not None or each.schema != one.table.schema:
            continue
        kinds = [] if match["kinds"] is None else [strings(match["kinds"].split(", "))]
        found.append(Call("Statistics", (string(each.name), strings(parts.names(match["columns"])), *kinds)))
        one.said.add(("statistics", each.identity))
    return found


def _replication(one: TableSource, context: Context) -> list[Source]:
    found: list[Source] = []
    if one.replica is not None:
        one.said.add(("replica_identity", one.replica.identity))
        named = one.replica.index if one.replica.mode == "i" else _MODES.get(one.replica.mode)
        found += [call("ReplicaIdentity", string(named))] if named else []
    for each in one.publications:
        exact = context.is_exact("publication_table", each.identity)
        found.append(_publication(each, one.types, exact=exact))
        one.said.add(("publication_table", each.identity))
    return found


def _publication(one: PublicationTable, types: Mapping[str, str], *, exact: bool) -> Source:
    columns = [keyword("columns", strings(one.columns))] if one.columns else []
    text = one.condition if exact or one.condition is None else readable.condition(one.condition, types)
    where = [keyword("where", Sql(text))] if text else []
    return Call("Publication", (string(one.publication), *columns, *where))
