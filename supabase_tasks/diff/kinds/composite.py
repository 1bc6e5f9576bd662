"""Composite types: attributes added, dropped and changed, with the rows of columns that use the type kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Identity, Item, Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import data_loss, incompatible
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import typed_tables
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Composite(SchemaItem):
    """A composite type; `attributes` alternates names and types (with their collation), in order."""

    kind: ClassVar[str] = "composite"
    attributes: tuple[str, ...]

    @property
    def pairs(self) -> dict[str, str]:
        return dict(zip(self.attributes[::2], self.attributes[1::2], strict=True))

    @property
    def type_names(self) -> tuple[str, ...]:
        return (qualified(*self.identity),)

    @property
    def held_types(self) -> tuple[str, ...]:
        return tuple(text.partition(" COLLATE ")[0] for text in self.attributes[1::2])

    @property
    def label(self) -> str:
        return f"TYPE {qualified(*self.identity)}"

    def parts(self, children: Sequence[Item]) -> Mapping[str, str]:
        return {name: kind.partition(" COLLATE ")[0] for name, kind in self.pairs.items()}


class CompositeKind(Kind[Composite]):
    item = Composite
    named_in_code = True
    rank = 50
    slug_rank = 4
    namespaces = ("relation", "type")
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    named_in_bodies = True
    section = 22
    noun = "composite type"
    holds_rows = True
    keeps_collation = True
    sql_file = "types"
    found_in = "pg_class WHERE relkind = 'c'"
    query = f"""
        SELECT 1247::int8, t.oid::int8, 0, n.nspname AS schema, t.typname AS name,
            ARRAY(SELECT x FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
                    LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> b.typcollation
                    LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace,
                    unnest(ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
                        || coalesce(' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname), '')])
                        WITH ORDINALITY AS u(x, o)
                WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum, o) AS attributes
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
        WHERE t.typtype = 'c' AND c.relkind = 'c' AND {user_schema()} AND {not_member("pg_type", "t.oid")}
    """

    def create(self, new: Composite, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Composite, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP TYPE {qualified(*old.identity)}")]

    def swaps(self, old: Composite, new: Composite, context: Context) -> bool:
        """Not when ALTER TYPE reaches it: new attributes come last, and no column holds a value whose type would change."""
        kept = [name for name in old.pairs if name in new.pairs]
        if list(new.pairs)[: len(kept)] != kept:
            return True
        retyped = any(old.pairs[name] != new.pairs[name] for name in kept)
        return retyped and bool(context.current.stored.columns(old.key))

    def blocks(self, old: Composite, new: Composite, context: Context) -> Iterable[Key]:
        typed = typed_tables.made_of(old, context) if old.attributes != new.attributes else []
        if all(old.pairs[name] == new.pairs.get(name) for name in old.pairs):
            return typed
        return [*typed, *context.current.dependencies.part_users.get(old.key, ())]

    def releases(self, old: Composite, new: Composite, gone: Item) -> bool:
        return True

    def alter(self, old: Composite, new: Composite, context: Context) -> Operations:
        name = qualified(*new.identity)
        before, after = old.pairs, new.pairs
        found = []
        for gone in [attribute for attribute in before if attribute not in after]:
            hazard = data_loss(name, f"attribute {gone} of {name} is dropped with its values")
            sql = f"ALTER TYPE {name} DROP ATTRIBUTE {ident(gone)} CASCADE"
            found.append(op.AlterObject(self.name, (*new.identity, gone), sql, hazards=[hazard]))
        for attribute, type_name in after.items():
            if attribute not in before:
                text = f"ADD ATTRIBUTE {ident(attribute)} {type_name} CASCADE"
            elif before[attribute] != type_name:
                text = f"ALTER ATTRIBUTE {ident(attribute)} TYPE {type_name} CASCADE"
            else:
                continue
            found.append(op.AlterObject(self.name, new.identity, f"ALTER TYPE {name} {text}"))
        return found

    def rename(self, old: Composite, new: Composite, context: Context) -> Operations:
        return op.rename_in_schema("TYPE", self.name, old.identity, new.identity)

    def similarity(self, old: Composite, new: Composite, context: Context) -> float:
        before, after = set(old.pairs.items()), set(new.pairs.items())
        return len(before & after) / max(len(before | after), 1)


def definition(composite: Composite) -> str:
    """CREATE TYPE … AS."""
    lines = [f"    {ident(name)} {type_name}" for name, type_name in composite.pairs.items()]
    return f"CREATE TYPE {qualified(*composite.identity)} AS (\n" + ",\n".join(lines) + "\n)"


def rename_attribute(old: Identity, new: Identity) -> list[op.RenameObject]:
    """ALTER TYPE … RENAME ATTRIBUTE for identities (schema, type, attribute): values keep it under its new name, and so do the
    columns of tables that are made of the type."""
    name = qualified(*new[:2])
    sql = f"ALTER TYPE {name} RENAME ATTRIBUTE {ident(old[2])} TO {ident(new[2])} CASCADE"
    return [
        op.RenameObject(
            "composite", new, sql, hazards=[incompatible(name, f"code that uses {old[2]} of {name} breaks")]
        )
    ]


KIND = CompositeKind()
