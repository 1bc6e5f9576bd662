"""Policies, grants and default privileges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.model import Catalog
from supabase_tasks.lint.catalog.objects import PUBLIC, TABLE_PRIVILEGES, DefaultPrivilege, Policy, Table
from supabase_tasks.lint.statements import Statement


def role_names(roles: Iterable[ast.Node]) -> frozenset[str]:
    """The roles' names; `public` for PUBLIC, the keyword in lower case for CURRENT_USER and its kin."""
    return frozenset(_role(node.role_spec) for node in roles)


def _role(role: ast.RoleSpec) -> str:
    if role.roletype == ast.ROLESPEC_PUBLIC:
        return PUBLIC
    return role.rolename or "current_user"


def create_policy(catalog: Catalog, statement: Statement, node: ast.CreatePolicyStmt) -> None:
    table = catalog.tables.get(catalog.name(node.table))
    if table is not None:
        table.policies[node.policy_name] = read_policy(statement, node)


def read_policy(statement: Statement, node: ast.CreatePolicyStmt) -> Policy:
    """The policy that a CREATE POLICY makes."""
    return Policy(
        node.policy_name,
        node.cmd_name or "all",
        role_names(node.roles),
        node.qual if node.HasField("qual") else None,
        node.with_check if node.HasField("with_check") else None,
        node.permissive,
        statement,
    )


def alter_policy(catalog: Catalog, statement: Statement, node: ast.AlterPolicyStmt) -> None:
    table = catalog.tables.get(catalog.name(node.table))
    policy = table.policies.get(node.policy_name) if table is not None else None
    if policy is None:
        return
    policy.statement = statement
    if node.roles:
        policy.roles = role_names(node.roles)
    if node.HasField("qual"):
        policy.using = node.qual
    if node.HasField("with_check"):
        policy.check = node.with_check


def grant(catalog: Catalog, statement: Statement, node: ast.GrantStmt) -> None:
    if node.objtype != ast.OBJECT_TABLE:
        return
    privileges = privileges_of(node.privileges)
    for table in _tables(catalog, node):
        for role in role_names(node.grantees):
            held = table.grants.setdefault(role, {})
            for privilege in privileges:
                if node.is_grant:
                    held[privilege] = statement
                else:
                    held.pop(privilege, None)


def _tables(catalog: Catalog, node: ast.GrantStmt) -> Sequence[Table]:
    if node.targtype == ast.ACL_TARGET_ALL_IN_SCHEMA:
        schemas = {item.string.sval for item in node.objects}
        return [table for table in catalog.tables.values() if table.name[0] in schemas]
    names = [catalog.name(item.range_var) for item in node.objects]
    return [catalog.tables[name] for name in names if name in catalog.tables]


def privileges_of(nodes: Sequence[ast.Node]) -> frozenset[str]:
    """The table privileges a GRANT or REVOKE names; none named means ALL."""
    return frozenset(node.access_priv.priv_name.lower() for node in nodes) or TABLE_PRIVILEGES


def alter_default_privileges(catalog: Catalog, statement: Statement, node: ast.AlterDefaultPrivilegesStmt) -> None:
    if node.action.objtype != ast.OBJECT_TABLE:
        return
    schemas: list[str | None] = [
        item.string.sval
        for option in node.options
        if option.def_elem.defname == "schemas"
        for item in option.def_elem.arg.list.items
    ]
    privileges = privileges_of(node.action.privileges)
    for schema in schemas or [None]:
        for role in role_names(node.action.grantees):
            if node.action.is_grant:
                catalog.defaults.append(DefaultPrivilege(schema, role, privileges, statement))
            else:
                catalog.defaults = list(_without(catalog.defaults, schema, role, privileges))


def _without(
    defaults: Iterable[DefaultPrivilege], schema: str | None, role: str, privileges: frozenset[str]
) -> Iterable[DefaultPrivilege]:
    for item in defaults:
        if item.role != role or item.schema != schema:
            yield item
        elif left := item.privileges - privileges:
            yield DefaultPrivilege(schema, role, left, item.statement)


HANDLERS = {
    "create_policy_stmt": create_policy,
    "alter_policy_stmt": alter_policy,
    "grant_stmt": grant,
    "alter_default_privileges_stmt": alter_default_privileges,
}
