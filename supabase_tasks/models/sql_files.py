"""Plain SQL as declarations: a folder of .sql files, or a `Sql(…)` in a module. Each statement is one declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_tasks.errors import ModelsError
from supabase_tasks.models.declaration import Identity, Origin
from supabase_tasks.models.dialect import DEFAULT_SCHEMA
from supabase_tasks.models.language.base import wrong
from supabase_tasks.models.language.functions import parameter_types

# What may stand before a statement: comments, space, and the semicolon of the one before.
_BEFORE = re.compile(r"\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/)|[\s;]+", re.DOTALL)
_RENAMED = re.compile(r"--\s*renamed_from:\s*(\S.*?)\s*$", re.MULTILINE)

# What a folder of declarations cannot hold: rows, and changes that presuppose a former state.
_REFUSED = {
    "insert_stmt": "rows belong into a migration or the seed",
    "update_stmt": "rows belong into a migration or the seed",
    "delete_stmt": "rows belong into a migration or the seed",
    "merge_stmt": "rows belong into a migration or the seed",
    "copy_stmt": "rows belong into a migration or the seed",
    "select_stmt": "a query declares nothing",
    "truncate_stmt": "rows belong into a migration or the seed",
    "drop_stmt": "leave the object out, and a migration drops it",
    "transaction_stmt": "the models are realised in one transaction",
    "rename_stmt": "write the new name, with a comment `-- renamed_from: old` before the statement",
}


@dataclass(frozen=True, slots=True, eq=False)
class SqlStatement:
    """One statement of plain SQL. `sql` has no comment before it and no semicolon after it."""

    kind: str
    identity: Identity
    sql: str
    origin: Origin | None
    renamed_from: str | None = None

    def statements(self) -> list[str]:
        """The statement as it was written."""
        return [self.sql]


def read_folder(folder: Path) -> list[SqlStatement]:
    """The statements of every .sql file below `folder`, files in the order of their paths.

    Raises `ModelsError` with file and line for SQL that does not parse or that declares nothing.
    """
    if not folder.is_dir():
        raise ModelsError(f"{folder} does not exist", cause="[tool.supabase-tasks] sql names it")
    return [item for path in sorted(folder.rglob("*.sql")) for item in parse(_text(path), Origin(path, 1))]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelsError(f"{path} cannot be read", cause=str(error)) from error


def parse(text: str, start: Origin) -> list[SqlStatement]:
    """The statements of `text`, which begins at `start`. Raises `ModelsError` with file and line."""
    import postgast

    try:
        tree = postgast.parse(text)
    except postgast.PgQueryError as error:
        line = text[: max(int(getattr(error, "cursorpos", 0) or 0) - 1, 0)].count("\n")
        raise wrong(Origin(start.file, start.line + line), f"the SQL does not parse: {error}") from error
    data = text.encode()
    found, end = [], 0
    for raw in tree.stmts:
        begin, end = end, raw.stmt_location + raw.stmt_len if raw.stmt_len else len(data)
        found.append(_statement(raw.stmt, data[begin:end].decode(), _line(start, data[:begin])))
    return found


def _line(start: Origin, before: bytes) -> Origin:
    return Origin(start.file, start.line + before.count(b"\n"))


# Parse tree nodes are protobuf messages without type stubs, here and below.
def _statement(parsed: Any, written: str, start: Origin) -> SqlStatement:
    """One statement; `written` begins at `start`, with all that stands before it."""
    comments, sql = written[: _leading(written)], written[_leading(written) :].rstrip().rstrip(";")
    origin = Origin(start.file, start.line + comments.count("\n"))
    node = parsed.WhichOneof("node")
    if node in _REFUSED:
        raise wrong(origin, f"{sql.split()[0].upper()} does not belong here", _REFUSED[node])
    kind, identity = _identify(node, getattr(parsed, node)) or ("sql", (str(origin.file), str(origin.line)))
    renamed = _RENAMED.search(comments)
    return SqlStatement(kind, identity, sql, origin, renamed[1] if renamed else None)


def _leading(text: str) -> int:
    position = 0
    while match := _BEFORE.match(text, position):
        position = match.end()
    return position


def _identify(node: str, statement: Any) -> tuple[str, Identity] | None:
    reader = _READERS.get(node)
    return reader(statement) if reader else None


def _names(nodes: Any) -> tuple[str, str]:
    names = [item.string.sval for item in nodes]
    return (names[-2] if len(names) > 1 else DEFAULT_SCHEMA, names[-1])


def _relation(range_var: Any) -> tuple[str, str]:
    return (range_var.schemaname or DEFAULT_SCHEMA, range_var.relname)


def _function(statement: Any) -> tuple[str, Identity]:
    kind = "procedure" if statement.is_procedure else "function"
    return (kind, (*_names(statement.funcname), ", ".join(parameter_types(statement.parameters))))


def _define(statement: Any) -> tuple[str, Identity] | None:
    from postgast import pg_query_pb2

    if pg_query_pb2.ObjectType.Name(statement.kind) != "OBJECT_AGGREGATE":
        return None
    # The arguments are a list of parameters and the number of direct ones.
    parameters = statement.args[0].list.items if statement.args else []
    return ("aggregate", (*_names(statement.defnames), ", ".join(parameter_types(parameters)) or "*"))


def _table_as(statement: Any) -> tuple[str, Identity] | None:
    from postgast import pg_query_pb2

    materialized = pg_query_pb2.ObjectType.Name(statement.objtype) == "OBJECT_MATVIEW"
    return ("materialized_view", _relation(statement.into.rel)) if materialized else None


_READERS: dict[str, Any] = {
    "create_function_stmt": _function,
    "define_stmt": _define,
    "view_stmt": lambda s: ("view", _relation(s.view)),
    "create_table_as_stmt": _table_as,
    "create_policy_stmt": lambda s: ("policy", (*_relation(s.table), s.policy_name)),
    "create_trig_stmt": lambda s: ("trigger", (*_relation(s.relation), s.trigname)),
    "create_event_trig_stmt": lambda s: ("event_trigger", (s.trigname,)),
    "rule_stmt": lambda s: ("rule", (*_relation(s.relation), s.rulename)),
    "create_extension_stmt": lambda s: ("extension", (s.extname,)),
    "create_schema_stmt": lambda s: ("schema", (s.schemaname,)),
    "create_enum_stmt": lambda s: ("enum", _names(s.type_name)),
    "create_domain_stmt": lambda s: ("domain", _names(s.domainname)),
    "composite_type_stmt": lambda s: ("composite", _relation(s.typevar)),
    "create_range_stmt": lambda s: ("range", _names(s.type_name)),
    "create_seq_stmt": lambda s: ("sequence", _relation(s.sequence)),
    "create_stmt": lambda s: ("table", _relation(s.relation)),
    "index_stmt": lambda s: ("index", (s.relation.schemaname or DEFAULT_SCHEMA, s.idxname)) if s.idxname else None,
    "create_stats_stmt": lambda s: ("statistics", _names(s.defnames)) if s.defnames else None,
}
