"""User mappings: as whom a role is known at a foreign server. Their options are secrets, compared and never shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import token_bytes
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.item import Item, Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import incompatible
from supabase_tasks.diff.ddl.names import ident, role
from supabase_tasks.diff.errors import unplannable
from supabase_tasks.diff.kinds.common.kind import Kind, Operations

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

# A digest by it says nothing to who sees it.
_KEY = token_bytes(32)


@dataclass(frozen=True, kw_only=True)
class UserMapping(Item):
    """The mapping of `role` (empty for PUBLIC) at `server`; `secret` is empty without options, else a digest of them that
    tells two apart in this process, and nothing more (platform_sql/11_user_mappings.sql)."""

    kind: ClassVar[str] = "user_mapping"
    server: str
    role: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        digest = blake2b(self.secret.encode(), key=_KEY).hexdigest() if self.secret else ""
        object.__setattr__(self, "secret", digest)

    @property
    def identity(self) -> tuple[str, ...]:
        return (self.server, self.role)

    @property
    def sql_name(self) -> str:
        return f"USER MAPPING FOR {role(self.role)} SERVER {ident(self.server)}"

    @property
    def parent(self) -> Key:
        return ("foreign_server", (self.server,))


class UserMappingKind(Kind[UserMapping]):
    item = UserMapping
    rank = 244
    section = 40
    noun = "user mapping"
    # DROP SERVER takes none along.
    bound = False
    found_in = "pg_foreign_server"
    query = """
        SELECT 1418::int8, m.umid::int8, 0, m.srvname AS server,
            CASE WHEN m.umuser = 0 THEN '' ELSE m.usename END AS role, coalesce(h.secret, '') AS secret
        FROM pg_catalog.pg_user_mappings m LEFT JOIN pg_catalog.supabase_tasks_user_mappings() h ON h.umid = m.umid
        WHERE m.umid >= 16384
    """

    def create(self, new: UserMapping, context: Context) -> Operations:
        if new.secret:
            raise _refusal(new)
        return [op.CreateObject(self.name, new.identity, f"CREATE {new.sql_name}")]

    def drop(self, old: UserMapping, context: Context) -> Operations:
        hazard = incompatible(old.sql_name, f"{role(old.role)} reads nothing through {old.server} any more")
        return [op.DropObject(self.name, old.identity, f"DROP {old.sql_name}", hazards=[hazard])]

    def alter(self, old: UserMapping, new: UserMapping, context: Context) -> Operations:
        raise _refusal(new)


def _refusal(mapping: UserMapping) -> Exception:
    return unplannable(f"a migration is no place for the options of {mapping.sql_name}", mapping, [mapping.sql_name])


KIND = UserMappingKind()
