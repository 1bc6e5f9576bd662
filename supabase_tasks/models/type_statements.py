"""The enums and domains of SQLAlchemy as statements: those that columns have, and those that a MetaData was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from supabase_tasks.models.collect import own_tables
from supabase_tasks.models.declaration import Identity, Models, Origin, Statement
from supabase_tasks.models.dialect import DEFAULT_SCHEMA, dollar_quoted, qualified, statement_text, text_dialect
from supabase_tasks.models.language.base import schema_of, wrong
from supabase_tasks.models.language.types import EnumOptions
from supabase_tasks.models.language.words import all_words
from supabase_tasks.models.merging import types_of_no_column
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_Found = tuple[Any, Origin | None]


def named_types(models: Models) -> Iterator[Statement]:
    """CREATE TYPE and CREATE DOMAIN, once for each.

    A type with `create_type=False` is made where nothing else declares it: next to migrations written by hand that is how
    models name a type, and here they are what makes it. Raises `ModelsError` for two types of one name that differ.
    """
    words = all_words()
    known = [item for item in models.declarations if item.kind in words and words[item.kind].python_type]
    declared = {item.identity for item in known if not isinstance(item, EnumOptions)}
    seen: dict[Identity, tuple[str, Origin | None]] = {}
    for type_, origin in sorted(_all(models), key=lambda found: not found[0].create_type):
        identity = (str(type_.schema or DEFAULT_SCHEMA), str(type_.name))
        if not type_.create_type and (identity in declared or identity in seen or identity[0] in PLATFORM_SCHEMAS):
            continue
        made = _statement(type_, identity, origin)
        if identity not in seen:
            seen[identity] = (made.sql, origin)
            yield made
        elif seen[identity][0] != made.sql:
            first = f" (first: {seen[identity][1]})" if seen[identity][1] else ""
            raise wrong(origin, f"type {'.'.join(identity)} is declared twice, and differently{first}")


def _all(models: Models) -> Iterator[_Found]:
    for table in own_tables(models.metadata):
        origin = models.table_origin(schema_of(table), table.name)
        for column in table.columns:
            yield from ((type_, origin) for type_ in _named_types(column.type))
    for type_ in types_of_no_column(models.metadata):
        yield from ((inner, None) for inner in _named_types(type_))


# SQLAlchemy's named types are typed by the Python value, which is open.
def _named_types(type_: TypeEngine[Any]) -> Iterator[Any]:
    from sqlalchemy import ARRAY
    from sqlalchemy.dialects.postgresql.named_types import NamedType
    from sqlalchemy.types import SchemaType, TypeDecorator

    # Most columns have none of these; finding out what PostgreSQL makes of a type takes as long as writing the column.
    if not isinstance(type_, (SchemaType, TypeDecorator, ARRAY)) and not type_._variant_mapping:
        return
    implementation = type_.dialect_impl(text_dialect())
    inner = getattr(implementation, "impl_instance", implementation)
    if isinstance(inner, ARRAY):
        yield from _named_types(inner.item_type)
    elif isinstance(inner, NamedType) and getattr(inner, "name", None):
        yield inner


def _statement(type_: Any, identity: Identity, origin: Origin | None) -> Statement:
    from sqlalchemy.dialects.postgresql import DOMAIN, CreateDomainType, CreateEnumType
    from sqlalchemy.exc import SQLAlchemyError

    is_domain = isinstance(type_, DOMAIN)
    try:
        sql = statement_text(CreateDomainType(type_) if is_domain else CreateEnumType(type_))
    except SQLAlchemyError as error:
        raise wrong(origin, str(error).splitlines()[0]) from error
    if not type_.create_type:
        name = literal(qualified(*identity))
        sql = "do " + dollar_quoted(f"begin if pg_catalog.to_regtype({name}) is null then {sql}; end if; end")
    return Statement(sql, "domain" if is_domain else "enum", identity, origin)
