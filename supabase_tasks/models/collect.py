"""Everything that a MetaData and its modules declare, as one checked `Models`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.declaration import Declaration, Models, Origin
from supabase_tasks.models.dialect import DEFAULT_SCHEMA
from supabase_tasks.models.language.base import attached_to, schema_of, table_items
from supabase_tasks.models.language.objects import Schema, Sql
from supabase_tasks.models.language.partitions import Partition, PartitionSecurity
from supabase_tasks.models.language.platform import PLATFORM_TABLES, is_platform_table, platform_tables
from supabase_tasks.models.language.security import RowLevelSecurity
from supabase_tasks.models.language.tables import Referenced
from supabase_tasks.models.language.words import all_words
from supabase_tasks.models.sql_files import parse
from supabase_tasks.models.validate import validate_models
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table


def collect_models(
    metadata: MetaData,
    declarations: Iterable[Declaration] = (),
    *,
    exposed_schemas: Sequence[str] = (DEFAULT_SCHEMA,),
    origins: Mapping[str, Origin] | None = None,
    files: Sequence[Path] = (),
    environment: Sequence[str] = (),
) -> Models:
    """The models of `metadata`: its tables, what stands in them, what was given `metadata=`, and `declarations`.

    Tables of exposed schemas get row level security, used schemas are declared, `auth.users` is known to string
    foreign keys. Raises `ModelsError` with the model's file and line for anything that `validate` refuses.
    """
    adopt_platform_tables(metadata)
    tables = own_tables(metadata)
    found = list(_expand([*attached_to(metadata), *declarations]))
    found += _expand(item for table in metadata.tables.values() for item in table_items(table))
    origins = origins or {}
    found += _implied_security(tables, found, exposed_schemas, origins)
    found = [*_implied_schemas(tables, found), *found]
    models = Models(metadata, tuple(found), tuple(files), tuple(environment), origins, tuple(exposed_schemas))
    validate_models(models, tables)
    return models


def own_tables(metadata: MetaData) -> list[Table]:
    """The tables that the models create: all but the platform's and those marked `Referenced`."""
    return [table for table in metadata.tables.values() if not is_external(table)]


def is_external(table: Table) -> bool:
    """Whether a table is only referred to."""
    return (
        is_platform_table(table) or is_view(table) or any(isinstance(item, Referenced) for item in table_items(table))
    )


def is_view(table: Table) -> bool:
    """Whether a table stands for a view that something else creates: `info={"is_view": True}`, as Alembic's cookbook has it."""
    return bool(table.info.get("is_view"))


def adopt_platform_tables(metadata: MetaData) -> None:
    """Copies a platform table into `metadata` where a string foreign key names it (`"auth.users.id"`)."""
    targets = {
        foreign_key.target_fullname.rpartition(".")[0]
        for table in metadata.tables.values()
        for foreign_key in table.foreign_keys
    }
    if names := sorted(targets & PLATFORM_TABLES.keys()):
        platform_tables(metadata, *names)


# Declarations are of any class; those of our language also have parts.
def _expand(items: Iterable[Any]) -> Iterator[Declaration]:
    for item in items:
        if isinstance(item, Sql):
            yield from parse(item.text, item.origin or Origin(Path("<sql>"), 1))
        else:
            yield item
            yield from (item.parts() if hasattr(item, "parts") else ())


def _implied_security(
    tables: Sequence[Table], found: Sequence[Declaration], exposed: Sequence[str], origins: Mapping[str, Origin]
) -> list[Declaration]:
    said = {item.identity for item in found if item.kind == "row_level_security"}
    implied: list[Declaration] = []
    for table in tables:
        identity = (schema_of(table), table.name)
        if identity not in said and identity[0] in exposed:
            implied.append(RowLevelSecurity(table=table, origin=origins.get(".".join(identity))))
    # A partition is reached by its own name too, past the parent's policies.
    for item in found:
        if isinstance(item, Partition) and item.identity not in said and _is_secured(item, exposed):
            implied.append(PartitionSecurity(item, table=item.owner, origin=item.origin))
    return implied


def _is_secured(partition: Partition, exposed: Sequence[str]) -> bool:
    return partition.identity[0] in exposed if partition.row_level_security is None else partition.row_level_security


def _implied_schemas(tables: Sequence[Table], found: Sequence[Declaration]) -> list[Declaration]:
    known = {item.identity[0] for item in found if item.kind == "schema"} | {*PLATFORM_SCHEMAS, DEFAULT_SCHEMA}
    named = [schema_of(table) for table in tables]
    words = all_words()
    named += [item.identity[0] for item in found if item.kind in words and words[item.kind].implies_schema]
    return [_implied_schema(name) for name in dict.fromkeys(named) if name not in known]


def _implied_schema(name: str) -> Declaration:
    from sqlalchemy import MetaData

    # A MetaData of its own: the declaration belongs to this collection only, not to the module's next one.
    return Schema(name, metadata=MetaData(), origin=None)
