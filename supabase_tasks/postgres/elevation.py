"""The few superuser acts that hosted Supabase allows `postgres` (by its extension supautils), on one statement; and security
labels, whose providers our servers lack (`security_labels`).

supautils lifts exactly these: event triggers, foreign data wrappers, ALTER EXTENSION, publications of all tables or of
schemas; where PostgreSQL refuses them also settings of roles, comments on extensions, policies and dropped triggers on the
platform's tables. Nothing else is lifted, so what hosted Supabase refuses is refused here. `postgres` itself never gets a right:
the statement, parsed here as exactly one of such a kind and signed, is run by a function (platform_sql/11_lift.sql). What code
runs is lifted there (`nested_lifts`).
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import security_labels, signing
from supabase_tasks.postgres.pipeline import Command

if TYPE_CHECKING:
    from postgast import pg_query_pb2 as ast

# Possessive: comments and white space have one reading only, so a statement that is neither is given up at once. It saves
# loading the parser, which decides.
LEADING = r"^(?:\s++|--[^\n]*+(?:\n|$)|(?>/\*.*?\*/))*+"
_LIFTED = re.compile(
    LEADING
    + r"(?:(?:create|alter|drop)\s+event\s+trigger\b"
    + r"|(?:create|alter|drop)\s+foreign\s+data\s+wrapper\b"
    + r"|alter\s+extension\b"
    + r"|create\s+publication\b.*\bfor\b.*\btables\b"
    + r"|alter\s+publication\b.*\b(?:add|set)\b.*\btables\b"
    + r"|security\b)",
    re.IGNORECASE | re.DOTALL,
)
LIFT = "pg_catalog.supabase_tasks_lift"
# supautils.privileged_role_allowed_configs: the prefixes that it allows whole. Single names are granted (00_roles.sql).
_SETTINGS = ("pgrst.", "plan_filter.", "auto_explain.", "pg_stat_statements.", "pgaudit.")
# supautils.policy_grants and supautils.drop_trigger_grants.
_PLATFORM_TABLES = frozenset(
    {
        *(("auth", name) for name in ("audit_log_entries", "identities", "refresh_tokens", "sessions", "users")),
        ("realtime", "messages"),
        *(("storage", name) for name in ("buckets", "migrations", "objects")),
        *(("storage", name) for name in ("s3_multipart_uploads", "s3_multipart_uploads_parts")),
    }
)
# What runs with the rights of the platform's owners and of `postgres`, and not with the superuser's.
_AS_OWNER = "owner"
# What is written to pg_seclabel, in the place of a statement that no label provider of ours could take.
_AS_LABEL = "label"
_TAG = "lift"
_ADMIN = "supabase_admin"
# Extensions of a foreign database that a role without superuser cannot create, and that give their caller neither files,
# programs nor network (https://www.postgresql.org/docs/17/contrib.html).
_HARMLESS = frozenset(
    {
        "amcheck",
        "dict_xsyn",
        "intagg",
        "old_snapshot",
        "pageinspect",
        "pg_buffercache",
        "pg_freespacemap",
        "pg_logicalinspect",
        "pg_visibility",
    }
)


@dataclass(frozen=True, slots=True)
class Lift:
    """A statement that is lifted: what it makes that `postgres` is to own (or nothing), the foreign data wrapper that it is
    about, and the validator function that it names."""

    statement: str
    adopts: str = ""
    wrapper: str = ""
    validator: str = ""


def find_lift(statement: str) -> Lift | None:
    """How supautils would run this statement with more rights than `postgres` has; None when it would not."""
    if _LIFTED.match(statement) is None:
        return None
    node = _only(statement)
    return _lift(statement, node) if node is not None else None


def lifted_where_refused(statement: str) -> Lift | None:
    """The same for a statement that PostgreSQL has refused to `postgres`: also what it would mostly have been allowed."""
    node = _only(statement)
    if node is None:
        return None
    kind = node.WhichOneof("node")
    if kind == "alter_role_set_stmt" and _sets_allowed(node.alter_role_set_stmt):
        return Lift(statement)
    if kind == "comment_stmt" and _describes_extension(node.comment_stmt):
        return Lift(statement)
    return Lift(statement, _AS_OWNER) if _on_platform_table(node) else _lift(statement, node)


def lifted_for_copy(statement: str) -> Lift | None:
    """The same for a statement of `pg_dump`: also what else a copy needs and no guest's code takes part in."""
    node = _only(statement)
    if node is None:
        return None
    kind = node.WhichOneof("node")
    if kind == "create_extension_stmt" and node.create_extension_stmt.extname in _HARMLESS:
        return Lift(statement, "extension")
    return Lift(statement) if kind == "alter_default_privileges_stmt" else _lift(statement, node)


