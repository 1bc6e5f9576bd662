"""Who owns each object; new ones belong to the role that applies the migration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Address, Item, Key
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, lock
from supabase_tasks.diff.ddl.names import ident, join_dotted, qualified
from supabase_tasks.diff.kinds.common.kind import Kind, Operations
from supabase_tasks.diff.kinds.grant import KIND as GRANTS
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from supabase_tasks.diff.catalog.snapshot import Snapshot
    from supabase_tasks.diff.kinds.common.context import Context


@dataclass(frozen=True, kw_only=True)
class Owner(Item):
    """The owning role of `target`."""

    kind: ClassVar[str] = "owner"
    is_attribute: ClassVar[bool] = True
    role: str
    # The foreign data wrapper of a server, which its owner must be allowed to use.
    wrapper: str | None = field(default=None, compare=False)
    # Whether it is a sequence that belongs to a column, and so to whoever owns the table.
    follows: bool = field(default=False, compare=False)
    target: Key | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        kind, identity = self.target or ("", ())
        return (kind, *identity)

    def resolve(self, addresses: Mapping[Address, Key]) -> Owner | None:
        target = addresses.get(self.address)
        return None if target is None else replace(self, target=target)

    @property
    def parent(self) -> Key | None:
        return self.target


_SOURCES = (
    (1259, "pg_class", "relowner", "x.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
    (1255, "pg_proc", "proowner", "true"),
    (1247, "pg_type", "typowner", "x.typtype IN ('e', 'd', 'c', 'r')"),
    (2615, "pg_namespace", "nspowner", "true"),
    (6104, "pg_publication", "pubowner", "true"),
    (3466, "pg_event_trigger", "evtowner", "true"),
    (2617, "pg_operator", "oprowner", "true"),
    (2616, "pg_opclass", "opcowner", "true"),
    (2753, "pg_opfamily", "opfowner", "true"),
    (3456, "pg_collation", "collowner", "true"),
    (2607, "pg_conversion", "conowner", "true"),
    (3602, "pg_ts_config", "cfgowner", "true"),
    (3600, "pg_ts_dict", "dictowner", "true"),
    (3381, "pg_statistic_ext", "stxowner", "true"),
    (2328, "pg_foreign_data_wrapper", "fdwowner", "true"),
    (1417, "pg_foreign_server", "srvowner", "true"),
)


_WRAPPER = "(SELECT w.fdwname FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.oid = x.srvfdw)"


_FOLLOWS = (
    "x.relkind = 'S' AND EXISTS (SELECT FROM pg_catalog.pg_depend o"
    " WHERE o.classid = 1259 AND o.objid = x.oid AND o.deptype IN ('a', 'i') AND o.refobjsubid > 0)"
)


class OwnerKind(Kind[Owner]):
    item = Owner
    rank = 310
    section = 49
    noun = "owner"
    query = " UNION ALL ".join(
        f"SELECT {number}::int8, x.oid::int8, 0, pg_catalog.pg_get_userbyid(x.{column})::text AS role,"
        f" {_WRAPPER if catalog == 'pg_foreign_server' else 'NULL'}::text AS wrapper,"
        f" {_FOLLOWS if catalog == 'pg_class' else 'false'} AS follows"
        f" FROM pg_catalog.{catalog} x WHERE x.oid >= 16384 AND ({condition})"
        for number, catalog, column, condition in _SOURCES
    )

    def needs(self, item: Owner) -> list[Key]:
        found: list[Key] = [("grant", ("foreign_data_wrapper", item.wrapper))] if item.wrapper else []
        # What lets the role into the schema comes before.
        return [*found, ("grant", ("schema", item.target[1][0]))] if item.target else found

    def create(self, new: Owner, context: Context) -> Operations:
        role = context.options.role
        return [] if new.role == role else self.alter(replace(new, role=role), new, context)

    def drop(self, old: Owner, context: Context) -> Operations:
        return []

    def alter(self, old: Owner, new: Owner, context: Context) -> Operations:
        assert new.target is not None
        if new.follows:
            return []
        hazards = _hazards(new.target, new.role, context)
        aggregate = new.target[0] == "aggregate"
        label = context.grant_label(new.target) if aggregate else context.label(new.target)
        sql = f"ALTER {label} OWNER TO {ident(new.role)}"
        if new.target[0] == "publication" and new.role != context.options.role:
            sql = _by_one_who_may_create(sql, new.role)
        before, after = self._admission(new, context)
        statements = [*before, sql, *after]
        found = [
            op.AlterObject(self.name, new.identity, text, hazards=hazards if text == sql else []) for text in statements
        ]
        return [*found, *GRANTS.after_handover(new.target, old.role, context)]

    def _admission(self, new: Owner, context: Context) -> tuple[list[str], list[str]]:
        """PostgreSQL gives an object of a schema only to a role that may create in that schema (but for superusers, who
        may give it to anybody): what lets the role in for as long as it takes."""
        assert new.target is not None
        schema = getattr(context.desired.items.get(new.target), "schema", None)
        if new.role == context.options.role or schema is None:
            return [], []
        if _may_create(context.desired, schema, new.role):
            return [], []
        target = f"CREATE ON SCHEMA {ident(schema)}"
        return [f"GRANT {target} TO {ident(new.role)}"], [f"REVOKE {target} FROM {ident(new.role)}"]


def _hazards(target: Key, role: str, context: Context) -> list[Hazard]:
    from supabase_tasks.diff.kinds import is_routine

    kind, identity = target
    name = f"{join_dotted(*identity[:2])}({identity[2]})" if is_routine(kind) else join_dotted(*identity)
    found = [Hazard("incompatible", f"{role} owns {name} from now on", name)]
    if context.exists(target) and (context.current.items[target].is_relation or kind == "sequence"):
        found.append(lock(qualified(*identity), locks.mode("ALTER TABLE")))
    return found


def _by_one_who_may_create(sql: str, role: str) -> str:
    """PostgreSQL gives a publication only to a role that may create in the database, whose name no migration knows."""
    text = literal(role)
    return f"""DO $$ BEGIN
    IF has_database_privilege({text}, current_database(), 'CREATE') THEN
        {sql};
    ELSE
        EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), {text});
        {sql};
        EXECUTE format('REVOKE CREATE ON DATABASE %I FROM %I', current_database(), {text});
    END IF;
END $$"""


def _may_create(side: Snapshot, schema: str, role: str) -> bool:
    grant = side.get("grant", "schema", schema)
    given = () if grant is None else grant.privileges
    return any(one.name == "CREATE" and one.grantee in ("", role) for one in given)


KIND = OwnerKind()
