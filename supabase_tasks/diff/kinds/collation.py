"""Collations. None can be changed: another one takes its name, and columns move over to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from supabase_tasks.diff.catalog.item import Key, SchemaItem
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import lock
from supabase_tasks.diff.ddl.locks import mode
from supabase_tasks.diff.ddl.names import free_name, ident, qualified
from supabase_tasks.diff.errors import unplannable
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.diff.kinds.common.context import Context

_PROVIDERS = {"b": "builtin", "c": "libc", "i": "icu"}


@dataclass(frozen=True, kw_only=True)
class Collation(SchemaItem):
    """A collation; `provider` is pg_collation.collprovider."""

    kind: ClassVar[str] = "collation"
    provider: str
    deterministic: bool
    locale: str
    lc_collate: str
    lc_ctype: str
    rules: str

    @property
    def label(self) -> str:
        return f"COLLATION {qualified(*self.identity)}"


class CollationKind(Kind[Collation]):
    item = Collation
    named_in_code = True
    rank = 25
    section = 15
    noun = "collation"
    rename_rounds = (RenameRound.TABLES_AND_TYPES,)
    # The locale's column is another one in each of 15, 16 and 17.
    found_in = "pg_collation WHERE oid >= 16384"
    query = f"""
        SELECT 3456::int8, c.oid::int8, 0, n.nspname AS schema, c.collname AS name, c.collprovider::text AS provider,
            c.collisdeterministic AS deterministic,
            coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', '') AS locale,
            coalesce(c.collcollate::text, '') AS lc_collate, coalesce(c.collctype::text, '') AS lc_ctype,
            coalesce(to_jsonb(c) ->> 'collicurules', '') AS rules
        FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
        WHERE c.oid >= 16384 AND {user_schema()} AND {not_member("pg_collation", "c.oid")}
    """

    def needs(self, item: Collation) -> list[Key]:
        return [("schema", (item.schema,))]

    def create(self, new: Collation, context: Context) -> Operations:
        return [op.CreateObject(self.name, new.identity, definition(new))]

    def drop(self, old: Collation, context: Context) -> Operations:
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}")]

    def blocks(self, old: Collation, new: Collation, context: Context) -> list[Key]:
        """What names it, but for what moves to the new one or is refused; what PostgreSQL does not rebuild with a column."""
        from supabase_tasks.diff.kinds import KINDS

        users = context.current.dependencies.users
        direct = {key for key in users.get(old.key, ()) if key[0] not in ("column", "table") and not _is_fixed(key)}
        columns = [key for key in users.get(old.key, ()) if key[0] == "column"]
        later = {key for column in columns for key in users.get(column, ()) if key[0] in KINDS}
        kept = {key for key in later if key[0] not in ("table", "column") and not KINDS[key[0]].rebuilt}
        return [key for key in direct | kept if not context.current.items[key].is_attribute]

    def alter(self, old: Collation, new: Collation, context: Context) -> Operations:
        fixed = sorted(self._fixed_users(old, context))
        if fixed:
            names = [f"{kind} {'.'.join(identity)}" for kind, identity in fixed]
            told = f"{old.label} cannot change: {', '.join(names)} cannot move to another collation"
            raise unplannable(told, old, names)
        taken = context.current.names_in(old.schema) | context.desired.names_in(old.schema)
        aside = free_name(f"{old.name}__old", taken)
        return [
            op.AlterObject(self.name, new.identity, f"ALTER {old.label} RENAME TO {ident(aside)}"),
            op.AlterObject(self.name, new.identity, definition(new)),
            *self._move_columns(new, context),
            op.AlterObject(self.name, new.identity, f"DROP COLLATION {qualified(old.schema, aside)}"),
        ]

    def _fixed_users(self, old: Collation, context: Context) -> Iterator[Key]:
        """What stays and cannot move over: types, what is in a partition key, columns whose expression names it."""
        dependencies, name = context.current.dependencies, qualified(*old.identity)
        for key in dependencies.users.get(old.key, ()):
            item: Any = context.current.items.get(key)
            if item is None or key not in context.desired.items:
                continue
            in_key = key in dependencies.key_columns or key[0] == "table"
            in_expression = key[0] == "column" and (item.collation != name or item.generated is not None)
            if _is_fixed(key) or in_key or in_expression:
                yield key

    def _move_columns(self, new: Collation, context: Context) -> list[MigrateOperation]:
        name = qualified(*new.identity)
        columns: list[Any] = [
            column
            for column in context.current.of("column")
            if column.collation == name and column.key in context.desired.items and not column.inherited
        ]
        return [
            op.TableClause(
                "column",
                column.identity,
                qualified(column.schema, column.table),
                f"ALTER COLUMN {ident(column.name)} TYPE {column.type} COLLATE {name}",
                hazards=[lock(qualified(column.schema, column.table), mode("ALTER TABLE"))],
            )
            for column in columns
        ]

    def rename(self, old: Collation, new: Collation, context: Context) -> Operations:
        return op.rename_in_schema("COLLATION", self.name, old.identity, new.identity)


def definition(item: Collation) -> str:
    """CREATE COLLATION with what is not the default."""
    words = [f"provider = {_PROVIDERS[item.provider]}"]
    if item.locale:
        words.append(f"locale = {literal(item.locale)}")
    elif item.lc_collate == item.lc_ctype:
        words.append(f"locale = {literal(item.lc_collate)}")
    else:
        words += [f"lc_collate = {literal(item.lc_collate)}", f"lc_ctype = {literal(item.lc_ctype)}"]
    words += [] if item.deterministic else ["deterministic = false"]
    words += [f"rules = {literal(item.rules)}"] if item.rules else []
    return f"CREATE {item.label} ({', '.join(words)})"


def _is_fixed(key: Key) -> bool:
    from supabase_tasks.diff.kinds import KINDS

    return KINDS[key[0]].keeps_collation


KIND = CollationKind()
