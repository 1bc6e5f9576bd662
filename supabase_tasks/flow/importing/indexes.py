"""An index as an item of a table's definition, or of a column; None for what neither can say exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import readable
from supabase_tasks.flow.importing.parts import NAME, NAMES, PATH, is_name, names, split_at_closing, split_list, unquote
from supabase_tasks.flow.importing.references import whole_name
from supabase_tasks.flow.importing.source import Call, Source, Sql, call, entry, keyword, mapping, string, strings

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.index import Index

_INDEX = re.compile(rf"ON (?:ONLY )?{PATH} (?:USING (?P<method>\w+) )?\((?P<rest>.*)", re.S)


def indexed_column(one: Index) -> str | None:
    """The column of an index that `index=True` says: that column alone, and the name that SQLAlchemy gives (sql/schema.py,
    DEFAULT_NAMING_CONVENTION; sql/naming.py: a schema that is not the search path's first is part of it)."""
    match = _INDEX.fullmatch(one.definition)
    plain = (
        re.fullmatch(rf"(?P<column>{NAME})\)", match["rest"]) if match and match["method"] in (None, "btree") else None
    )
    if plain is None or one.options or one.statistics or one.on_view:
        return None
    schema = [] if one.schema == "public" else [one.schema]
    column = unquote(plain["column"])
    return column if one.name == whole_name("_".join(("ix", *schema, one.table, column))) else None


def index(one: Index, columns: Mapping[str, str], *, exact: bool) -> Source | None:
    """`sa.Index`, its expressions as `sa.text`."""
    match = _INDEX.fullmatch(one.definition)
    if match is None or one.options or one.statistics or one.on_view or one.only:
        return None
    inner, tail = split_at_closing(match["rest"])
    options = _index_options(tail, columns, exact=exact)
    if inner is None or options is None:
        return None
    method = match["method"] or "btree"
    listed = split_list(inner)
    classes = _operator_classes(listed)
    elements = [_element(item, exact=exact) if item not in classes else string(classes[item][0]) for item in listed]
    elements += ["unique=True"] if one.unique else []
    elements += [f"postgresql_using={string(method)}"] if method != "btree" else []
    said = [entry(column, string(name)) for column, name in classes.values()]
    elements += [keyword("postgresql_ops", mapping(*said))] if said else []
    return Call("sa.Index", (string(one.name), *elements, *options))


def _operator_classes(listed: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The elements that are a column with an operator class; not of a column that is there twice: SQLAlchemy has one for each."""
    found = {item: match for item in listed if (match := re.fullmatch(rf"({NAME}) ({PATH})", item))}
    columns = Counter(unquote(re.match(NAME, item)[0]) for item in listed if re.match(NAME, item))  # type: ignore[index]
    pairs = {item: (unquote(match[1]), match[2]) for item, match in found.items()}
    return {item: pair for item, pair in pairs.items() if columns[pair[0]] == 1}


def _element(item: str, *, exact: bool) -> Source:
    if is_name(item):
        return string(unquote(item))
    return call("sa.text", Sql(item if exact else readable.expression(item), clause=True))


def _index_options(tail: str, columns: Mapping[str, str], *, exact: bool) -> list[Source] | None:
    match = re.fullmatch(
        rf"(?: INCLUDE \((?P<include>{NAMES})\))?(?P<nulls> NULLS NOT DISTINCT)?(?: WHERE (?P<where>.*))?", tail, re.S
    )
    if match is None:
        return None
    options: list[Source] = []
    options += [keyword("postgresql_include", strings(names(match["include"])))] if match["include"] else []
    options += ["postgresql_nulls_not_distinct=True"] if match["nulls"] else []
    if match["where"]:
        where = match["where"] if exact else readable.condition(match["where"], columns)
        options.append(keyword("postgresql_where", call("sa.text", Sql(where, clause=True))))
    return options
