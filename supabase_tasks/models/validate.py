"""What models may not say. Every refusal points at the author's file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.models.declaration import Declaration, Identity, Models, Origin
from supabase_tasks.models.language.base import schema_of, wrong
from supabase_tasks.models.language.roles import PLATFORM_ROLES
from supabase_tasks.models.language.tables import RenamedFrom
from supabase_tasks.models.language.words import all_words
from supabase_tasks.models.merging import SEVERAL
from supabase_tasks.models.text_places import line_of_text
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    from sqlalchemy import Table


def validate_models(models: Models, tables: Sequence[Table]) -> None:
    """Checks `models`, whose own tables are `tables`.

    Raises `ModelsError` for two objects of one identity, an object in a platform schema, a policy on a table that is
    unknown or has no row level security, an unknown role.
    """
    for item in models.declarations:
        _refuse_platform(item.kind, item.identity, item.origin)
    for table in tables:
        origin = models.table_origin(schema_of(table), table.name)
        _refuse_platform("table", (schema_of(table), table.name), origin)
    _refuse_twins(models, tables)
    _check_enums(models, tables)
    _check_policies(models, tables)
    _check_roles(models)


def _refuse_platform(kind: str, identity: Identity, origin: Origin | None) -> None:
    word = all_words().get(kind)
    if word is None or not (word.own_schema or word.implies_schema) or identity[0] not in PLATFORM_SCHEMAS:
        return
    # Grants on a platform schema are the author's; the schema itself is not.
    name = ".".join(identity)
    raise wrong(
        origin,
        f"{kind.replace('_', ' ')} {name} lies in a schema of the platform",
        f"choose another schema than {identity[0]}; a table that only is referred to is marked with Referenced()",
    )


def _refuse_twins(models: Models, tables: Sequence[Table]) -> None:
    first: dict[tuple[str, Identity], Origin | None] = {}
    twins: list[tuple[str, Origin | None]] = []
    for kind, identity, origin in _named_items(models, tables):
        key = (all_words()[kind].space or kind, identity)
        if key in first:
            where = f" (first: {first[key]})" if first[key] and first[key] != origin else ""
            shown = " ".join((kind.replace("_", " "), ".".join(identity)))
            place = line_of_text(origin, identity[-1]) if origin is not None and origin == first[key] else origin
            twins.append((f"{shown} is declared twice{where}{_column_of(kind, identity, tables)}", place))
        first.setdefault(key, origin)
    if twins:
        failure = wrong(twins[0][1], twins[0][0], _one_name_each(models))
        failure.cause = "\n".join(f"{place}: {message}" if place else message for message, place in twins[1:]) or None
        raise failure


def _column_of(kind: str, identity: Identity, tables: Sequence[Table]) -> str:
    """Which column's `index=True` makes an index of that name, where it is one of two."""
    alike = [
        index
        for table in tables
        for index in (table.indexes if kind == "index" else ())
        if (schema_of(table), str(index.name)) == identity and len(index.columns) == 1
    ]
    made = [column.name for index in alike for column in index.columns if column.index]
    return f": the column {made[0]} makes it by index=True" if len(alike) > 1 and made else ""


def _one_name_each(models: Models) -> str:
    step = "give one of them another name"
    if SEVERAL not in models.metadata.info:
        return step
    return f'{step}, or leave the MetaData of one out: metadata = ["!module:name"] in [tool.supabase-tasks]'


def _named_items(models: Models, tables: Sequence[Table]) -> Iterable[tuple[str, Identity, Origin | None]]:
    for table in tables:
        origin = models.table_origin(schema_of(table), table.name)
        yield ("table", (schema_of(table), table.name), origin)
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield ("index", (schema_of(table), str(index.name)), origin)
    for item in models.declarations:
        word = all_words().get(item.kind)
        if word is not None and word.space is not None and not isinstance(item, RenamedFrom):
            yield (item.kind, item.identity, item.origin)


def _check_enums(models: Models, tables: Sequence[Table]) -> None:
    import sqlalchemy

    for table in tables:
        for column in table.columns:
            type_ = column.type.item_type if isinstance(column.type, sqlalchemy.ARRAY) else column.type
            if isinstance(type_, sqlalchemy.Enum) and not type_.enums:
                shown = type_.enum_class.__name__ if type_.enum_class else type_.name or "its enum"
                raise wrong(
                    models.table_origin(schema_of(table), table.name),
                    f"the enum {shown} of the column {table.name}.{column.name} has no member",
                    f"give {shown} a member",
                )


def _check_policies(models: Models, tables: Sequence[Table]) -> None:
    known: set[Identity] = {(schema_of(table), table.name) for table in tables}
    known |= {item.identity for item in models.declarations if item.kind == "table"}
    for item in models.declarations:
        if item.kind != "policy" or item.identity[0] in PLATFORM_SCHEMAS:
            continue
        table = item.identity[:-1]
        if table not in known:
            raise wrong(item.origin, f"policy {item.identity[-1]!r} is on {'.'.join(table)}, which no model declares")
        if not _is_secured(models, table):
            raise wrong(
                item.origin,
                f"policy {item.identity[-1]!r} has no effect: {'.'.join(table)} has no row level security",
                "add RowLevelSecurity() to the table",
            )


def _is_secured(models: Models, table: Identity) -> bool:
    said = models.find("row_level_security", table)
    if said is not None and getattr(said, "enable", True):
        return True
    # Plain SQL switches it with ALTER TABLE, which has no identity of its own. Where it says in so many words that there is
    # none, the policies wait for their day.
    words = ["disable", *(["enable"] if said is None else [])]
    return any(
        f"{word} row level security" in sql.lower() and table[1] in sql
        for item in models.declarations
        if item.kind == "sql"
        for sql in item.statements()
        for word in words
    )


def _check_roles(models: Models) -> None:
    known = PLATFORM_ROLES | {item.identity[0] for item in models.declarations if item.kind == "role"}
    for item in models.declarations:
        for role in getattr(item, "roles", ()):
            if role not in known:
                raise wrong(
                    item.origin,
                    f"{_what(item)} names the role {role!r}, which does not exist",
                    f"declare it with Role({role!r}), or correct the name",
                )


def _what(item: Declaration) -> str:
    return f"policy {item.identity[-1]!r}" if item.kind == "policy" else f"a {item.kind.replace('_', ' ')}"
