"""Row level security policies, also those that users put on platform tables (`storage.objects`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from supabase_tasks.diff.catalog.deparse import canonical
from supabase_tasks.diff.catalog.item import Item, Key, TableItem
from supabase_tasks.diff.catalog.scope import not_member, open_schema
from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl import locks
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard, lock
from supabase_tasks.diff.ddl.names import ident, qualified, role
from supabase_tasks.diff.kinds.common.columns import in_parentheses
from supabase_tasks.diff.kinds.common.kind import Kind, Operations, RenameRound
from supabase_tasks.diff.kinds.row_level_security import RowLevelSecurity

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.context import Context

_COMMANDS = {"*": "ALL", "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}


@dataclass(frozen=True, kw_only=True)
class Policy(TableItem):
    """A policy; `roles` holds an empty text for PUBLIC, `using` and `check` are deparsed expressions."""

    kind: ClassVar[str] = "policy"
    query_fields: ClassVar[tuple[str, ...]] = ("using", "check")
    command: str
    permissive: bool
    roles: tuple[str, ...]
    using: str | None
    check: str | None

    def __post_init__(self) -> None:
        for name in ("using", "check"):
            text = getattr(self, name)
            object.__setattr__(self, name, None if text is None else canonical(text))

    @property
    def parent(self) -> Key:
        return ("table", (self.schema, self.table))

    @property
    def relation(self) -> str:
        return qualified(self.schema, self.table)

    @property
    def lets_all_in(self) -> bool:
        return "true" in (self.using, self.check)

    @property
    def effect(self) -> tuple[str | None, ...]:
        """What it lets its roles do, with which rows."""
        return (self.command, self.using, self.check)

    @property
    def label(self) -> str:
        return f"POLICY {ident(self.name)} ON {qualified(self.schema, self.table)}"


class PolicyKind(Kind[Policy]):
    item = Policy
    rank = 210
    slug_rank = 12
    rename_rounds = (RenameRound.ON_TABLES,)
    cycle_breaker = 1
    section = 47
    noun = "policy"
    sql_file = "policies"
    found_in = "pg_policy"
    query = f"""
        SELECT 3256::int8, p.oid::int8, 0, n.nspname AS schema, c.relname AS table, p.polname AS name,
            p.polcmd::text AS command, p.polpermissive AS permissive,
            ARRAY(SELECT CASE o WHEN 0 THEN '' ELSE pg_catalog.pg_get_userbyid(o)::text END FROM unnest(p.polroles) o
                ORDER BY 1) AS roles,
            pg_catalog.pg_get_expr(p.polqual, p.polrelid, true) AS using,
            pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true) AS check
        FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE {open_schema()} AND {not_member("pg_class", "c.oid")}
    """

    def create(self, new: Policy, context: Context) -> Operations:
        relation = qualified(new.schema, new.table)
        hazards = [lock(relation, locks.mode("POLICY")), *self._creation_hazards(new, context)]
        return [op.CreateObject(self.name, new.identity, context.author_sql(new) or definition(new), hazards=hazards)]

    def drop(self, old: Policy, context: Context) -> Operations:
        hazards = [lock(qualified(old.schema, old.table), locks.mode("POLICY"))]
        if old.key not in context.desired.items:
            hazards += self._loss(old, context)
        return [op.DropObject(self.name, old.identity, f"DROP {old.label}", hazards=hazards)]

    def replaces(self, old: Policy, new: Policy, context: Context) -> bool:
        if (old.command, old.permissive) != (new.command, new.permissive):
            return True
        # ALTER POLICY cannot take an expression away.
        return (old.using is not None and new.using is None) or (old.check is not None and new.check is None)

    def releases(self, old: Policy, new: Policy, gone: Item) -> bool:
        pairs = ((old.using, new.using), (old.check, new.check))
        return all(before is None or before != after for before, after in pairs)

    def alter(self, old: Policy, new: Policy, context: Context) -> Operations:
        text = f"ALTER {new.label}"
        if old.roles != new.roles:
            text += f"\n    TO {_roles(new)}"
        if old.using != new.using and new.using is not None:
            text += f"\n    USING {in_parentheses(new.using)}"
        if old.check != new.check and new.check is not None:
            text += f"\n    WITH CHECK {in_parentheses(new.check)}"
        hazards = [
            lock(qualified(new.schema, new.table), locks.mode("POLICY")),
            *self._alteration_hazards(old, new, context),
        ]
        return [op.AlterObject(self.name, new.identity, text, hazards=hazards)]

    def _loss(self, old: Policy, context: Context) -> list[Hazard]:
        """What is lost with a policy that no other takes the place of."""
        if not old.permissive:
            return [access.restriction_goes(old.relation, old.name)]
        return [access.policy_leaves(old.relation, old.name, old.roles)] if _keeps_closed(old, context) else []

    def _creation_hazards(self, new: Policy, context: Context) -> list[Hazard]:
        """Of a policy on a table that is there; a policy that is made again is compared with what it was."""
        before = context.current.items.get(new.key)
        if isinstance(before, Policy) and before.permissive == new.permissive:
            return self._alteration_hazards(before, new, context)
        if new.permissive:
            return [access.policy_lets_all_in(new.relation, new.name, new.roles)] if new.lets_all_in else []
        return [access.policy_narrows(new.relation, new.name, new.roles)] if _keeps_closed(new, context) else []

    def _alteration_hazards(self, old: Policy, new: Policy, context: Context) -> list[Hazard]:
        found = []
        added, gone = _only_in(new.roles, old.roles), _only_in(old.roles, new.roles)
        if not new.permissive:
            # A restrictive policy narrows those it names.
            added, gone = gone, added
        if added and new.permissive:
            found.append(access.policy_serves(new.relation, new.name, added))
        elif added:
            found.append(access.restriction_goes(new.relation, new.name))
        if gone and _keeps_closed(old, context):
            tells = access.policy_leaves if new.permissive else access.policy_narrows
            found.append(tells(new.relation, new.name, gone))
        if new.permissive and new.lets_all_in and old.effect != new.effect:
            found.append(access.policy_lets_all_in(new.relation, new.name, new.roles))
        return found

    def rename(self, old: Policy, new: Policy, context: Context) -> Operations:
        return op.rename_on_table("POLICY", self.name, old.identity, new.identity)


def _keeps_closed(policy: Policy, context: Context) -> bool:
    """Whether the policy had an effect and its table stays closed without it; the platform's tables are always closed."""
    table = policy.parent
    if table not in context.current.items:
        return True
    switches = [side.items.get(("row_level_security", table[1])) for side in (context.current, context.desired)]
    stays = table in context.desired.items
    return stays and all(isinstance(switch, RowLevelSecurity) and switch.enabled for switch in switches)


def _only_in(roles: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The roles of a policy that another does not serve: PUBLIC serves all."""
    return [] if "" in others else sorted(set(roles) - set(others))


def _roles(policy: Policy) -> str:
    return ", ".join(role(name) for name in policy.roles)


def definition(policy: Policy) -> str:
    """CREATE POLICY from the catalog."""
    lines = [f"CREATE POLICY {ident(policy.name)} ON {qualified(policy.schema, policy.table)}"]
    if not policy.permissive:
        lines.append("AS RESTRICTIVE")
    if policy.command != "*":
        lines.append(f"FOR {_COMMANDS[policy.command]}")
    if policy.roles != ("",):
        lines.append(f"TO {_roles(policy)}")
    if policy.using is not None:
        lines.append(f"USING {in_parentheses(policy.using)}")
    if policy.check is not None:
        lines.append(f"WITH CHECK {in_parentheses(policy.check)}")
    return "\n    ".join(lines)


KIND = PolicyKind()