def without_adoption(lift: Lift) -> Lift:
    """The same, but what it makes is left to the superuser: none of these kinds runs anything as its owner."""
    return replace(lift, adopts="")


def lifted_grant(statement: str) -> Lift | None:
    """How a foreign dump's GRANT or REVOKE is lifted, on languages (PostgreSQL itself opens no untrusted one) and on named
    objects of a schema that is not PostgreSQL's own: its functions for files and programs are open to no role."""
    from postgast import pg_query_pb2 as ast

    node = _only(statement)
    if node is None or node.WhichOneof("node") != "grant_stmt":
        return None
    objects = node.grant_stmt.objects
    if node.grant_stmt.objtype == ast.OBJECT_LANGUAGE:
        return Lift(statement)
    return Lift(statement) if objects and all(_foreign(_schema(item)) for item in objects) else None


def hands_over(statement: str, owners: frozenset[str]) -> bool:
    """Whether it only gives one of `owners` an object that a foreign dump can have made: in a schema that is not
    PostgreSQL's own, or of a kind that is in none. A database, a language or pg_catalog's functions are never among them."""
    from postgast import pg_query_pb2 as ast

    node = _only(statement)
    if node is None:
        return False
    if node.WhichOneof("node") == "alter_table_stmt":
        table = node.alter_table_stmt
        if len(table.cmds) != 1:
            return False
        change = table.cmds[0].alter_table_cmd
        return (
            change.subtype == ast.AT_ChangeOwner
            and change.newowner.rolename in owners
            and _foreign(table.relation.schemaname)
        )
    if node.WhichOneof("node") != "alter_owner_stmt" or node.alter_owner_stmt.newowner.rolename not in owners:
        return False
    change_of = node.alter_owner_stmt
    if change_of.object_type == ast.OBJECT_SCHEMA:
        return _foreign(change_of.object.string.sval)
    if change_of.object_type in (ast.OBJECT_OPCLASS, ast.OBJECT_OPFAMILY):
        # The access method stands before the name.
        names = list(change_of.object.list.items)[1:]
        return len(names) > 1 and _foreign(names[0].string.sval)
    alone = (ast.OBJECT_EVENT_TRIGGER, ast.OBJECT_FDW, ast.OBJECT_FOREIGN_SERVER, ast.OBJECT_PUBLICATION)
    return change_of.object_type in alone or _foreign(_schema(change_of.object))


def signed_call(lift: Lift, key: bytes) -> Command:
    """The call that runs a lifted statement."""
    call = f"SELECT {LIFT}($1, $2, $3, $4, $5)"
    return Command(call.encode(), tuple(part.encode() for part in signed_parts(lift, key)))


def call(lift: Lift, key: bytes) -> str:
    """The same call as SQL text, for a client that is not ours."""
    return f"select {LIFT}({', '.join(quoted(part) for part in signed_parts(lift, key))})"


def signed_parts(lift: Lift, key: bytes) -> tuple[str, ...]:
    """The five arguments of that call."""
    parts = astuple(lift)
    return (*parts, signing.sign(key, *parts))


def quoted(text: str) -> str:
    """A literal that means `text`: dollars quote the same whatever standard_conforming_strings is."""
    tag = _TAG
    while f"${tag}" in text:
        tag += "_"
    return f"${tag}${text}${tag}$"


def _only(statement: str) -> ast.Node | None:
    import postgast

    try:
        found = postgast.parse(statement).stmts
    except postgast.PgQueryError:
        return None
    return found[0].stmt if len(found) == 1 else None


