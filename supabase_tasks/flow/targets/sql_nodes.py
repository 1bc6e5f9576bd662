"""Names and values in libpg_query's parse tree, whose messages have no type stubs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# A parsed statement is opaque here.
Node = Any


def object_words(node: Node) -> list[str]:
    """The name parts of an object as a DROP statement gives it, whichever node holds them."""
    kind = node.WhichOneof("node")
    inner = getattr(node, kind)
    if kind == "string":
        return [inner.sval]
    items = {"list": "items", "type_name": "names", "object_with_args": "objname"}.get(kind)
    return [part.string.sval for part in getattr(inner, items)] if items else []


def relation_name(relation: Node) -> str:
    """`schema.name` of a RangeVar; a name without schema is taken for one in public."""
    return f"{relation.schemaname or 'public'}.{relation.relname}"


def qualified(name: str) -> str:
    return name if "." in name else f"public.{name}"


def enum_name(node: Node, field: str) -> str:
    """The name of an enumeration's value."""
    described = node.DESCRIPTOR.fields_by_name[field]
    return str(described.enum_type.values_by_number[getattr(node, field)].name)


def signature(types: Iterable[Node]) -> str:
    """The types of a routine's arguments in parentheses, each spelt in one way."""
    return f"({', '.join(map(_type_word, types))})"


def _type_word(node: Node) -> str:
    name = ".".join(part.string.sval for part in node.names)
    return name.removeprefix("pg_catalog.").removeprefix("public.") + "[]" * len(node.array_bounds)
