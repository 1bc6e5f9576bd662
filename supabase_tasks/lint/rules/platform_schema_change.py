"""A change in a schema that belongs to the Supabase platform."""

from __future__ import annotations

from collections.abc import Iterator

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.statements import Statement
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS, SYSTEM_SCHEMAS

# `extensions` is where projects may put extensions; functions of their own there break nothing of the platform's.
_CLOSED = frozenset({*PLATFORM_SCHEMAS, *SYSTEM_SCHEMAS}) - {"extensions"}
_CREATES = {
    "create_stmt": "relation",
    "view_stmt": "view",
    "index_stmt": "relation",
    "alter_table_stmt": "relation",
    "rename_stmt": "relation",
    "alter_object_schema_stmt": "relation",
    "create_seq_stmt": "sequence",
}
_NAMED = {
    "create_function_stmt": "funcname",
    "create_enum_stmt": "type_name",
    "create_domain_stmt": "domainname",
    "alter_enum_stmt": "type_name",
}
# Policies on storage.objects and realtime.messages and triggers on auth.users are how these are meant to be used.
_MEANT = (ast.OBJECT_POLICY, ast.OBJECT_TRIGGER, ast.OBJECT_EXTENSION)


def check(history: History) -> Iterator[Hit]:
    for statement in history.statements:
        schema = _changed_schema(statement)
        if schema in _CLOSED:
            yield Hit(
                statement.place,
                f"changes schema {schema}, which the Supabase platform owns and migrates itself",
                "keep your own tables and functions in a schema of your own and refer to the platform's from there",
            )


def _changed_schema(statement: Statement) -> str:
    node, kind = statement.node, statement.kind
    if kind in _CREATES:
        return "" if _switches_rls_on(statement) else str(getattr(node, _CREATES[kind]).schemaname)
    if kind in _NAMED:
        return _schema([part.string.sval for part in getattr(node, _NAMED[kind])])
    if kind == "drop_stmt":
        return _dropped_schema(node)
    if kind == "alter_function_stmt":
        return _schema([part.string.sval for part in node.func.objname])
    return str(node.schemaname) if kind == "create_schema_stmt" and not node.if_not_exists else ""


# Many dashboards' snippets do it; storage.objects has it already, so nothing changes.
def _switches_rls_on(statement: Statement) -> bool:
    if statement.kind != "alter_table_stmt":
        return False
    return all(item.alter_table_cmd.subtype == ast.AT_EnableRowSecurity for item in statement.node.cmds)


def _schema(parts: list[str]) -> str:
    return parts[-2] if len(parts) > 1 else ""


def _dropped_schema(node: ast.DropStmt) -> str:
    if node.remove_type in _MEANT:
        return ""
    for item in node.objects:
        kind = item.WhichOneof("node")
        if kind == "list":
            parts = [part.string.sval for part in item.list.items]
        elif kind == "object_with_args":
            parts = [part.string.sval for part in item.object_with_args.objname]
        elif kind == "type_name":
            parts = [part.string.sval for part in item.type_name.names]
        else:
            parts = [item.string.sval, ""]
        if _schema(parts) in _CLOSED:
            return _schema(parts)
    return ""


RULE = Rule("platform-schema-change", "error", "a change in a schema that the Supabase platform owns", check)
