"""Privileges on tables, views, sequences (also of identity columns), columns, functions, schemas and types.

Every object that can carry privileges has an access list, also one that was never changed, so that the list of a new
object is compared with what the default privileges of the creating role give it: no statement where they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Item, Key, whole
from supabase_tasks.diff.catalog.scope import not_member, user_schema
from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.ddl.names import ident, qualified
from supabase_tasks.diff.kinds.common import acl, grantors, owner_of_public
from supabase_tasks.diff.kinds.common.creation_privileges import DEFAULTS, fresh_own, fresh_privileges
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Grant(Item):
    """The access list of `target`; `letter` is acldefault()'s object type, `fresh` what its owner gives by default."""

    kind: ClassVar[str] = "grant"
    is_attribute: ClassVar[bool] = True
    letter: str
    schema: str
    owner: str
    column: str | None
    privileges: frozenset[acl.Privilege]
    # The sequence of an identity column, which is the target then.
    sequence: str | None = field(default=None, compare=False)
    target: Key | None = None
    # Who granted what, where that is not for certain the owner.
    links: frozenset[grantors.GrantLink] = field(default=frozenset(), compare=False, repr=False)
    # Who grants and revokes as the owner; empty: the owner itself.
    granter: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        texts = self.privileges
        object.__setattr__(self, "privileges", acl.normalise(texts))
        if isinstance(texts, tuple) and any("*" in text or not text.endswith(self._by_owner) for text in texts):
            object.__setattr__(self, "links", grantors.links(texts))
            if self.letter == "n" and (granter := owner_of_public.acts_by(self.owner, texts)) != self.owner:
                object.__setattr__(self, "granter", granter)
                object.__setattr__(self, "privileges", owner_of_public.without_options(self.privileges, self.owner))

    @property
    def _by_owner(self) -> str:
        return f"/{ident(self.owner)}"

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        # A view's column is no object of its own: its list is distinguished from the view's by the column's name.
        part = "sequence" if self.sequence else self.column if kind != "column" else None
        return (kind, *identity, *([part] if part else []))

    def owned_by(self, owner: str) -> frozenset[acl.Privilege]:
        """The privileges, the owner's own as those of `owner`: they pass to whoever owns the object, with all that `owner` has
        on it. What `owner` is to have afterwards is not among them (`kept_by`)."""
        others = self.privileges - self.kept_by(owner)
        return frozenset(replace(one, grantee=owner) if one.grantee == self.owner else one for one in others)

    def kept_by(self, former: str) -> frozenset[acl.Privilege]:
        """The privileges of `former`, who is the owner no more: they can be granted only when another one is."""
        return frozenset(one for one in self.privileges if one.grantee == former != self.owner)

    def resolve(self, addresses: Mapping[Address, Key]) -> Grant | None:
        found = addresses.get(self.address)
        if found is None and self.column is not None:
            found = addresses.get(whole(self.address))
            # A table's columns are objects of their own: one without an address is ignored.
            found = None if found and found[0] == "table" else found
        return None if found is None else replace(self, target=found)

    @property
    def parent(self) -> Key | None:
        return self.target

    @property
    def comes_with_parent(self) -> bool:
        return self.sequence is not None


def _query(catalog: str, alias: str, acl_column: str, letter: str, owner: str, extra: str) -> str:
    number = {"pg_class": 1259, "pg_proc": 1255, "pg_namespace": 2615, "pg_type": 1247}[catalog]
    space = "" if catalog == "pg_namespace" else f"JOIN pg_catalog.pg_namespace n ON n.oid = {alias}.{extra}"
    where = user_schema("n")
    list_ = f"coalesce({alias}.{acl_column}, acldefault({letter}, {alias}.{owner}))::text[]"
    name = f"pg_catalog.pg_get_userbyid({alias}.{owner})::text"
    if catalog == "pg_namespace":
        name, list_ = owner_of_public.as_database_owner("n.nspname", name, list_)
    return f"""
        SELECT {number}::int8, {alias}.oid::int8, 0, ({letter})::text AS letter, n.nspname::text AS schema,
            {name} AS owner, NULL::text AS column, {list_} AS privileges,
            NULL::text AS sequence
        FROM pg_catalog.{catalog} {alias} {space}
        WHERE {where} AND {not_member(catalog, f"{alias}.oid")}
    """


def _foreign(number: int, catalog: str, prefix: str, letter: str) -> str:
    """Foreign data wrappers and servers, which are in no schema."""
    default = f"acldefault('{letter}'::\"char\", x.{prefix}owner)"
    return f"""
        SELECT {number}::int8, x.oid::int8, 0, '{letter}', '', pg_catalog.pg_get_userbyid(x.{prefix}owner)::text,
            NULL::text, coalesce(x.{prefix}acl, {default})::text[], NULL
        FROM pg_catalog.{catalog} x WHERE x.oid >= 16384 AND {not_member(catalog, "x.oid")}
    """


