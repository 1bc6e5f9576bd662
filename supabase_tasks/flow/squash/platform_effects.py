"""What migrations do in the platform's schemas (queues, cron jobs, secrets, grants): compared, and carried into a squash.

The diff leaves those schemas to the platform, and their rows cannot be inserted again: a queue is a table that a function
makes, `cron.job` takes no rows, and a secret must not be copied out of the vault. So the statements themselves are carried,
in order; what no statement of the files does by itself is found by the comparison and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import redaction, vault_strings
from supabase_tasks.diff.catalog.scope import OPEN_SCHEMAS
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import Statement, called_name, parse
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    import psycopg

# Whose functions and tables hold state of the project that no diff carries.
EFFECTS = frozenset(
    ("cron", "dbdev", "net", "pgmq", "pgsodium", "pgtle", "realtime", "supabase_functions", "vault", "_analytics")
)
_QUERIES = frozenset(("select_stmt", "call_stmt"))
_CHANGES = frozenset(("insert_stmt", "update_stmt", "delete_stmt", "truncate_stmt"))
# Where a definition names the table that it is about; the diff carries triggers and policies on the open schemas.
_TABLE_OF = {
    "create_stmt": "relation",
    "index_stmt": "relation",
    "alter_table_stmt": "relation",
    "rename_stmt": "relation",
    "create_policy_stmt": "table",
    "alter_policy_stmt": "table",
    "create_trig_stmt": "relation",
    "view_stmt": "view",
}
_DIFFED = frozenset(("create_policy_stmt", "alter_policy_stmt", "create_trig_stmt"))
_IN_BLOCK = re.compile(rf"\b(?:{'|'.join(sorted(EFFECTS))})\s*\.\s*\w+", re.IGNORECASE)
_SCHEMAS = ", ".join(f"'{name}'" for name in PLATFORM_SCHEMAS if name != "supabase_migrations")
_OBJECTS = f"""
SELECT 'relation ' || format('%I.%I', n.nspname, c.relname), md5(concat_ws('|', c.relkind, c.relpersistence,
  c.relrowsecurity, c.relacl, pg_get_userbyid(c.relowner),
  (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
     pg_get_expr(d.adbin, d.adrelid), a.attacl), ',' ORDER BY a.attname) FROM pg_attribute a
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  (SELECT string_agg(pg_get_constraintdef(k.oid), ',' ORDER BY k.conname) FROM pg_constraint k WHERE k.conrelid = c.oid),
  (SELECT string_agg(pg_get_triggerdef(t.oid), ',' ORDER BY t.tgname) FROM pg_trigger t
    WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
  (SELECT string_agg(concat_ws(' ', p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid),
     pg_get_expr(p.polwithcheck, p.polrelid),
     (SELECT string_agg(r.rolname, ' ' ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles))), ','
     ORDER BY p.polname) FROM pg_policy p WHERE p.polrelid = c.oid),
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ({_SCHEMAS}) AND c.relkind <> 't'
UNION ALL SELECT 'function ' || p.oid::regprocedure, md5(concat_ws('|', p.prosrc, p.prosqlbody, p.proacl, p.proconfig,
  p.prosecdef, pg_get_userbyid(p.proowner)))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ({_SCHEMAS})
UNION ALL SELECT 'type ' || format('%I.%I', n.nspname, t.typname), md5(concat_ws('|', t.typtype, t.typacl))
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname IN ({_SCHEMAS}) AND t.typtype IN ('e', 'd')
UNION ALL SELECT 'schema ' || n.nspname, md5(concat_ws('|', n.nspacl, pg_get_userbyid(n.nspowner)))
  FROM pg_namespace n WHERE n.nspname IN ({_SCHEMAS})
UNION ALL SELECT 'server ' || s.srvname, md5(concat_ws('|', s.srvoptions, s.srvacl)) FROM pg_foreign_server s
UNION ALL SELECT 'user mapping for ' || m.usename || ' on ' || m.srvname, '' FROM pg_user_mappings m
"""


def objects(connection: psycopg.Connection[Any]) -> Mapping[str, str]:
    """Every object in the platform's schemas, and every foreign server: what it is called, and a digest of what it is."""
    return {str(name): str(value) for name, value in connection.execute(_OBJECTS.encode()).fetchall()}


def statements(files: Sequence[MigrationFile]) -> tuple[str, ...]:
    """The text of every statement in `files`, in order, that acts in a platform schema and that neither the diff nor the
    dump of rows carries. Secrets in them are masked in all output from now on."""
    return tuple(text for file in files for text in _of(file))


def _of(file: MigrationFile) -> Iterator[str]:
    for statement in parse(Source(file.path, file.text)).statements:
        text = statement.source.data[statement.start : statement.end].decode()
        if _acts(statement, text):
            for _, _, secret in vault_strings.find(text):
                redaction.register(secret)
            yield text


def _acts(statement: Statement, text: str) -> bool:
    kind, node = statement.kind, statement.node
    if kind == "do_stmt":
        return _IN_BLOCK.search(text) is not None
    if kind in _QUERIES:
        return any(called_name(call)[0] in EFFECTS for call in _calls(node))
    if kind in _CHANGES:
        names = (
            [one.range_var.schemaname for one in node.relations]
            if kind == "truncate_stmt"
            else [node.relation.schemaname]
        )
        return any(name in EFFECTS for name in names)
    if kind == "grant_stmt":
        schemas = [_granted_schema(item) for item in node.objects]
        return bool(schemas) and all(name in PLATFORM_SCHEMAS for name in schemas)
    if kind == "create_function_stmt":
        return len(node.funcname) > 1 and node.funcname[0].string.sval in PLATFORM_SCHEMAS
    if kind in _TABLE_OF:
        schema = getattr(node, _TABLE_OF[kind]).schemaname
        return schema in PLATFORM_SCHEMAS and not (kind in _DIFFED and schema in OPEN_SCHEMAS)
    return False


def _granted_schema(item: Any) -> str:
    """The schema that an object of a GRANT is in, or is."""
    kind = item.WhichOneof("node")
    if kind == "range_var":
        return str(item.range_var.schemaname)
    if kind == "string":
        return str(item.string.sval)
    names = list(item.object_with_args.objname) if kind == "object_with_args" else list(item.list.items)
    return str(names[0].string.sval) if len(names) > 1 else ""


def _calls(node: Any) -> Iterator[Any]:
    """Every function call in a syntax tree."""
    if node.DESCRIPTOR.name == "FuncCall":
        yield node
    for field, value in node.ListFields():
        if field.message_type is not None:
            for one in value if field.is_repeated else [value]:
                yield from _calls(one)