def _lift(statement: str, node: ast.Node) -> Lift | None:
    from postgast import pg_query_pb2 as ast

    kind = node.WhichOneof("node")
    if kind == "sec_label_stmt":
        return Lift(statement, _AS_LABEL, security_labels.as_json(statement, node.sec_label_stmt))
    about = (ast.OBJECT_EVENT_TRIGGER, ast.OBJECT_FDW)
    if kind == "create_event_trig_stmt":
        return Lift(statement, "event trigger")
    if kind == "create_fdw_stmt":
        wrapper = node.create_fdw_stmt
        return Lift(statement, "wrapper", wrapper.fdwname, _validator(wrapper.func_options))
    if kind == "alter_fdw_stmt":
        return Lift(statement, "", node.alter_fdw_stmt.fdwname, _validator(node.alter_fdw_stmt.func_options))
    if kind == "create_publication_stmt":
        made = node.create_publication_stmt
        return Lift(statement, "publication") if made.for_all_tables or _publishes_schemas(made.pubobjects) else None
    plain = (
        kind in ("alter_event_trig_stmt", "alter_extension_stmt")
        or (kind == "drop_stmt" and node.drop_stmt.remove_type in about)
        or (kind == "rename_stmt" and node.rename_stmt.rename_type in about)
        or (kind == "alter_owner_stmt" and node.alter_owner_stmt.object_type in about)
        or (kind == "alter_object_schema_stmt" and _moves_extension(node.alter_object_schema_stmt))
        or (kind == "alter_publication_stmt" and _publishes_schemas(node.alter_publication_stmt.pubobjects))
    )
    return Lift(statement) if plain else None


def _sets_allowed(change: ast.AlterRoleSetStmt) -> bool:
    """ALTER ROLE … SET of a parameter that hosted Supabase lets `postgres` set, for a role that is no superuser."""
    return bool(
        change.setstmt.name.startswith(_SETTINGS) and change.HasField("role") and change.role.rolename != _ADMIN
    )


def _describes_extension(comment: ast.CommentStmt) -> bool:
    from postgast import pg_query_pb2 as ast

    return bool(comment.objtype == ast.OBJECT_EXTENSION)


def _on_platform_table(node: ast.Node) -> bool:
    """A policy made, changed, dropped or described, or a trigger dropped, on a table of the platform that is open to that."""
    from postgast import pg_query_pb2 as ast

    kind = node.WhichOneof("node")
    if kind in ("create_policy_stmt", "alter_policy_stmt"):
        table = getattr(node, kind).table
        return (table.schemaname, table.relname) in _PLATFORM_TABLES
    if kind == "drop_stmt" and node.drop_stmt.remove_type in (ast.OBJECT_POLICY, ast.OBJECT_TRIGGER):
        names = [item.string.sval for item in node.drop_stmt.objects[0].list.items]
        return tuple(names[:-1]) in _PLATFORM_TABLES
    if kind == "comment_stmt" and node.comment_stmt.objtype == ast.OBJECT_POLICY:
        names = [item.string.sval for item in node.comment_stmt.object.list.items]
        return tuple(names[:-1]) in _PLATFORM_TABLES
    return False


def _moves_extension(move: ast.AlterObjectSchemaStmt) -> bool:
    """Whether an extension goes to a schema that is not PostgreSQL's own: its members may be a guest's functions (ALTER
    EXTENSION … ADD), and what is in pg_catalog is called by everybody."""
    from postgast import pg_query_pb2 as ast

    return bool(move.object_type == ast.OBJECT_EXTENSION and _foreign(move.newschema))


def _schema(item: ast.Node) -> str:
    """The schema that the object of a GRANT is named with, or nothing."""
    kind = item.WhichOneof("node")
    if kind == "range_var":
        return str(item.range_var.schemaname)
    if kind not in ("object_with_args", "list"):
        return ""
    names = list(item.object_with_args.objname if kind == "object_with_args" else item.list.items)
    return str(names[0].string.sval) if len(names) > 1 else ""


def _foreign(schema: str) -> bool:
    return bool(schema) and schema != "information_schema" and not schema.startswith("pg_")


def _publishes_schemas(objects: Any) -> bool:
    """Whether schemas are published, and no rows are chosen: PostgreSQL evaluates the constants of a row filter when it
    parses it, and a domain's check or a range's canonical function is a guest's code."""
    from postgast import pg_query_pb2 as ast

    schemas = (ast.PUBLICATIONOBJ_TABLES_IN_SCHEMA, ast.PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA)
    specs = [item.publication_obj_spec for item in objects]
    filtered = any(spec.HasField("pubtable") and spec.pubtable.HasField("where_clause") for spec in specs)
    return not filtered and any(spec.pubobjtype in schemas for spec in specs)


def _validator(options: Any) -> str:
    for option in options:
        if option.def_elem.defname == "validator" and option.def_elem.HasField("arg"):
            names = (item.string.sval for item in option.def_elem.arg.list.items)
            return ".".join('"' + name.replace('"', '""') + '"' for name in names)
    return ""
