"""Privileges on what an extension made, beyond those that it comes with.

What an object was made with says pg_init_privs; where it says nothing, acldefault() and the default privileges of the bootstrap
superuser, who runs the scripts of trusted extensions. Only what the role that reads may change is read: all of an object that
it owns, otherwise what it granted itself. The rest is left to `pg_dump`, which names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.diff.kinds.common import acl, deviating
from supabase_tasks.diff.kinds.common.deviating import DeviatingPrivileges
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.platform_schemas import PLATFORM_ROLES, PLATFORM_SCHEMAS

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class ExtensionGrant(DeviatingPrivileges):
    """The access list of an object of `extension`, whose schema is `home`; `column` is one of its columns."""

    kind: ClassVar[str] = "extension_grant"
    extension: str
    home: str = field(compare=False)
    column: str | None
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        # The same one in whichever schema the extension is: ALTER EXTENSION … SET SCHEMA keeps all privileges.
        on = re.sub(rf'(?<![\w".]){re.escape(ident(self.home))}\.', "", self.on)
        return (self.extension, *on.split(" ", 1), *([self.column] if self.column else []))

    def resolve(self, addresses: Mapping[Address, Key]) -> ExtensionGrant | None:
        target = addresses.get(self.address)
        return None if target is None or not self.deviates else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


def _names(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _objects(number: int, catalog: str, prefix: str, letter: str, on: str, *, space: str = "x.{}namespace") -> str:
    place = space.format(prefix)
    return (
        f"SELECT {number} AS classid, x.oid, 0 AS part, {letter} AS letter, {on} AS on, NULL::text AS column,"
        f" {place} AS space, x.{prefix}owner AS owner, x.{prefix}acl AS acl"
        f" FROM pg_catalog.{catalog} x WHERE x.{prefix}acl IS NOT NULL AND x.oid >= 16384"
    )


_RELATION = "CASE WHEN x.relkind = 'S' THEN 's'::\"char\" ELSE 'r'::\"char\" END"
_WORD = "CASE WHEN x.relkind = 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || x.oid::regclass::text"
_ROUTINE = "CASE WHEN x.prokind = 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || x.oid::regprocedure::text"
_OBJECTS = " UNION ALL ".join(
    (
        _objects(1259, "pg_class", "rel", _RELATION, _WORD),
        _objects(1255, "pg_proc", "pro", "'f'::\"char\"", _ROUTINE),
        _objects(1247, "pg_type", "typ", "'T'::\"char\"", "'TYPE ' || x.oid::regtype::text"),
        _objects(2615, "pg_namespace", "nsp", "'n'::\"char\"", "'SCHEMA ' || quote_ident(x.nspname)", space="x.oid"),
        _objects(
            2328,
            "pg_foreign_data_wrapper",
            "fdw",
            "'F'::\"char\"",
            "'FOREIGN DATA WRAPPER ' || quote_ident(x.fdwname)",
            space="0",
        ),
        _objects(
            1417, "pg_foreign_server", "srv", "'S'::\"char\"", "'FOREIGN SERVER ' || quote_ident(x.srvname)", space="0"
        ),
        """SELECT 1259, c.oid, a.attnum, 'c'::"char", 'TABLE ' || c.oid::regclass::text, a.attname::text, c.relnamespace,
            c.relowner, a.attacl
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.oid >= 16384""",
    )
)
# What the bootstrap superuser's default privileges give to a new object of a schema.
_DEFAULT_LETTER = "CASE m.letter WHEN 's' THEN 'S' ELSE m.letter END"
_BY_DEFAULT = f"""(SELECT array_agg(i) FROM pg_catalog.pg_default_acl d CROSS JOIN unnest(d.defaclacl) i
    WHERE d.defaclrole = 10 AND d.defaclobjtype = {_DEFAULT_LETTER} AND d.defaclnamespace = {{}})"""
_BASE = f"""coalesce(i.initprivs, CASE WHEN m.letter <> 'c'
    THEN coalesce({_BY_DEFAULT.format("0")}, acldefault(m.letter, m.owner)) || {_BY_DEFAULT.format("m.space")} END)"""


def _entries(list_: str, condition: str) -> str:
    return f"""ARRAY(SELECT makeaclitem(g.grantee, g.grantor, g.privilege_type, g.is_grantable)::text
        FROM aclexplode({list_}) g WHERE g.grantee <> m.owner AND {condition})"""


# In its own schemas the platform's roles have what the platform gives them, which is not the same everywhere.
_OURS = f"""(NOT m.in_platform OR NOT m.owned OR g.grantee NOT IN
    (SELECT 0 UNION ALL SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname IN ({_names(PLATFORM_ROLES)})))"""
_GRANTED = f"(m.owned OR g.grantor = current_user::regrole) AND {_OURS}"


class ExtensionGrantKind(Kind[ExtensionGrant]):
    item = ExtensionGrant
    rank = 281
    section = 48
    noun = "grant"
    sql_file = "grants"
    found_in = "pg_extension WHERE extname <> 'plpgsql'"
    query = f"""
        SELECT 3079::int8, m.extension::int8, 0, m.letter::text AS letter, m.on, m.owned,
            {_entries(_BASE, f"g.grantee <> 10 AND {_OURS}")} AS base, {_entries("m.acl", _GRANTED)} AS privileges,
            e.extname AS extension, h.nspname AS home, m.column
        FROM (SELECT o.*, d.refobjid AS extension, pg_catalog.pg_has_role(o.owner, 'USAGE') AS owned,
                coalesce(o.space IN (SELECT n.oid FROM pg_catalog.pg_namespace n
                    WHERE n.nspname IN ({_names(PLATFORM_SCHEMAS)})), false) AS in_platform
            FROM ({_OBJECTS}) o JOIN pg_catalog.pg_depend d
                ON d.classid = o.classid AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype = 'e') m
            JOIN pg_catalog.pg_extension e ON e.oid = m.extension
            JOIN pg_catalog.pg_namespace h ON h.oid = e.extnamespace
            LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = m.classid AND i.objoid = m.oid AND i.objsubid = m.part
        WHERE m.owned OR EXISTS (SELECT FROM aclexplode(m.acl) g WHERE g.grantor = current_user::regrole)
    """

    def create(self, new: ExtensionGrant, context: Context) -> Operations:
        return self._operations(deviating.creation(new), new, context)

    def drop(self, old: ExtensionGrant, context: Context) -> Operations:
        return self._operations(deviating.removal(old), old, context)

    def alter(self, old: ExtensionGrant, new: ExtensionGrant, context: Context) -> Operations:
        return self._operations(deviating.alteration(old, new), new, context)

    def _operations(self, changes: Iterable[acl.PrivilegeChange], item: ExtensionGrant, context: Context) -> Operations:
        name = item.on.partition(" ")[2].removeprefix("DATA WRAPPER ").removeprefix("SERVER ")
        there = item.target is not None and context.exists(item.target)
        found: list[op.AlterObject] = []
        for change in changes:
            hazards = deviating.hazards(name, change) if there else []
            if item.column is not None:
                column = ident(item.column)
                found.append(
                    op.ColumnPrivileges(
                        item.identity, change.head, change.names, column, f"ON {item.on} {change.tail}", hazards=hazards
                    )
                )
            else:
                sql = change.sql(item.letter, item.on)
                found.append(op.AlterObject(self.name, item.identity, sql, hazards=hazards))
        return found


KIND = ExtensionGrantKind()