# An identity column's sequence is no object of its own, but has a list of its own.
_OF_IDENTITY = """EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = 1259 AND i.objid = c.oid
    AND i.refclassid = 1259 AND i.deptype = 'i')"""
_IDENTITIES = f"""
    SELECT 1259::int8, d.refobjid::int8, d.refobjsubid, 's', n.nspname::text, pg_catalog.pg_get_userbyid(c.relowner)::text,
        NULL::text, coalesce(c.relacl, acldefault('s', c.relowner))::text[], format('%I.%I', n.nspname, c.relname)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_depend d ON d.classid = 1259 AND d.objid = c.oid AND d.refclassid = 1259 AND d.deptype = 'i'
    WHERE c.relkind = 'S' AND {user_schema()} AND {not_member("pg_class", "d.refobjid")}
"""
_RELATION_LETTER = "CASE WHEN c.relkind = 'S' THEN 's'::\"char\" ELSE 'r'::\"char\" END"


class GrantKind(Kind[Grant]):
    item = Grant
    rank = 280
    section = 48
    noun = "grant"
    sql_file = "grants"
    query = " UNION ALL ".join(
        (
            _query("pg_class", "c", "relacl", _RELATION_LETTER, "relowner", "relnamespace")
            + f" AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT (c.relkind = 'S' AND {_OF_IDENTITY})",
            _IDENTITIES,
            _query("pg_proc", "p", "proacl", "'f'::\"char\"", "proowner", "pronamespace"),
            _query("pg_namespace", "n", "nspacl", "'n'::\"char\"", "nspowner", ""),
            _query("pg_type", "t", "typacl", "'T'::\"char\"", "typowner", "typnamespace")
            + " AND t.typtype IN ('e', 'd', 'c', 'r') AND NOT EXISTS (SELECT FROM pg_catalog.pg_class tc"
            " WHERE tc.oid = t.typrelid AND tc.relkind <> 'c')",
            _foreign(2328, "pg_foreign_data_wrapper", "fdw", "F"),
            _foreign(1417, "pg_foreign_server", "srv", "S"),
            f"""
            SELECT 1259::int8, c.oid::int8, a.attnum::int, 'c', n.nspname::text,
                pg_catalog.pg_get_userbyid(c.relowner)::text, a.attname::text,
                a.attacl::text[], NULL
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND {user_schema()} AND {not_member("pg_class", "c.oid")}
            """,
        )
    )

    def is_counted(self, old: Grant, new: Grant) -> bool:
        # The owner's own privileges pass to the next one.
        return old.privileges != new.owned_by(old.owner) or bool(new.kept_by(old.owner))

    def needs(self, item: Grant) -> list[Key]:
        # Revoking a privilege on a table takes it from its columns too.
        kind, identity = item.target or ("", ())
        if item.column is None:
            return []
        return [("grant", ("table", *identity[:2]) if kind == "column" else (kind, *identity))]

    def disturbs(self, old: Grant, new: Grant | None, context: Context) -> list[Key]:
        if old.target is None or old.letter != "r":
            return []
        children = context.current.children
        owners = [old.target, *(key for key in children.get(old.target, ()) if key[0] == "column")]
        lists = [key for owner in owners for key in children.get(owner, ()) if key[0] == "grant" and key != old.key]
        return [key for key in lists if getattr(context.current.items[key], "column", None)]

    def forgets(self, item: Grant, cause: Key, context: Context) -> Grant | None:
        # Source: PostgreSQL 17, ExecGrant_Relation(): a privilege revoked on a table is revoked on its columns too.
        before, after = (side.items.get(cause) for side in (context.current, context.desired))
        if not (isinstance(before, Grant) and isinstance(after, Grant)):
            return None
        held = {(one.grantee, one.name) for one in after.owned_by(before.owner)}
        gone = {(one.grantee, one.name) for one in before.privileges} - held
        kept = frozenset(one for one in item.privileges if (one.grantee, one.name) not in gone)
        return None if kept == item.privileges else replace(item, privileges=kept)

    def create(self, new: Grant, context: Context) -> Operations:
        owner = context.options.role
        if new.letter == "c" and new.target is not None:
            kind, identity = new.target
            relation: Key = ("table", identity[:2]) if kind == "column" else new.target
            found = context.current.get("owner", relation[0], *relation[1]) if context.exists(relation) else None
            owner = owner if found is None else found.role
        return self._changes(self._fresh(new, context), new, owner, context)

    def drop(self, old: Grant, context: Context) -> Operations:
        # Only a column's list can be missing, or its sequence, which takes it along.
        if old.sequence:
            return []
        return self.alter(old, replace(old, privileges=frozenset()), context)

    def alter(self, old: Grant, new: Grant, context: Context) -> Operations:
        owner = old.granter or old.owner
        if not grantors.uncertain(old.links, owner, context.options.role):
            return self._changes(old.privileges, new, old.owner, context)
        found: list[op.AlterObject] = []
        links = owner_of_public.without_options_in(old.links, old.owner) if old.granter else old.links
        steps = grantors.changes(links, new.owned_by(old.owner), owner)
        for role, group in groupby(steps, key=lambda step: step.role):
            found += _run_by(role, self._statements([step.change for step in group], new, context), context)
        return found

    def _fresh(self, new: Grant, context: Context) -> frozenset[acl.Privilege]:
        if new.letter == "c":
            return frozenset()
        if new.letter not in DEFAULTS:
            return fresh_own(context, new.letter)
        schema = "" if new.letter == "n" else new.schema
        return fresh_privileges(context, DEFAULTS[new.letter], schema) | fresh_own(context, new.letter)

    def _changes(self, old: frozenset[acl.Privilege], new: Grant, owner: str, context: Context) -> Operations:
        """`owner` is who owns the object when its privileges change: it is handed over later."""
        return self._statements(acl.changes(old, new.owned_by(owner)), new, context)

    def after_handover(self, target: Key, former: str, context: Context) -> Operations:
        """What the owner that `target` had before has on it, and on its columns, from then on.

        Source: PostgreSQL 17, aclnewowner(): all that a former owner has passes to the new one.
        """
        children = context.desired.children.get
        found: list[op.AlterObject] = []
        for place in (target, *(key for key in children(target, ()) if key[0] == "column")):
            for key in children(place, ()):
                grant = context.desired.items[key]
                if isinstance(grant, Grant) and grant.target == place:
                    found += self._statements(acl.changes(frozenset(), grant.kept_by(former)), grant, context)
        return found

    def _statements(self, changes: Iterable[acl.PrivilegeChange], new: Grant, context: Context) -> list[op.AlterObject]:
        found: list[op.AlterObject] = []
        for change in changes:
            hazards = self._hazards(change, new, context)
            if new.letter == "c":
                found.append(self._column(change, new, hazards))
            else:
                sql = change.sql(new.letter, self._on(new, context))
                found.append(op.AlterObject(self.name, new.identity, sql, hazards=hazards))
        return found

    def _column(self, change: acl.PrivilegeChange, new: Grant, hazards: list[Hazard]) -> op.ColumnPrivileges:
        _, identity = new.target or ("", ("", ""))
        tail = f"ON TABLE {qualified(*identity[:2])} {change.tail}"
        column = ident(new.column or "")
        return op.ColumnPrivileges(new.identity, change.head, change.names, column, tail, hazards=hazards)

    def _on(self, grant: Grant, context: Context) -> str:
        kind, identity = grant.target or ("", ())
        if grant.sequence:
            return f"SEQUENCE {grant.sequence}"
        if grant.letter == "T":
            return f"TYPE {qualified(*identity)}"
        return context.grant_label((kind, identity))

    def _hazards(self, change: acl.PrivilegeChange, new: Grant, context: Context) -> list[Hazard]:
        if new.target is None or not context.exists(new.target):
            return []
        gaining = {item.grantee for item in change.given}
        losing = {item.grantee for item in change.taken if not _held_by_the_table(item, new, context)}
        return [*access.grant_widens(_words_for(new), gaining), *access.grant_narrows(_words_for(new), losing)]


def _run_by(role: str, statements: list[op.AlterObject], context: Context) -> list[op.AlterObject]:
    """The statements as `role` runs them. RESET ROLE would go back to the role of the connection."""
    if role == context.options.role:
        return statements
    kind, identity = statements[0].kind, statements[0].identity
    there, back = (op.AlterObject(kind, identity, f"SET ROLE {ident(name)}") for name in (role, context.options.role))
    return [there, *statements, back]


def _words_for(grant: Grant) -> str:
    _, identity = grant.target or ("", ())
    return f"{qualified(*identity[:2])}({identity[2]})" if grant.letter == "f" else qualified(*identity)


def _held_by_the_table(privilege: acl.Privilege, new: Grant, context: Context) -> bool:
    """Whether a privilege that a column loses comes from its table afterwards."""
    if new.letter != "c" or new.target is None:
        return False
    table = context.desired.items.get(("grant", ("table", *new.target[1][:2])))
    held = {(item.grantee, item.name) for item in table.privileges} if isinstance(table, Grant) else set()
    return (privilege.grantee, privilege.name) in held


KIND = GrantKind()
